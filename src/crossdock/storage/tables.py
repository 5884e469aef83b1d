"""The tables. Times are UTC epoch seconds; JSON is kept as the text that was received or built."""

import sqlalchemy as sa

metadata = sa.MetaData()

organisations = sa.Table(
    "organisations",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("created_at", sa.Double, nullable=False),
)

api_keys = sa.Table(
    "api_keys",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("organisation_id", sa.ForeignKey("organisations.id"), nullable=False, index=True),
    sa.Column("digest", sa.LargeBinary, nullable=False, unique=True, comment="SHA-256 of the key"),
    sa.Column("hint", sa.Text, nullable=False, comment="first characters, to tell keys apart"),
    sa.Column("read_only", sa.Boolean, nullable=False),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("revoked_at", sa.Double),
)

connections = sa.Table(
    "connections",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("organisation_id", sa.ForeignKey("organisations.id"), nullable=False, index=True),
    sa.Column("integration_type", sa.Text, nullable=False),
    sa.Column("integration_name", sa.Text, nullable=False),
    sa.Column("credentials", sa.LargeBinary, nullable=False, comment="encrypted JSON object"),
    sa.Column("token_digest", sa.LargeBinary, nullable=False, unique=True, comment="SHA-256 of the token"),
    sa.Column("allowed_actions", sa.Text, comment="JSON list; NULL is every action"),
    sa.Column("created_at", sa.Double, nullable=False),
)

account_options = sa.Table(
    "account_options",
    metadata,
    sa.Column("connection_id", sa.ForeignKey("connections.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("choices", sa.Text, nullable=False, comment="JSON; the last values the account gave"),
    sa.Column("read_at", sa.Double, nullable=False),
)

writes = sa.Table(
    "writes",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("connection_id", sa.ForeignKey("connections.id", ondelete="CASCADE"), nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("target_id", sa.Text, nullable=False, comment="the record in the path, or empty"),
    sa.Column("idempotency_key", sa.Text, comment="NULL when none was given or it was released"),
    sa.Column("fingerprint", sa.LargeBinary, nullable=False, comment="SHA-256 of endpoint and body"),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False, comment="running, unknown, succeeded or failed"),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("lease_until", sa.Double, nullable=False),
    sa.Column("owner", sa.Text, nullable=False, comment="the process that has the lease"),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("ended_at", sa.Double),
    sa.Column("record_id", sa.Text),
    sa.Column("response", sa.Text, comment="the body that was answered, for replay"),
    sa.Column("error", sa.Text),
    sa.UniqueConstraint("connection_id", "idempotency_key", name="uq_writes_idempotency"),
    sa.Index("ix_writes_unended", "state", "lease_until"),
)

records = sa.Table(
    "records",
    metadata,
    sa.Column("connection_id", sa.ForeignKey("connections.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("resource", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("data", sa.Text, nullable=False, comment="canonical record as JSON"),
    sa.Column("raw", sa.Text, nullable=False, comment="the vendor's record as JSON"),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("updated_at", sa.Double, nullable=False),
)

access_revision = sa.Table(
    "access_revision",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, comment="always 1"),
    sa.Column(
        "value", sa.BigInteger, nullable=False, comment="raised by every change of keys or connections"
    ),
)

secret_check = sa.Table(
    "secret_check",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, comment="always 1"),
    sa.Column("token", sa.LargeBinary, nullable=False, comment="a known text, encrypted"),
)

sandboxes = sa.Table(
    "sandboxes",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("key_digest", sa.LargeBinary, nullable=False, comment="SHA-256 of the key"),
    sa.Column("numbers", sa.BigInteger, nullable=False, comment="the last number given out"),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("reset_at", sa.Double, nullable=False),
)

sandbox_records = sa.Table(
    "sandbox_records",
    metadata,
    sa.Column("sandbox_id", sa.ForeignKey("sandboxes.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("kind", sa.String(32), primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("sequence", sa.BigInteger, nullable=False, comment="the order in which records were made"),
    sa.Column("number", sa.Text, comment="what it is looked up by beside its id, such as an order number"),
    sa.Column("status", sa.Text),
    sa.Column("updated_date", sa.Text, nullable=False, comment="in the contract's form"),
    sa.Column("data", sa.Text, nullable=False, comment="the record as JSON"),
    sa.Index("ix_sandbox_records_order", "sandbox_id", "kind", "sequence"),
    sa.Index("ix_sandbox_records_number", "sandbox_id", "kind", "number"),
    sa.Index("ix_sandbox_records_status", "sandbox_id", "kind", "status"),
)

rate_counts = sa.Table(
    "rate_counts",
    metadata,
    sa.Column("key", sa.Text, primary_key=True, comment="class of methods and connection"),
    sa.Column("second", sa.BigInteger, nullable=False, comment="of the clock, since the epoch"),
    sa.Column("used", sa.BigInteger, nullable=False),
)
