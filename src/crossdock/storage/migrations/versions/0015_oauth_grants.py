"""The tokens of accounts that were connected by OAuth and whose tokens end."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Creates their table."""
    op.create_table(
        "oauth_grants",
        sa.Column("id", sa.String(), nullable=False, comment="which the account has among its fields"),
        sa.Column("connection_id", sa.String(length=36), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False, comment="refresh and access token, encrypted"),
        sa.Column("version", sa.Integer(), nullable=False, comment="how often they were renewed"),
        sa.Column(
            "renewed_by",
            sa.String(),
            nullable=True,
            comment="the process that renews them now; see storage.owner",
        ),
        sa.Column(
            "renewed_until",
            sa.Double(),
            nullable=True,
            comment="when it is given up, if nothing is heard of it",
        ),
        sa.ForeignKeyConstraint(["connection_id"], ["connections.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("connection_id"),
    )
