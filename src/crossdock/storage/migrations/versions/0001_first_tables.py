"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Creates every table of version 0.1."""
    op.create_table(
        "access_revision",
        sa.Column("id", sa.Integer(), nullable=False, comment="always 1"),
        sa.Column(
            "value", sa.BigInteger(), nullable=False, comment="raised by every change of keys or connections"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "organisations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "secret_check",
        sa.Column("id", sa.Integer(), nullable=False, comment="always 1"),
        sa.Column("token", sa.LargeBinary(), nullable=False, comment="a known text, encrypted"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False, comment="SHA-256 of the key"),
        sa.Column("hint", sa.Text(), nullable=False, comment="first characters, to tell keys apart"),
        sa.Column("read_only", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("revoked_at", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_index(op.f("ix_api_keys_organisation_id"), "api_keys", ["organisation_id"], unique=False)
    op.create_table(
        "connections",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("integration_type", sa.Text(), nullable=False),
        sa.Column("integration_name", sa.Text(), nullable=False),
        sa.Column("credentials", sa.LargeBinary(), nullable=False, comment="encrypted JSON object"),
        sa.Column("token_digest", sa.LargeBinary(), nullable=False, comment="SHA-256 of the token"),
        sa.Column("allowed_actions", sa.Text(), nullable=True, comment="JSON list; NULL is every action"),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_digest"),
    )
    op.create_index(op.f("ix_connections_organisation_id"), "connections", ["organisation_id"], unique=False)
    op.create_table(
        "account_options",
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False, comment="JSON; the last values the account gave"),
        sa.Column("read_at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["connection_id"], ["connections.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("connection_id", "name"),
    )
    op.create_table(
        "records",
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("resource", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False, comment="canonical record as JSON"),
        sa.Column("raw", sa.Text(), nullable=False, comment="the vendor's record as JSON"),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("updated_at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["connection_id"], ["connections.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("connection_id", "resource", "id"),
    )
    op.create_table(
        "writes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Text(), nullable=False, comment="the record in the path, or empty"),
        sa.Column(
            "idempotency_key", sa.Text(), nullable=True, comment="NULL when none was given or it was released"
        ),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False, comment="SHA-256 of endpoint and body"),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="running, unknown, succeeded or failed"),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.Double(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False, comment="the process that has the lease"),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("ended_at", sa.Double(), nullable=True),
        sa.Column("record_id", sa.Text(), nullable=True),
        sa.Column("response", sa.Text(), nullable=True, comment="the body that was answered, for replay"),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["connection_id"], ["connections.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("connection_id", "idempotency_key", name="uq_writes_idempotency"),
    )
    op.create_index("ix_writes_unended", "writes", ["state", "lease_until"], unique=False)
    op.execute("INSERT INTO access_revision (id, value) VALUES (1, 0)")
