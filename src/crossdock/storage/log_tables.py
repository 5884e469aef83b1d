"""The tables of what happened: the log of requests, and the audit. Times are UTC epoch seconds."""

import sqlalchemy as sa

from crossdock.storage.tables import metadata

requests = sa.Table(
    "requests",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("organisation_id", sa.String(36), nullable=False),
    sa.Column("at", sa.Double, nullable=False, comment="when it began"),
    sa.Column("kind", sa.Text, nullable=False, comment="api or vendor"),
    sa.Column("request_id", sa.String(32), comment="of the API call, or of the one that caused it"),
    sa.Column("connection_id", sa.String(36), comment="stays when the connection is gone"),
    sa.Column("integration_type", sa.Text),
    sa.Column("integration_name", sa.Text),
    sa.Column("method", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False, comment="redacted"),
    sa.Column("status", sa.Integer, comment="NULL when no answer came"),
    sa.Column("seconds", sa.Double, nullable=False),
    sa.Column("actor_kind", sa.Text),
    sa.Column("actor_id", sa.Text),
    sa.Column("actor_name", sa.Text),
    sa.Column("error", sa.Text),
    sa.Column("truncated", sa.Boolean, nullable=False),
    sa.Column("request_headers", sa.Text, nullable=False, comment="JSON, redacted"),
    sa.Column("response_headers", sa.Text, nullable=False, comment="JSON, redacted"),
    sa.Column("request_body", sa.Text, comment="redacted"),
    sa.Column("response_body", sa.Text, comment="redacted"),
    sa.Index("ix_requests_time", "organisation_id", "at", "id"),
    sa.Index("ix_requests_kind", "organisation_id", "kind", "at", "id"),
    sa.Index("ix_requests_connection", "organisation_id", "connection_id", "at", "id"),
    sa.Index("ix_requests_request", "organisation_id", "request_id", "at", "id"),
    # Of rows with a status from 400 on. The migration says so, and this does not: with PostgreSQL named here,
    # every start would import its dialect.
    sa.Index("ix_requests_refused", "organisation_id", "at", "id"),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("organisation_id", sa.String(36), nullable=False),
    sa.Column("at", sa.Double, nullable=False),
    sa.Column("actor_kind", sa.Text, nullable=False),
    sa.Column("actor_id", sa.Text),
    sa.Column("actor_name", sa.Text),
    sa.Column("action", sa.Text, nullable=False, comment="such as connection.deleted"),
    sa.Column("target_kind", sa.Text, nullable=False),
    sa.Column("target_id", sa.Text),
    sa.Column("detail", sa.Text, comment="JSON, redacted: what was asked for"),
    sa.Column("request_id", sa.String(32)),
    sa.Index("ix_audit_time", "organisation_id", "at", "id"),
    sa.Index("ix_audit_action", "organisation_id", "action", "at", "id"),
    sa.Index("ix_audit_actor", "organisation_id", "actor_id", "at", "id"),
)
