"""The requests that access tokens made in the current second."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Creates the counts; PostgreSQL need not log what matters for a second."""
    unlogged = ["UNLOGGED"] if op.get_bind().dialect.name == "postgresql" else []
    op.create_table(
        "rate_counts",
        sa.Column("key", sa.Text(), nullable=False, comment="class of methods and connection"),
        sa.Column("second", sa.BigInteger(), nullable=False, comment="of the clock, since the epoch"),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        prefixes=unlogged,
    )
