"""The database of the settings, for a command that needs nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager

from crossdock.settings import Settings, load_settings
from crossdock.storage.database import Database, open_database


@contextmanager
def opened_database(settings: Settings | None = None) -> Iterator[Database]:
    """An open database, closed at the end. Raises `Unavailable`."""
    database = open_database(settings or load_settings())
    try:
        yield database
    finally:
        database.close()
