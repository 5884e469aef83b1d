"""What `crossdock carrier import` does: a file taken in and read in this process, with a progress bar."""

import asyncio
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from crossdock.carrier_files.shown import described
from crossdock.cli.output import print_json
from crossdock.cli.server import quiet_libraries
from crossdock.http.service import open_service
from crossdock.settings import load_settings

MARKED = {"differs", "incomplete"}


def run_import(path: Path, connection_id: str, *, as_json: bool) -> None:
    """Reads the file and prints what came of it. Raises `SystemExit` when it is marked."""
    quiet_libraries()
    shown = asyncio.run(_import(path, connection_id, shows=not as_json))
    report = shown["reconciliation"]
    if as_json:
        print_json(shown)
    elif report is None:
        print(shown["error"] or "Another process reads this file now.")
    else:
        for line in _told(shown, report):
            print(line)
    if shown["status"] == "failed" or (report and report["status"] in MARKED):
        sys.exit(1)


async def _import(path: Path, connection_id: str, *, shows: bool) -> dict[str, Any]:
    service = open_service(load_settings())
    try:
        connection = await service.access.connection_by_id(connection_id)
        with await asyncio.to_thread(path.open, "rb") as source:
            taken = await service.carrier_files.take(connection, source, path.name)
        with Progress(
            TextColumn(path.name),
            BarColumn(),
            DownloadColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=not shows,
        ) as progress:
            task = progress.add_task(path.name, total=taken.row.size)
            row = await service.carrier_files.read(
                taken.row.id, progress=lambda done: progress.update(task, completed=done)
            )
            progress.update(task, completed=taken.row.size)
        return {**described(row), "came_before": taken.came_before}
    finally:
        await service.aclose()


def _told(shown: dict[str, Any], report: dict[str, Any]) -> list[str]:
    counts = shown["line_items"]
    before = "came before; " if shown["came_before"] else ""
    lines = [
        f"{shown['format']}: {before}{report['line_items']} line items, {counts['created']} new, "
        f"{counts['updated']} changed, {counts['unchanged']} unchanged",
        f"{report['status']}: {report['totals_stated']} totals are stated",
    ]
    lines += [_difference(one) for one in report["differences"]]
    if report["more_differences"]:
        lines.append(f"  and {report['more_differences']} more differences")
    lines += [f"  row {fault['row']}: {fault['message']}" for fault in report["faults"]]
    if report["more_faults"]:
        lines.append(f"  and {report['more_faults']} more rows")
    return lines + [f"  note: {note}" for note in report["notes"]]


def _difference(one: dict[str, Any]) -> str:
    what = " ".join(filter(None, (one["of"], one["invoice_id"], one["key"])))
    return (
        f"  rows {one['first_row']} to {one['last_row']}: {what} states {one['stated']}, "
        f"its charges come to {one['found']}, the difference is {one['difference']}"
    )
