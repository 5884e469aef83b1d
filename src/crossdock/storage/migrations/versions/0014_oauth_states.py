"""Ways to a vendor and back, by OAuth."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Creates their table."""
    op.create_table(
        "oauth_states",
        sa.Column("digest", sa.LargeBinary(), nullable=False, comment="SHA-256 of the state"),
        sa.Column("handle", sa.LargeBinary(), nullable=False, comment="SHA-256 of what the dialog asks by"),
        sa.Column(
            "sealed", sa.LargeBinary(), nullable=False, comment="link, account and verifier, encrypted"
        ),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.Column("used_at", sa.Double(), nullable=True),
        sa.Column("result", sa.LargeBinary(), nullable=True, comment="how it ended, encrypted"),
        sa.PrimaryKeyConstraint("digest"),
        sa.UniqueConstraint("handle"),
    )
