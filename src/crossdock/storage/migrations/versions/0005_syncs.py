"""Schedules and runs of syncs, and what went wrong in them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Creates the tables of syncs."""
    op.create_table(
        "executors",
        sa.Column(
            "id", sa.String(length=36), nullable=False, comment="one process that does background work"
        ),
        sa.Column("owner", sa.Text(), nullable=False, comment="that process, see storage.owner"),
        sa.Column("seen_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "connection_errors",
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="invalid_credentials, missing_permission, ..."),
        sa.Column(
            "function_name", sa.Text(), nullable=False, comment="empty when the whole account is concerned"
        ),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("failed_url", sa.Text(), nullable=False),
        sa.Column(
            "endpoints", sa.Text(), nullable=False, comment="JSON list of endpoint and preventing_sync"
        ),
        sa.Column("first_seen", sa.Double(), nullable=False),
        sa.Column("updated_at", sa.Double(), nullable=False),
        sa.Column("last_seen", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["connection_id"], ["connections.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("connection_id", "kind", "function_name"),
    )
    op.create_table(
        "quarantine",
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("resource", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False, comment="of the row, in hexadecimal"),
        sa.Column("row_id", sa.Text(), nullable=False, comment="what the row calls itself, or empty"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.Double(), nullable=False),
        sa.Column("last_seen", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["connection_id"], ["connections.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("connection_id", "resource", "digest"),
    )
    op.create_table(
        "sync_jobs",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("function_name", sa.Text(), nullable=False),
        sa.Column("start_time", sa.Double(), nullable=False),
        sa.Column("end_time", sa.Double(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False, comment="open, completed, cancelled or stuck"),
        sa.Column(
            "run_id",
            sa.String(length=36),
            nullable=True,
            comment="the run under way; the only one that may store pages",
        ),
        sa.Column("position", sa.Text(), nullable=True),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("next_run_at", sa.Double(), nullable=True, comment="NULL when it is not open"),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["connection_id"], ["connections.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_sync_jobs_connection", "sync_jobs", ["connection_id", "status"], unique=False)
    op.create_index("ix_sync_jobs_due", "sync_jobs", ["next_run_at"], unique=False)
    op.create_table(
        "sync_schedules",
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("function_name", sa.Text(), nullable=False),
        sa.Column("frequency", sa.Integer(), nullable=False, comment="seconds"),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column(
            "next_run_at", sa.Double(), nullable=True, comment="NULL while paused and while blocked by a job"
        ),
        sa.Column("forced", sa.Text(), nullable=True, comment="the force sync this run is part of"),
        sa.Column(
            "run_id",
            sa.String(length=36),
            nullable=True,
            comment="the run under way; the only one that may store pages",
        ),
        sa.Column("position", sa.Text(), nullable=True, comment="JSON; where the run under way goes on"),
        sa.Column("since", sa.Double(), nullable=True, comment="of the run under way, UTC epoch seconds"),
        sa.Column(
            "seen",
            sa.LargeBinary(),
            nullable=True,
            comment="of a full run that waits: 8 bytes for each id it saw",
        ),
        sa.Column(
            "cursor",
            sa.Double(),
            nullable=True,
            comment="newest change known, UTC epoch seconds by the vendor's clock",
        ),
        sa.Column(
            "oldest_date",
            sa.Text(),
            nullable=True,
            comment="of the records of the first run, in the contract's form",
        ),
        sa.Column("newest_date", sa.Text(), nullable=True),
        sa.Column("started_at", sa.Double(), nullable=True, comment="last run"),
        sa.Column("ended_at", sa.Double(), nullable=True, comment="last run that came to its end"),
        sa.Column("completed_at", sa.Double(), nullable=True, comment="the first run that came to its end"),
        sa.Column("failures", sa.Integer(), nullable=False, comment="in a row"),
        sa.Column("error", sa.Text(), nullable=True, comment="why the last run did not come to its end"),
        sa.Column("counts", sa.Text(), nullable=False, comment="JSON; of the last run"),
        sa.ForeignKeyConstraint(["connection_id"], ["connections.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("connection_id", "function_name"),
    )
    op.create_index("ix_sync_schedules_due", "sync_schedules", ["next_run_at"], unique=False)
