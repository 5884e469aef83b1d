"""A page of a list that the vendor writes into a file: the job is started, waited for, and its file read on.

A position is kept on disk after each step: the job's id as soon as there is one, then how many bytes of the
file were read. So a run that is taken up again goes on with the same job. The file's address is asked for
each time and never kept, since whoever has it can read the file.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from crossdock.connector import Account, ListPage, Span
from crossdock.connector.bulk import BulkReading, JobState
from crossdock.connector.client import LARGEST_ANSWER, VendorClient
from crossdock.errors import VendorError

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
"""Seconds between two questions how far a job is; longer each time."""

PIECE = 1024 * 1024
"""Bytes of the file that are asked for at a time."""

ROWS_AT_ONCE = 500

JOB = "bulk_job"
REFUSED = frozenset({400, 409, 422})
"""Statuses of a vendor that takes no such job now, and lets the account in all the same."""


class NoJob(Exception):
    """The vendor made no file; the list is to be read by pages."""


def is_of_job(position: Any) -> bool:
    """Whether a run is in the middle of a job."""
    return isinstance(position, dict) and JOB in position


async def bulk_page(
    vendor: VendorClient, bulk: BulkReading, account: Account, span: Span, position: Any
) -> ListPage:
    """The rows at a position, `None` at the beginning. Raises `VendorError`, or `NoJob`."""
    if position is None:
        return ListPage([], {JOB: await _start(vendor, bulk, account, span), "asked": 0})
    job, asked = position[JOB], position.get("asked", 0)
    if asked:
        await asyncio.sleep(min(FIRST_PAUSE * 2 ** (asked - 1), LONGEST_PAUSE))
    state = await _state(vendor, bulk, account, job)
    if state.failed is not None:
        raise NoJob(state.failed)
    if state.running:
        return ListPage([], {JOB: job, "asked": asked + 1})
    if state.url is None:
        return ListPage([])
    piece = await _piece(vendor, bulk, state.url, position.get("at", 0))
    following = None if piece.is_last else {JOB: job, "at": piece.next_at}
    return ListPage([row for group in piece.groups for row in _rows(bulk, group)], following)


async def _start(vendor: VendorClient, bulk: BulkReading, account: Account, span: Span) -> str:
    try:
        decoded = await vendor.read_json(bulk.start(account, span))
    except VendorError as error:
        if error.extra.get("vendor_status") in REFUSED:
            raise NoJob(error.message) from error
        raise
    job: str = _understood(bulk.started, decoded)
    return job


async def _state(vendor: VendorClient, bulk: BulkReading, account: Account, job: str) -> JobState:
    state: JobState = _understood(bulk.state, await vendor.read_json(bulk.ask(account, job)))
    return state


def _understood(read: Any, decoded: Any) -> Any:
    try:
        return read(decoded)
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise VendorError(
            f"What was answered about a bulk reading was not understood: {error}", extra={"ours": True}
        ) from error


def _rows(bulk: BulkReading, group: Sequence[Any]) -> Sequence[Any]:
    rows: Sequence[Any] = _understood(bulk.rows, group)
    return rows


@dataclass(frozen=True, slots=True)
class _Piece:
    """Whole groups of lines, and where the file goes on behind them."""

    groups: Sequence[Sequence[Any]]
    next_at: int
    is_last: bool


async def _piece(vendor: VendorClient, bulk: BulkReading, url: str, at: int) -> _Piece:
    """The groups from a byte of the file on; one that is larger than a piece is fetched as a larger one."""
    length = PIECE
    while True:
        content = await vendor.part_of_file(url, at, length)
        is_end = len(content) < length
        groups, used = _groups(bulk, content, is_end)
        if groups or is_end:
            return _Piece(groups, at + used, is_end and used == len(content))
        if length >= LARGEST_ANSWER:
            raise VendorError("A record of a bulk reading is too large.", extra={"ours": True})
        length *= 4


def _groups(bulk: BulkReading, content: bytes, is_end: bool) -> tuple[list[list[Any]], int]:
    """The groups that are whole, and how many bytes they are. Without the end, the last one may go on."""
    groups: list[list[Any]] = []
    begun_at = used = 0
    for start, end, line in _lines(content, is_end):
        if not groups or _understood(bulk.begins, line):
            if len(groups) == ROWS_AT_ONCE:
                return groups, used
            groups.append([])
            begun_at = start
        groups[-1].append(line)
        used = end
    return (groups, len(content)) if is_end else (groups[:-1], begun_at)


def _lines(content: bytes, is_end: bool) -> Iterator[tuple[int, int, Any]]:
    """Where each line starts and ends, and its value. The last one counts at the end of the file only."""
    start = 0
    while start < len(content):
        end = content.find(b"\n", start)
        if end < 0:
            if not is_end:
                return
            end = len(content)
        if content[start:end].strip():
            yield start, min(end + 1, len(content)), _understood(orjson.loads, content[start:end])
        start = end + 1
