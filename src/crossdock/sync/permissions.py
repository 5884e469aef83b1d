"""Whether an account may read a list, tried before it is connected."""

from datetime import UTC, datetime, timedelta
from typing import Any

from crossdock.connector import Account, ListOperation, Span
from crossdock.connector.client import VendorClient
from crossdock.errors import VendorError
from crossdock.sync.pages import fetch

REFUSED = frozenset({401, 403})
LOOKED_BACK = timedelta(minutes=1)


async def may_read(vendor: VendorClient, operation: ListOperation, account: Account) -> dict[str, Any]:
    """Asks for the beginning of a list, as short a one as the vendor lets itself be asked for.

    `allowed` is null where the vendor failed otherwise, which says nothing about permissions; `message` has
    its words.
    """
    span = Span(since=datetime.now(UTC) - LOOKED_BACK)
    try:
        await fetch(vendor, operation, account, span, None)
    except VendorError as error:
        refused = error.extra.get("vendor_status") in REFUSED
        return {"allowed": False if refused else None, "message": error.message}
    return {"allowed": True, "message": None}
