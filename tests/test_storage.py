"""The tables that migrations make are the tables that the queries expect, on both databases."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from crossdock.storage.database import Database
from crossdock.storage.log_tables import requests
from crossdock.storage.oauth_tables import oauth_grants
from crossdock.storage.people_tables import users
from tests.support.postgres import empty_database

METADATA = users.metadata
assert METADATA is requests.metadata is oauth_grants.metadata


def differences(url: str) -> list[object]:
    Database(url).close()
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        found = compare_metadata(
            MigrationContext.configure(connection, opts={"include_object": _declared}), METADATA
        )
    engine.dispose()
    return list(found)


def _declared(thing: Any, name: str | None, kind: str, *_: object) -> bool:
    """PostgreSQL keeps the records in partitions, which are tables that nobody names."""
    table = name if kind == "table" else getattr(getattr(thing, "table", None), "name", "")
    return not str(table).startswith("records_")


def test_migrations_make_the_tables_on_sqlite(tmp_path: Path) -> None:
    assert differences(f"sqlite:///{tmp_path}/test.db") == []


def test_migrations_make_the_tables_on_postgresql(postgres: str) -> None:
    assert differences(empty_database(postgres)) == []
