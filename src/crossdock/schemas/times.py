"""Times as the wire contract writes them: `YYYY-MM-DDTHH:MM:SSZ`, UTC."""

from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

UNKNOWN = ""
"""Stands in a record for a date that the vendor does not tell. The stored copy has its own in that place: a
record is as old as its first reading, and changed when a reading found it changed."""


def wire_time(moment: datetime) -> str:
    """A moment that knows its time zone, in the contract's form."""
    # `strftime` takes ten times as long, and a sync makes several dates for each record.
    return f"{moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def is_wire_time(text: str) -> bool:
    """Whether a text that `datetime.fromisoformat` understood is in the contract's form already."""
    return (
        len(text) == 20
        and text[19] == "Z"
        and text[10] == "T"
        and text[4] == text[7] == "-"
        and text[13] == text[16] == ":"
    )


def wire_epoch(seconds: float) -> str:
    """Seconds since the epoch, in the contract's form; what is less than a second is left out."""
    return _wire_second(int(seconds // 1))


def wire_moment(seconds: float) -> str:
    """Seconds since the epoch with three digits behind the second, for what happens many times in one."""
    moment = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    return f"{moment.isoformat(timespec='milliseconds')}Z"


def epoch_of(text: Any) -> float | None:
    """Seconds since the epoch of a date-time that a caller wrote, in UTC where it names no time zone.

    `None` for whatever is no date-time.
    """
    with suppress(ValueError, TypeError, OverflowError):
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return None


@lru_cache(maxsize=4096)
def _wire_second(second: int) -> str:
    """Copies that were made together share their dates."""
    return wire_time(datetime.fromtimestamp(second, UTC))
