"""Times as the wire contract writes them: `YYYY-MM-DDTHH:MM:SSZ`, UTC."""

from datetime import UTC, datetime


def wire_time(moment: datetime) -> str:
    """A moment that knows its time zone, in the contract's form."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def wire_epoch(seconds: float) -> str:
    """Seconds since the epoch, in the contract's form."""
    return wire_time(datetime.fromtimestamp(seconds, UTC))
