"""Databases that have all tables already: copies of one that the migrations made once in this process."""

import tempfile
from functools import cache
from pathlib import Path

from crossdock.storage.database import Database

FILE = "crossdock.db"


def prepared(home: Path) -> Path:
    """The folder, made if need be; a SQLite database is put into it where there is none."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not (home / FILE).exists():
        (home / FILE).write_bytes(_migrated())
    return home


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / FILE
        Database(f"sqlite:///{made}").close()
        return made.read_bytes()
