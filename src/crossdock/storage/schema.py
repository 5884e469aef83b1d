"""Brings a database to the tables that this version needs."""

from pathlib import Path

import sqlalchemy as sa

LATEST = "0015"
"""The newest migration; starting up reads this instead of importing Alembic."""

MIGRATION_LOCK = 0x63726F7373646F63
"""PostgreSQL advisory lock that keeps two starting processes from migrating at once."""


class DatabaseIsNewer(Exception):
    """The database was migrated by a later version of Crossdock."""


def migrate(connection: sa.Connection) -> None:
    """Creates or upgrades the tables inside the caller's transaction; does nothing when they are current.

    Raises `DatabaseIsNewer` when the database knows a migration that this version does not.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    current = _current_revision(connection)
    if current == LATEST:
        return
    from alembic import command  # noqa: PLC0415  (slow to import, and needed once in a database's life)
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util.exc import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, LATEST)
    except CommandError as error:
        raise DatabaseIsNewer(
            f"The database is at migration {current!r}, which this version of Crossdock does not know."
        ) from error


def _current_revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    version = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return None if version is None else str(version)
