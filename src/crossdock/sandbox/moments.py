"""Dates that a body says, in the form that records have."""

from datetime import datetime

from crossdock.sandbox.refusals import unfit
from crossdock.schemas.times import wire_time

EARLIEST_YEAR, LATEST_YEAR = 1900, 8999


def moment(value: datetime, field: str) -> str:
    """A date with an offset in the contract's form. Raises `Refused` with 422 far out of the calendar."""
    if not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
        raise unfit(f"The year {value.year} is not from {EARLIEST_YEAR} to {LATEST_YEAR}.", field)
    return wire_time(value)
