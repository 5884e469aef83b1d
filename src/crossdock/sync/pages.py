"""One page of a vendor's list, with the details that its rows need."""

import asyncio
from collections.abc import Mapping
from typing import Any

from crossdock.connector import Account, ListOperation, ListPage, Span, VendorRequest
from crossdock.connector.client import VendorClient
from crossdock.connector.listing import row_alone
from crossdock.errors import VendorError

DETAILS_AT_ONCE = 8


async def fetch(
    vendor: VendorClient, operation: ListOperation, account: Account, span: Span, position: Any
) -> ListPage:
    """The page at a position, its rows joined with their details.

    Raises `VendorError`, also for an answer that is not of the vendor's shape.
    """
    decoded = await vendor.read_json(operation.request(account, span, position))
    try:
        page = operation.page(position, decoded)
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise VendorError(
            f"The answer to {operation.function.name} was not understood: {error}", extra={"ours": True}
        ) from error
    if operation.joined is row_alone:
        return page
    turn = asyncio.Semaphore(DETAILS_AT_ONCE)
    beside = await _read(vendor, operation.beside(account, page.rows)) if page.rows else {}
    try:
        async with asyncio.TaskGroup() as group:
            rows = [
                group.create_task(_joined(vendor, operation, account, row, beside, turn)) for row in page.rows
            ]
    except* VendorError as several:
        raise _first(several) from several
    return ListPage([row.result() for row in rows], page.next)


def _first(several: BaseExceptionGroup[VendorError]) -> VendorError:
    """One of the errors of the details of a page, which are read at the same time."""
    first = several.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first


async def _joined(
    vendor: VendorClient,
    operation: ListOperation,
    account: Account,
    row: Any,
    beside: Mapping[str, Any],
    turn: asyncio.Semaphore,
) -> Any:
    try:
        wanted = operation.details(account, row)
        async with turn:
            decoded = await _read(vendor, wanted)
        return operation.joined(row, {**beside, **decoded})
    except (ValueError, TypeError, LookupError, AttributeError):
        # Its translation fails for the same reason, and says so of this row alone.
        return row


async def _read(vendor: VendorClient, wanted: Mapping[str, VendorRequest]) -> Mapping[str, Any]:
    return {name: await vendor.read_json(request, missing=True) for name, request in wanted.items()}
