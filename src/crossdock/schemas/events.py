"""The event types of the wire contract: its webhook page, "Event types"."""

from crossdock.schemas.lists import LIST_FUNCTIONS

ADMIN = (
    "connection.created",
    "connection.deleted",
    "connection.historical-sync-completed",
    "connection.force-sync-completed",
    "connection.sync-job-completed",
    "connection.sync-job-stuck",
    "connection.schedule-stuck",
    "connection-error.created",
    "connection-error.updated",
    "connection-error.deleted",
    "install.failed",
)
GAINS = tuple(name for function in LIST_FUNCTIONS for name in function.gains)
OF_LISTS = tuple(function.event for function in LIST_FUNCTIONS if function.event is not None)

EVENT_TYPES: tuple[str, ...] = (
    *(f"{name}.{verb}" for name in OF_LISTS for verb in ("created", "updated")),
    *GAINS,
    "carrier-file.created",
    *ADMIN,
)
"""Every type that an endpoint can ask for."""
