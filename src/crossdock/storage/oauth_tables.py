"""The tables of connecting by OAuth, part of the one schema of `storage.tables`."""

import sqlalchemy as sa

from crossdock.storage.tables import metadata

oauth_states = sa.Table(
    "oauth_states",
    metadata,
    sa.Column("digest", sa.LargeBinary, primary_key=True, comment="SHA-256 of the state"),
    sa.Column(
        "handle", sa.LargeBinary, nullable=False, unique=True, comment="SHA-256 of what the dialog asks by"
    ),
    sa.Column("sealed", sa.LargeBinary, nullable=False, comment="link, account and verifier, encrypted"),
    sa.Column("expires_at", sa.Double, nullable=False),
    sa.Column("used_at", sa.Double),
    sa.Column("result", sa.LargeBinary, comment="how it ended, encrypted"),
)

oauth_grants = sa.Table(
    "oauth_grants",
    metadata,
    sa.Column("id", sa.String, primary_key=True, comment="which the account has among its fields"),
    sa.Column(
        "connection_id", sa.ForeignKey("connections.id", ondelete="CASCADE"), nullable=False, unique=True
    ),
    sa.Column("sealed", sa.LargeBinary, nullable=False, comment="refresh and access token, encrypted"),
    sa.Column("version", sa.Integer, nullable=False, comment="how often they were renewed"),
    sa.Column("renewed_by", sa.String, comment="the process that renews them now; see storage.owner"),
    sa.Column("renewed_until", sa.Double, comment="when it is given up, if nothing is heard of it"),
)
"""The tokens of accounts by OAuth that end. Beside the connection, whose every change makes all processes
forget what they remember of keys and connections: these change every hour."""
