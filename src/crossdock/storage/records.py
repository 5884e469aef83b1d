"""The stored copies of vendor records, per connection and resource."""

import time
from dataclasses import dataclass

import sqlalchemy as sa

from crossdock.schemas.times import wire_epoch
from crossdock.storage.tables import records
from crossdock.storage.upsert import upsert


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A canonical record as JSON text, and when this copy was made and last changed (epoch seconds)."""

    data: str
    created_at: float
    updated_at: float

    def as_json(self) -> str:
        """The record as it is answered: the stored text, undecoded, with the dates of this copy."""
        created = f'"trackstar_created_date":"{wire_epoch(self.created_at)}"'
        updated = f'"trackstar_updated_date":"{wire_epoch(self.updated_at)}"'
        return f"{self.data[:-1]},{created},{updated}}}"


def save_record(
    db: sa.Connection, connection_id: str, resource: str, record_id: str, data: str, raw: str
) -> StoredRecord:
    """Stores a record in the place of an earlier copy; `raw` is the vendor's own JSON."""
    now = time.time()
    key = {"connection_id": connection_id, "resource": resource, "id": record_id}
    values = {"data": data, "raw": raw, "created_at": now, "updated_at": now}
    stored = upsert(db, records, key, values, only_on_insert=("created_at",))
    return StoredRecord(data, stored.created_at, now)


def load_record(db: sa.Connection, connection_id: str, resource: str, record_id: str) -> StoredRecord | None:
    """The stored copy, or `None`."""
    where = (
        (records.c.connection_id == connection_id)
        & (records.c.resource == resource)
        & (records.c.id == record_id)
    )
    query = sa.select(records.c.data, records.c.created_at, records.c.updated_at).where(where)
    row = db.execute(query).first()
    return None if row is None else StoredRecord(*row)
