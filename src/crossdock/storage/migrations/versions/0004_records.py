"""Records as they are served, with what they are filtered by; what a connection is used for."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

PARTITIONS = 16
"""Of the records in PostgreSQL, by connection: `docs/scale.md` says why."""


def upgrade() -> None:
    """Makes the table of records anew and carries over what is in it."""
    op.add_column(
        "connections", sa.Column("customer_id", sa.Text(), comment="the caller's own name for the account")
    )
    op.add_column(
        "connections",
        sa.Column("webhooks_disabled", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("connections", sa.Column("times_used", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("connections", sa.Column("last_used_at", sa.Double()))
    database = op.get_bind()
    kept = list(_carried_over(database))
    op.drop_table("records")
    on_postgresql = database.dialect.name == "postgresql"
    made = op.create_table(
        "records",
        sa.Column("connection_id", sa.String(36), nullable=False),
        sa.Column("resource", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(collation="C" if on_postgresql else None), nullable=False),
        sa.Column("data", sa.Text(), nullable=False, comment="the record as it is served, JSON"),
        sa.Column(
            "digest", sa.LargeBinary(), nullable=False, comment="of what the vendor's row was translated to"
        ),
        sa.Column("raw_digest", sa.LargeBinary(), nullable=False, comment="of the vendor's row"),
        sa.Column("status", sa.Text()),
        sa.Column("number", sa.Text(), comment="order number, SKU or purchase order number"),
        sa.Column("reference", sa.Text(), comment="reference_id"),
        sa.Column("customer_id", sa.Text(), comment="warehouse_customer_id"),
        sa.Column("created_date", sa.Text(), nullable=False, comment="the vendor's, in the contract's form"),
        sa.Column("updated_date", sa.Text(), nullable=False, comment="the vendor's, in the contract's form"),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("updated_at", sa.Double(), nullable=False),
        sa.Column("deleted_at", sa.Double(), comment="when the vendor was seen not to list it any more"),
        sa.Column("raw", sa.Text(), nullable=False, comment="the vendor's record as JSON"),
        sa.ForeignKeyConstraint(["connection_id"], ["connections.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("connection_id", "resource", "id"),
        postgresql_partition_by="HASH (connection_id)",
    )
    if on_postgresql:
        for number in range(PARTITIONS):
            op.execute(
                f"CREATE TABLE records_{number:02} PARTITION OF records "
                f"FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {number})"
            )
    op.create_index("ix_records_changes", "records", ["connection_id", "resource", "updated_at"])
    op.create_index("ix_records_number", "records", ["connection_id", "resource", "number"])
    if kept:
        op.bulk_insert(made, kept)


def _carried_over(database: sa.Connection) -> Iterator[dict[str, Any]]:
    """The rows of the earlier table; their digests are empty, so that the next sync looks at each."""
    for row in database.execute(sa.text("SELECT * FROM records")).mappings():
        record = orjson.loads(row["data"])
        yield {
            "connection_id": row["connection_id"],
            "resource": row["resource"],
            "id": row["id"],
            "data": orjson.dumps(
                record
                | {
                    "trackstar_created_date": _wire(row["created_at"]),
                    "trackstar_updated_date": _wire(row["updated_at"]),
                }
            ).decode(),
            "digest": b"",
            "raw_digest": b"",
            "status": record.get("status"),
            "number": record.get("order_number") or record.get("sku") or record.get("purchase_order_number"),
            "reference": record.get("reference_id"),
            "customer_id": record.get("warehouse_customer_id"),
            "created_date": record["created_date"],
            "updated_date": record["updated_date"],
            "created_at": row["created_at"],
            "updated_at": row["updated_at"],
            "raw": row["raw"],
        }


def _wire(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
