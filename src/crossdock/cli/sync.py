"""`crossdock sync`: the lists of one connection, read here and now, with a progress bar."""

import asyncio
import sys
import time
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from crossdock import collector
from crossdock.cli.accounts import named_integration
from crossdock.cli.doings import enter
from crossdock.cli.output import print_json
from crossdock.cli.server import quiet_libraries
from crossdock.connections.opened import schedules_of
from crossdock.connector import Integration
from crossdock.errors import FieldFault, NotFound, Unprocessable
from crossdock.http.service import open_service
from crossdock.settings import load_settings
from crossdock.storage import accounts, schedules
from crossdock.storage.connection_errors import errors_of
from crossdock.sync.counts import Counts
from crossdock.sync.shown import run_as_json


def run_sync(slug: str, connection_id: str, functions: Sequence[str], *, as_json: bool) -> None:
    """Reads the lists and prints what came of it. Raises `SystemExit` when one did not come to its end."""
    quiet_libraries()
    rows = asyncio.run(_sync(slug, connection_id, functions, shows=not as_json))
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            told = row["error"] or (
                f"{row['records']} records: {row['created']} new, {row['updated']} changed, "
                f"{row['unchanged']} unchanged, {row['deleted']} deleted, {row['put_aside']} put aside; "
                f"{row['records_per_second']} a second"
            )
            print(f"{row['function_name']:<24} {told}")
    if any(row["error"] for row in rows):
        sys.exit(1)


async def _sync(
    slug: str, connection_id: str, functions: Sequence[str], *, shows: bool
) -> list[dict[str, Any]]:
    service = open_service(load_settings())
    collector.settle()
    try:
        integration = named_integration(service.catalog, slug)
        names = _checked(integration, functions)
        await service.database.write(_made_due, integration, connection_id, names)
        with Progress(
            SpinnerColumn(),
            TextColumn("{task.description:<24}"),
            BarColumn(),
            TextColumn("{task.completed:.0f} records, {task.fields[rate]:.0f} a second"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            disable=not shows,
        ) as progress:
            tasks = {name: progress.add_task(name, total=None, rate=0.0) for name in names}

            def watch(name: str, counts: Counts) -> None:
                if name in tasks:
                    progress.update(tasks[name], completed=counts.records, rate=counts.records_per_second)

            await service.syncs.run_connection(connection_id, watch)
        return await service.database.read(_shown, connection_id, names)
    finally:
        await service.aclose()


def _checked(integration: Integration, functions: Sequence[str]) -> list[str]:
    available = [listing.function.name for listing in integration.lists]
    faults = [
        FieldFault("/function", f"{name} is not a list of {integration.slug}", available)
        for name in functions
        if name not in available
    ]
    if faults:
        raise Unprocessable(f"{integration.slug} has no such list.", faults)
    return list(functions) or available


def _made_due(db: sa.Connection, integration: Integration, connection_id: str, names: Sequence[str]) -> None:
    row = accounts.connection_by_id(db, connection_id)
    if row is None or (row.integration_type, row.integration_name) != (integration.type, integration.name):
        raise NotFound(f"There is no connection {connection_id} to {integration.slug}.")
    now = time.time()
    schedules.add_schedules(db, connection_id, schedules_of(integration), now)
    schedules.force(db, connection_id, names, now)
    enter(db, row.organisation_id, "connection.sync_forced", connection_id, {"functions_to_sync": names})


def _shown(db: sa.Connection, connection_id: str, names: Sequence[str]) -> list[dict[str, Any]]:
    errors = errors_of(db, connection_id)
    rows = schedules.schedules(db, connection_id)
    return [run_as_json(row, errors) for row in rows if row.function_name in names]
