"""Magic links, and what a link is bounded to."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Creates the table of magic links, and two columns of links."""
    op.create_table(
        "magic_links",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False, comment="SHA-256 of what its URL ends in"),
        sa.Column("customer_id", sa.Text(), nullable=True),
        sa.Column("connection_id", sa.String(length=36), nullable=True, comment="to be connected anew"),
        sa.Column("bounds", sa.Text(), nullable=False, comment="JSON"),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.Column("used_at", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        sa.ForeignKeyConstraint(["connection_id"], ["connections.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_index(op.f("ix_magic_links_organisation_id"), "magic_links", ["organisation_id"])
    op.add_column("links", sa.Column("bounds", sa.Text(), nullable=True, comment="JSON; NULL for no bounds"))
    op.add_column("links", sa.Column("magic_link_id", sa.String(length=32), nullable=True))
