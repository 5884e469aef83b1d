"""The last values that an account gave for its options, as JSON text."""

import sqlalchemy as sa

from crossdock.storage.tables import account_options
from crossdock.storage.upsert import upsert


def save_choices(db: sa.Connection, connection_id: str, name: str, choices: str, read_at: float) -> None:
    """Keeps the values, read at that epoch second, in the place of earlier ones."""
    key = {"connection_id": connection_id, "name": name}
    upsert(db, account_options, key, {"choices": choices, "read_at": read_at})


def load_choices(db: sa.Connection, connection_id: str, name: str) -> tuple[str, float] | None:
    """The values and when they were read, or `None` when none ever were."""
    where = (account_options.c.connection_id == connection_id) & (account_options.c.name == name)
    query = sa.select(account_options.c.choices, account_options.c.read_at).where(where)
    row = db.execute(query).first()
    return None if row is None else (row.choices, row.read_at)
