"""One page of a vendor's list, with the details that its rows need."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from crossdock.connector import Account, ListOperation, ListPage, Span, VendorRequest
from crossdock.connector.client import VendorClient
from crossdock.connector.listing import row_alone
from crossdock.errors import VendorError
from crossdock.sync.bulk import NoJob, bulk_page, is_of_job

log = logging.getLogger(__name__)

DETAILS_AT_ONCE = 8


async def fetch(
    vendor: VendorClient,
    operation: ListOperation,
    account: Account,
    span: Span,
    position: Any,
    *,
    wholesale: bool = False,
) -> ListPage:
    """The page at a position, its rows joined with their details.

    With `wholesale` so much is to be read that a job of the vendor's is worth starting, where the list has
    such. Raises `VendorError`, also for an answer that is not of the vendor's shape.
    """
    page = None
    if operation.bulk is not None and (is_of_job(position) or (position is None and wholesale)):
        try:
            page = await bulk_page(vendor, operation.bulk, account, span, position)
        except NoJob as refused:
            log.info("%s is read by pages: %s", operation.function.name, refused)
            position = None
    if page is None:
        page = await _page(vendor, operation, account, span, position)
    return await _with_details(vendor, operation, account, page)


async def _page(
    vendor: VendorClient, operation: ListOperation, account: Account, span: Span, position: Any
) -> ListPage:
    decoded = await vendor.read_json(operation.request(account, span, position))
    try:
        return operation.page(position, decoded)
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise VendorError(
            f"The answer to {operation.function.name} was not understood: {error}", extra={"ours": True}
        ) from error


async def _with_details(
    vendor: VendorClient, operation: ListOperation, account: Account, page: ListPage
) -> ListPage:
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
