"""A list of a sandbox: it says what changed since a moment, and goes on behind a number that it gives."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from crossdock.connector import Account, ListOperation, ListPage, Span, VendorRequest
from crossdock.schemas.actions import IntegrationType
from crossdock.schemas.lists import list_function
from crossdock.schemas.times import wire_time

PAGE = 500


def _page(position: Any, decoded: Any) -> ListPage:  # noqa: ARG001
    return ListPage(decoded["items"], decoded["next"])


def sandbox_list(
    integration_type: IntegrationType,
    name: str,
    collection: str,
    record: Callable[[Any], Struct],
    sample: Any,
) -> ListOperation:
    """The list of a collection, by the name of its function; `sample` is a complete row."""

    def request(account: Account, span: Span, position: Any) -> VendorRequest:  # noqa: ARG001
        query = {"limit": str(PAGE)}
        if span.since is not None:
            query["updated_since"] = wire_time(span.since)
        if span.until is not None:
            query["updated_before"] = wire_time(span.until)
        if position is not None:
            query["after"] = position
        return VendorRequest("GET", f"/{collection}", query)

    return ListOperation(
        function=list_function(integration_type, name),
        request=request,
        page=_page,
        record=record,
        samples=[sample],
        id_of=lambda row: row["id"],
        follows_changes=True,
    )
