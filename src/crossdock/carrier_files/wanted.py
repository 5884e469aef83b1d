"""The query of `GET /carrier/files`. Parameters and defaults: the contract's endpoint table, section 4."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from crossdock.errors import FieldFault, Unprocessable

DEFAULT_PAGE, LARGEST_PAGE = 100, 1000
DEFAULT_SPAN = timedelta(hours=24)
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class WantedFiles:
    """What a caller wants. Times are epoch seconds; `place` names the list that a page token belongs to."""

    start: float
    end: float
    limit: int
    page_token: str | None
    file_name: str | None
    file_type: str | None

    @property
    def place(self) -> str:
        """Other filters make it another list."""
        return f"carrier files {self.file_name} {self.file_type}"


def wanted_files(query: Sequence[tuple[str, str]]) -> WantedFiles:
    """The query as pairs in their order. Raises `Unprocessable` with every fault in it."""
    found: dict[str, Any] = {}
    faults = []
    for name, value in query:
        read = _PARAMETERS.get(name)
        place = f"/{name[:100]}"
        if read is None:
            message = f"{name[:100]}: GET /carrier/files has no such filter."
            faults.append(FieldFault(place, message, list(_PARAMETERS)))
        elif name in found:
            faults.append(FieldFault(place, f"{name} is given more than once."))
        else:
            try:
                found[name] = read(value)
            except ValueError as fault:
                faults.append(FieldFault(place, f"{name}: {fault}"))
    if faults:
        raise Unprocessable(faults[0].message, faults, location="query")
    now = time.time()
    return WantedFiles(
        start=found.get("start_time", now - DEFAULT_SPAN.total_seconds()),
        end=found.get("end_time", now),
        limit=found.get("limit", DEFAULT_PAGE),
        page_token=found.get("page_token"),
        file_name=found.get("file_name"),
        file_type=found.get("file_type"),
    )


def _limit(value: str) -> int:
    if value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= LARGEST_PAGE:
        return int(value)
    raise ValueError(f"must be a whole number from 1 to {LARGEST_PAGE}.")


def _time(value: str) -> float:
    try:
        # In a query a plus sign that was not quoted arrives as a space.
        moment = datetime.fromisoformat(re.sub(r" (?=\d\d:?\d\d$)", "+", value))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        raise ValueError("must be a date such as 2026-01-31T00:00:00Z.") from None


def _text(value: str) -> str:
    if 0 < len(value) <= LONGEST and "\0" not in value:
        return value
    raise ValueError(f"must have 1 to {LONGEST} characters, and no NUL character.")


_PARAMETERS: dict[str, Callable[[str], Any]] = {
    "start_time": _time,
    "end_time": _time,
    "limit": _limit,
    "page_token": _text,
    "file_type": lambda value: _text(value).lower(),
    "file_name": _text,
}
