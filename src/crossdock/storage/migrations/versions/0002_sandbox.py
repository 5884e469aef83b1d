"""The tables of the sandbox warehouse."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Creates the sandboxes and their records."""
    op.create_table(
        "sandboxes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("key_digest", sa.LargeBinary(), nullable=False, comment="SHA-256 of the key"),
        sa.Column("numbers", sa.BigInteger(), nullable=False, comment="the last number given out"),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("reset_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "sandbox_records",
        sa.Column("sandbox_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column(
            "sequence", sa.BigInteger(), nullable=False, comment="the order in which records were made"
        ),
        sa.Column(
            "number",
            sa.Text(),
            nullable=True,
            comment="what it is looked up by beside its id, such as an order number",
        ),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("updated_date", sa.Text(), nullable=False, comment="in the contract's form"),
        sa.Column("data", sa.Text(), nullable=False, comment="the record as JSON"),
        sa.ForeignKeyConstraint(["sandbox_id"], ["sandboxes.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sandbox_id", "kind", "id"),
    )
    for column, name in (("sequence", "order"), ("number", "number"), ("status", "status")):
        op.create_index(f"ix_sandbox_records_{name}", "sandbox_records", ["sandbox_id", "kind", column])
