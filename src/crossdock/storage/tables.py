"""The tables. Times are UTC epoch seconds; JSON is kept as the text that was received or built."""

import sqlalchemy as sa

metadata = sa.MetaData()

BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Text that both databases compare byte by byte, so that an order by it is the same everywhere."""

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
    sa.Column("name", sa.Text, nullable=False, server_default=""),
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
    sa.Column("customer_id", sa.Text, comment="the caller's own name for the account"),
    sa.Column("webhooks_disabled", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("times_used", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("last_used_at", sa.Double),
    sa.Index("ix_connections_integration", "organisation_id", "integration_type", "integration_name", "id"),
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
    sa.Column("id", BYTEWISE, primary_key=True),
    sa.Column("data", sa.Text, nullable=False, comment="the record as it is served, JSON"),
    sa.Column("digest", sa.LargeBinary, nullable=False, comment="of what the vendor's row was translated to"),
    sa.Column("raw_digest", sa.LargeBinary, nullable=False, comment="of the vendor's row"),
    sa.Column("status", sa.Text),
    sa.Column("number", sa.Text, comment="order number, SKU or purchase order number"),
    sa.Column("reference", sa.Text, comment="reference_id"),
    sa.Column("customer_id", sa.Text, comment="warehouse_customer_id"),
    sa.Column("created_date", sa.Text, nullable=False, comment="the vendor's, in the contract's form"),
    sa.Column("updated_date", sa.Text, nullable=False, comment="the vendor's, in the contract's form"),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("updated_at", sa.Double, nullable=False),
    sa.Column("deleted_at", sa.Double, comment="when the vendor was seen not to list it any more"),
    sa.Column("raw", sa.Text, nullable=False, comment="the vendor's record as JSON"),
    sa.Index("ix_records_changes", "connection_id", "resource", "updated_at"),
    sa.Index("ix_records_number", "connection_id", "resource", "number"),
)

quarantine = sa.Table(
    "quarantine",
    metadata,
    sa.Column("connection_id", sa.ForeignKey("connections.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("resource", sa.Text, primary_key=True),
    sa.Column("digest", sa.String(32), primary_key=True, comment="of the row, in hexadecimal"),
    sa.Column("row_id", sa.Text, nullable=False, comment="what the row calls itself, or empty"),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("raw", sa.Text, nullable=False),
    sa.Column("first_seen", sa.Double, nullable=False),
    sa.Column("last_seen", sa.Double, nullable=False),
)

sync_schedules = sa.Table(
    "sync_schedules",
    metadata,
    sa.Column("connection_id", sa.ForeignKey("connections.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("function_name", sa.Text, primary_key=True),
    sa.Column("frequency", sa.Integer, nullable=False, comment="seconds"),
    sa.Column("paused", sa.Boolean, nullable=False),
    sa.Column("next_run_at", sa.Double, comment="NULL while paused and while blocked by a job"),
    sa.Column("forced", sa.Text, comment="the force sync this run is part of"),
    sa.Column("run_id", sa.String(36), comment="the run under way; the only one that may store pages"),
    sa.Column("position", sa.Text, comment="JSON; where the run under way goes on"),
    sa.Column("since", sa.Double, comment="of the run under way, UTC epoch seconds"),
    sa.Column("seen", sa.LargeBinary, comment="of a full run that waits: 8 bytes for each id it saw"),
    sa.Column("cursor", sa.Double, comment="newest change known, UTC epoch seconds by the vendor's clock"),
    sa.Column("oldest_date", sa.Text, comment="of the records of the first run, in the contract's form"),
    sa.Column("newest_date", sa.Text),
    sa.Column("started_at", sa.Double, comment="last run"),
    sa.Column("ended_at", sa.Double, comment="last run that came to its end"),
    sa.Column("completed_at", sa.Double, comment="the first run that came to its end"),
    sa.Column("failures", sa.Integer, nullable=False, comment="in a row"),
    sa.Column("error", sa.Text, comment="why the last run did not come to its end"),
    sa.Column("counts", sa.Text, nullable=False, comment="JSON; of the last run"),
    sa.Index("ix_sync_schedules_due", "next_run_at"),
)

sync_jobs = sa.Table(
    "sync_jobs",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("connection_id", sa.ForeignKey("connections.id", ondelete="CASCADE"), nullable=False),
    sa.Column("function_name", sa.Text, nullable=False),
    sa.Column("start_time", sa.Double, nullable=False),
    sa.Column("end_time", sa.Double, nullable=False),
    sa.Column("status", sa.Text, nullable=False, comment="open, completed, cancelled or stuck"),
    sa.Column("run_id", sa.String(36), comment="the run under way; the only one that may store pages"),
    sa.Column("position", sa.Text),
    sa.Column("counts", sa.Text, nullable=False),
    sa.Column("error", sa.Text),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("next_run_at", sa.Double, comment="NULL when it is not open"),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("ended_at", sa.Double),
    sa.Index("ix_sync_jobs_due", "next_run_at"),
    sa.Index("ix_sync_jobs_connection", "connection_id", "status"),
)

connection_errors = sa.Table(
    "connection_errors",
    metadata,
    sa.Column("connection_id", sa.ForeignKey("connections.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True, comment="invalid_credentials, missing_permission, ..."),
    sa.Column(
        "function_name", sa.Text, primary_key=True, comment="empty when the whole account is concerned"
    ),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("failed_url", sa.Text, nullable=False),
    sa.Column("endpoints", sa.Text, nullable=False, comment="JSON list of endpoint and preventing_sync"),
    sa.Column("first_seen", sa.Double, nullable=False),
    sa.Column("updated_at", sa.Double, nullable=False),
    sa.Column("last_seen", sa.Double, nullable=False),
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("organisation_id", sa.ForeignKey("organisations.id"), nullable=False),
    sa.Column("connection_id", sa.String(36), comment="stays when the connection is gone"),
    sa.Column("event_type", sa.Text, nullable=False),
    sa.Column("record_id", sa.Text, nullable=False, comment="id of what `data` tells of, or empty"),
    sa.Column("payload", sa.Text, nullable=False, comment="the whole event as JSON"),
    sa.Column("sealed", sa.LargeBinary, comment="encrypted JSON object, merged into `data` when it is sent"),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Index("ix_events_time", "organisation_id", "created_at", "id"),
    sa.Index("ix_events_record", "connection_id", "record_id"),
)

webhook_endpoints = sa.Table(
    "webhook_endpoints",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("organisation_id", sa.ForeignKey("organisations.id"), nullable=False, index=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("description", sa.Text, nullable=False),
    sa.Column("event_types", sa.Text, comment="JSON list; NULL is every type"),
    sa.Column("secrets", sa.LargeBinary, nullable=False, comment="encrypted JSON: signing secrets in use"),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("failing_since", sa.Double, comment="the first failure after the last success"),
    sa.Column("disabled_at", sa.Double),
    sa.Column("disabled_reason", sa.Text),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("event_id", sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("endpoint_id", sa.ForeignKey("webhook_endpoints.id", ondelete="CASCADE"), nullable=False),
    sa.Column("state", sa.Text, nullable=False, comment="pending, delivered or failed"),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("next_attempt_at", sa.Double, comment="NULL when it has ended"),
    sa.Column("batch_id", sa.String(36), comment="the batch that has it in hand"),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("ended_at", sa.Double),
    sa.Index("ix_deliveries_due", "next_attempt_at"),
    sa.Index("ix_deliveries_endpoint", "endpoint_id", "created_at"),
    sa.Index("ix_deliveries_batch", "batch_id"),
)

delivery_attempts = sa.Table(
    "delivery_attempts",
    metadata,
    sa.Column("delivery_id", sa.ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("at", sa.Double, nullable=False),
    sa.Column("seconds", sa.Double, nullable=False),
    sa.Column("status", sa.Integer, comment="NULL when no answer came"),
    sa.Column("error", sa.Text),
    sa.Column("answer", sa.Text, comment="the beginning of the answer's body"),
)

executors = sa.Table(
    "executors",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True, comment="one process that does background work"),
    sa.Column("owner", sa.Text, nullable=False, comment="that process, see storage.owner"),
    sa.Column("seen_at", sa.Double, nullable=False),
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

carrier_files = sa.Table(
    "carrier_files",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("connection_id", sa.ForeignKey("connections.id", ondelete="CASCADE"), nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("file_type", sa.Text, nullable=False, comment="the extension of its name"),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("digest", sa.LargeBinary, nullable=False, comment="SHA-256 of the content"),
    sa.Column("carrier", sa.Text, nullable=False),
    sa.Column("format", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False, comment="received, done or failed"),
    sa.Column("claimed_until", sa.Double, nullable=False, comment="a process is reading it until then"),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("done_at", sa.Double),
    sa.Column("counts", sa.Text, comment="JSON: line items that were new, changed, unchanged"),
    sa.Column("report", sa.Text, comment="JSON: whether it adds up"),
    sa.Column("error", sa.Text),
    sa.UniqueConstraint("connection_id", "digest"),
    sa.Index("ix_carrier_files_time", "connection_id", "created_at", "id"),
    sa.Index("ix_carrier_files_state", "state", "claimed_until"),
)

links = sa.Table(
    "links",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("organisation_id", sa.ForeignKey("organisations.id"), nullable=False),
    sa.Column("digest", sa.LargeBinary, nullable=False, unique=True, comment="SHA-256 of its token"),
    sa.Column("customer_id", sa.Text),
    sa.Column(
        "connection_id",
        sa.ForeignKey("connections.id", ondelete="CASCADE"),
        comment="to be connected anew",
    ),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("expires_at", sa.Double, nullable=False),
    sa.Column("used_at", sa.Double),
    sa.Column("bounds", sa.Text, comment="JSON; NULL for no bounds"),
    sa.Column("magic_link_id", sa.String(32)),
)

magic_links = sa.Table(
    "magic_links",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("organisation_id", sa.ForeignKey("organisations.id"), nullable=False, index=True),
    sa.Column(
        "digest", sa.LargeBinary, nullable=False, unique=True, comment="SHA-256 of what its URL ends in"
    ),
    sa.Column("customer_id", sa.Text),
    sa.Column(
        "connection_id", sa.ForeignKey("connections.id", ondelete="CASCADE"), comment="to be connected anew"
    ),
    sa.Column("bounds", sa.Text, nullable=False, comment="JSON"),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("expires_at", sa.Double, nullable=False),
    sa.Column("used_at", sa.Double),
)

auth_codes = sa.Table(
    "auth_codes",
    metadata,
    sa.Column("digest", sa.LargeBinary, primary_key=True, comment="SHA-256 of the code"),
    sa.Column("organisation_id", sa.ForeignKey("organisations.id"), nullable=False),
    sa.Column("connection_id", sa.ForeignKey("connections.id", ondelete="CASCADE"), nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False, comment="the access token, encrypted"),
    sa.Column("expires_at", sa.Double, nullable=False),
    sa.Column("used_at", sa.Double),
)

further_tokens = sa.Table(
    "further_tokens",
    metadata,
    sa.Column("digest", sa.LargeBinary, primary_key=True, comment="SHA-256 of the token"),
    sa.Column("connection_id", sa.ForeignKey("connections.id", ondelete="CASCADE"), nullable=False),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Index("ix_further_tokens_connection", "connection_id"),
)
"""Tokens that a connection was given when it was connected anew; the first one stays good."""
