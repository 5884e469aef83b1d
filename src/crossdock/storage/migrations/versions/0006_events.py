"""Events and their delivery to webhook endpoints."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Creates the tables of events."""
    op.create_table(
        "events",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column(
            "connection_id", sa.String(length=36), nullable=True, comment="stays when the connection is gone"
        ),
        sa.Column("event_type", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False, comment="id of what `data` tells of, or empty"),
        sa.Column("payload", sa.Text(), nullable=False, comment="the whole event as JSON"),
        sa.Column(
            "sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="encrypted JSON object, merged into `data` when it is sent",
        ),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_events_record", "events", ["connection_id", "record_id"], unique=False)
    op.create_index("ix_events_time", "events", ["organisation_id", "created_at", "id"], unique=False)
    op.create_table(
        "webhook_endpoints",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("event_types", sa.Text(), nullable=True, comment="JSON list; NULL is every type"),
        sa.Column(
            "secrets", sa.LargeBinary(), nullable=False, comment="encrypted JSON: signing secrets in use"
        ),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column(
            "failing_since", sa.Double(), nullable=True, comment="the first failure after the last success"
        ),
        sa.Column("disabled_at", sa.Double(), nullable=True),
        sa.Column("disabled_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        ("ix_webhook_endpoints_organisation_id"), "webhook_endpoints", ["organisation_id"], unique=False
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("event_id", sa.String(length=36), nullable=False),
        sa.Column("endpoint_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="pending, delivered or failed"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.Double(), nullable=True, comment="NULL when it has ended"),
        sa.Column("batch_id", sa.String(length=36), nullable=True, comment="the batch that has it in hand"),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("ended_at", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["endpoint_id"], ["webhook_endpoints.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_deliveries_batch", "deliveries", ["batch_id"], unique=False)
    op.create_index("ix_deliveries_due", "deliveries", ["next_attempt_at"], unique=False)
    op.create_index("ix_deliveries_endpoint", "deliveries", ["endpoint_id", "created_at"], unique=False)
    op.create_index(("ix_deliveries_event_id"), "deliveries", ["event_id"], unique=False)
    op.create_table(
        "delivery_attempts",
        sa.Column("delivery_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True, comment="NULL when no answer came"),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True, comment="the beginning of the answer's body"),
        sa.ForeignKeyConstraint(["delivery_id"], ["deliveries.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("delivery_id", "number"),
    )
