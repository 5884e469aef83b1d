"""A made-up vendor with two lists: orders, which say when they changed, and warehouses, which do not.

Orders are paged by keyset (`after`, in order of change), warehouses by page number. `GET /me` is what
credentials are tried with.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from crossdock.connector import (
    Access,
    Account,
    CredentialCheck,
    CredentialField,
    Integration,
    ListOperation,
    ListPage,
    Span,
    VendorRequest,
)
from crossdock.schemas import wms
from crossdock.schemas.lists import list_function
from crossdock.schemas.times import wire_time

KEY = "hush-hush"


def at(minute: int) -> str:
    """A moment of a day long ago, or of days after it."""
    return wire_time(datetime.fromtimestamp(1_900_000_000 + 60 * minute, UTC))


@dataclass
class ListVendor:
    """The vendor. `before` runs with path and query of each request, and may answer it itself."""

    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    warehouses: list[dict[str, Any]] = field(default_factory=list)
    page_size: int = 10
    calls: list[str] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    before: Callable[[str, dict[str, str]], tuple[int, Any] | None] = lambda path, query: None

    def order(self, number: int, changed: int, /, **more: Any) -> dict[str, Any]:
        """Adds or changes an order."""
        row = {
            "id": f"o{number:06}",
            "number": f"SO-{number}",
            "state": "open",
            "changed": at(changed),
            **more,
        }
        self.orders[row["id"]] = row
        return row

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application."""
        request = Request(scope, receive)
        query = dict(request.query_params)
        self.calls.append(request.url.path)
        self.asked.append(query)
        said = self.before(request.url.path, query)
        status, body = said if said is not None else self._answer(request, query)
        headers = {"retry-after": str(body["retry-after"])} if "retry-after" in body else {}
        response = Response(orjson.dumps(body), status, headers, media_type="application/json")
        await response(scope, receive, send)

    def _answer(self, request: Request, query: dict[str, str]) -> tuple[int, Any]:
        if request.headers.get("authorization") != f"Bearer {KEY}":
            return 401, {"message": "Who are you?"}
        if request.url.path == "/me":
            return 200, {"me": "an account"}
        if request.url.path == "/orders":
            return 200, self._orders(query)
        if request.url.path == "/warehouses":
            start = int(query.get("page", "0")) * self.page_size
            rows = self.warehouses[start : start + self.page_size]
            return 200, {"rows": rows, "more": start + self.page_size < len(self.warehouses)}
        return 404, {"message": "no such path"}

    def _orders(self, query: dict[str, str]) -> Any:
        rows = sorted(self.orders.values(), key=lambda row: (str(row.get("changed")), str(row.get("id"))))
        key = query.get("after", "")
        rows = [
            row
            for row in rows
            if row.get("changed", "") >= query.get("from", "")
            and row.get("changed", "") < query.get("until", "9")
            and f"{row.get('changed')} {row.get('id')}" > key
        ]
        page = rows[: self.page_size]
        last = page[-1] if len(rows) > len(page) else None
        return {"rows": page, "after": f"{last.get('changed')} {last.get('id')}" if last else None}


def _orders(account: Account, span: Span, position: Any) -> VendorRequest:
    query = {}
    if span.since is not None:
        query["from"] = wire_time(span.since)
    if span.until is not None:
        query["until"] = wire_time(span.until)
    if position is not None:
        query["after"] = position
    return VendorRequest("GET", "/orders", query=query)


STATES = {"open": "open", "shipped": "fulfilled"}


def order(row: Any) -> wms.Order:
    """An order of the vendor as a canonical one."""
    return wms.Order(
        id=row["id"],
        created_date=row["changed"],
        updated_date=row["changed"],
        reference_id=row["number"],
        order_number=row["number"],
        status=STATES.get(row["state"], "other"),  # type: ignore[arg-type]
        raw_status=row["state"],
        trading_partner=row.get("note"),
        shipments=[
            wms.Shipment(shipment_id=name, warehouse_id="w", status="shipped")
            for name in row.get("parcels", [])
        ],
    )


def warehouse(row: Any) -> wms.Warehouse:
    """A warehouse of the vendor as a canonical one."""
    return wms.Warehouse(id=row["id"], created_date=at(0), updated_date=at(0), name=row["name"])


INTEGRATION = Integration(
    type="wms",
    name="cool-wms",
    display_name="Cool WMS",
    description="made up",
    credential_fields=[
        CredentialField("url", "URL", "where it is"),
        CredentialField("key", "Key", "what opens it", secret=True),
    ],
    access=lambda account: Access(account["url"], {"authorization": f"Bearer {account['key']}"}),
    credential_check=CredentialCheck(
        request=lambda account: VendorRequest("GET", "/me"),
        accepted=lambda answer: "me" in answer.json(),
        fields_at_fault={401: ["key"]},
        otherwise=["url"],
    ),
    writes=[],
    lists=[
        ListOperation(
            function=list_function("wms", "get_orders"),
            request=_orders,
            page=lambda position, decoded: ListPage(decoded["rows"], decoded["after"]),
            record=order,
            id_of=lambda row: row["id"],
            samples=[
                {"id": "1", "number": "1", "state": "x", "changed": at(1), "note": "n", "parcels": ["p"]}
            ],
            follows_changes=True,
        ),
        ListOperation(
            function=list_function("wms", "get_warehouses"),
            request=lambda account, span, position: VendorRequest(
                "GET", "/warehouses", query={"page": str(position or 0)}
            ),
            page=lambda position, decoded: ListPage(
                decoded["rows"], (position or 0) + 1 if decoded["more"] else None
            ),
            record=warehouse,
            samples=[{"id": "1", "name": "one"}],
        ),
    ],
)
