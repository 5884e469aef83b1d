"""The doors of stored records: of each list function the list, the item and what is below it.

Paths: the contract's endpoint table, sections 2 and 8. `/raw` is this service's own.
"""

from collections.abc import Iterator

from crossdock.http.connection_doors import PAGE, WINDOW
from crossdock.http.door import DATA, FULL_ACCESS, REFUSALS, Door, query
from crossdock.http.history_routes import history_endpoint
from crossdock.http.record_routes import (
    TAGS,
    item_endpoint,
    list_endpoint,
    packs_endpoint,
    raw_endpoint,
    tags_endpoint,
)
from crossdock.reads.filters import LARGEST_PAGE
from crossdock.schemas.list_functions import ListFunction
from crossdock.schemas.lists import LIST_FUNCTIONS

MISSING = {"404": "There is no stored copy of that id, or the system does not list it any more"}
LACKING = {"501": "The integration lacks this resource"}


def _parameters(function: ListFunction) -> list[dict[str, object]]:
    """Paging, and each filter with its operators; a bare name is `eq`."""
    shown: list[dict[str, object]] = [
        query(
            "limit",
            "How many records at most",
            {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": LARGEST_PAGE},
        ),
        query(
            "page_token", "`next_token` of the page before; filters are to be repeated", {"type": "string"}
        ),
        query("ids[in]", "Up to 100 ids, with commas between; other filters are disregarded then", TEXT),
    ]
    for name, operators in function.filters.items():
        for operator in operators:
            shown.append(query(f"{name}[{operator}]", f"{name}: {operator}", TEXT))
    return shown


TEXT = {"type": "string", "minLength": 1}


def _doors(function: ListFunction) -> Iterator[Door]:
    name = function.resource.replace("_", " ")
    yield Door(
        "GET",
        function.path,
        list_endpoint(function),
        f"The stored {name} of the connection, in the order of their ids",
        needs="key and token",
        parameters=_parameters(function),
        answers={"200": "A page of records", **LACKING, **REFUSALS},
    )
    if function.item is None:
        return
    path = f"{function.path}/{{{function.item}}}"
    yield Door(
        "GET",
        path,
        item_endpoint(function, function.item),
        f"One record of {name}, from the stored copy of the connection",
        needs="key and token",
        answers={"200": "The record", **MISSING, **LACKING, **REFUSALS},
    )
    yield Door(
        "GET",
        f"{path}/raw",
        raw_endpoint(function, function.item),
        "The vendor's own record behind it, as it came",
        needs="key and token",
        answers={"200": "The vendor's record", **MISSING, **LACKING, **REFUSALS},
    )
    yield Door(
        "GET",
        f"{path}/history",
        history_endpoint(function, function.item),
        "What changed in a record, as far as its events are kept, the latest first",
        needs="key and token",
        parameters=[*PAGE, *WINDOW],
        answers={"200": "A page of changes", **MISSING, **LACKING, **REFUSALS},
    )
    if function.has_tags:
        yield Door(
            "PUT",
            f"{path}/trackstar-tags",
            tags_endpoint(function, function.item),
            "Replace the tags of a record; they never reach the vendor",
            unaudited=DATA,
            needs="key and token",
            body=TAGS,
            answers={"200": "The record", **MISSING, **FULL_ACCESS, **LACKING, **REFUSALS},
        )
    if function.name == "get_orders":
        yield Door(
            "GET",
            f"{path}/packs",
            packs_endpoint(function, function.item),
            "The packed boxes of an order, from the packages of its shipments",
            needs="key and token",
            answers={"200": "The boxes", **MISSING, **LACKING, **REFUSALS},
        )


def _static_first(door: Door) -> int:
    """Paths whose segments are all named stand before those with a parameter in the same place."""
    return door.path.count("{")


READ_DOORS = tuple(
    sorted((door for function in LIST_FUNCTIONS for door in _doors(function)), key=_static_first)
)
"""Every door; `/wms/orders/channels` stands before `/wms/orders/{order_id}`."""
