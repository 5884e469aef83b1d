"""The log of requests, the audit, and an index for the filters of connections."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0008"


def upgrade() -> None:
    """Creates the tables of the request log and of the audit."""
    op.create_table(
        "requests",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.Double(), nullable=False, comment="when it began"),
        sa.Column("kind", sa.Text(), nullable=False, comment="api or vendor"),
        sa.Column(
            "request_id",
            sa.String(length=32),
            nullable=True,
            comment="of the API call, or of the one that caused it",
        ),
        sa.Column(
            "connection_id", sa.String(length=36), nullable=True, comment="stays when the connection is gone"
        ),
        sa.Column("integration_type", sa.Text(), nullable=True),
        sa.Column("integration_name", sa.Text(), nullable=True),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False, comment="redacted"),
        sa.Column("status", sa.Integer(), nullable=True, comment="NULL when no answer came"),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=True),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("truncated", sa.Boolean(), nullable=False),
        sa.Column("request_headers", sa.Text(), nullable=False, comment="JSON, redacted"),
        sa.Column("response_headers", sa.Text(), nullable=False, comment="JSON, redacted"),
        sa.Column("request_body", sa.Text(), nullable=True, comment="redacted"),
        sa.Column("response_body", sa.Text(), nullable=True, comment="redacted"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_requests_time", "requests", ["organisation_id", "at", "id"])
    op.create_index("ix_requests_kind", "requests", ["organisation_id", "kind", "at", "id"])
    op.create_index("ix_requests_connection", "requests", ["organisation_id", "connection_id", "at", "id"])
    op.create_index("ix_requests_request", "requests", ["organisation_id", "request_id", "at", "id"])
    op.create_index(
        "ix_requests_refused",
        "requests",
        ["organisation_id", "at", "id"],
        sqlite_where=sa.text("status >= 400"),
        postgresql_where=sa.text("status >= 400"),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False, comment="such as connection.deleted"),
        sa.Column("target_kind", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True, comment="JSON, redacted: what was asked for"),
        sa.Column("request_id", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_audit_time", "audit", ["organisation_id", "at", "id"])
    op.create_index("ix_audit_action", "audit", ["organisation_id", "action", "at", "id"])
    op.create_index("ix_audit_actor", "audit", ["organisation_id", "actor_id", "at", "id"])
    op.create_index(
        "ix_connections_integration",
        "connections",
        ["organisation_id", "integration_type", "integration_name", "id"],
    )
