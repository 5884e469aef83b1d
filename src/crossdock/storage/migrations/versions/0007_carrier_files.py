"""Invoice files of carriers."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Creates the table of invoice files."""
    op.create_table(
        "carrier_files",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_type", sa.Text(), nullable=False, comment="the extension of its name"),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False, comment="SHA-256 of the content"),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="received, done or failed"),
        sa.Column("claimed_until", sa.Double(), nullable=False, comment="a process is reading it until then"),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("done_at", sa.Double(), nullable=True),
        sa.Column(
            "counts", sa.Text(), nullable=True, comment="JSON: line items that were new, changed, unchanged"
        ),
        sa.Column("report", sa.Text(), nullable=True, comment="JSON: whether it adds up"),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["connection_id"], ["connections.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("connection_id", "digest"),
    )
    op.create_index("ix_carrier_files_state", "carrier_files", ["state", "claimed_until"], unique=False)
    op.create_index(
        "ix_carrier_files_time", "carrier_files", ["connection_id", "created_at", "id"], unique=False
    )
