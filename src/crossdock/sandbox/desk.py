"""One request to the sandbox carried out: what is read, and what is written once however often it is sent."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from crossdock.sandbox.cart.products import product_view
from crossdock.sandbox.erp import stock as erp_stock
from crossdock.sandbox.refusals import conflict
from crossdock.sandbox.site import Kind, Record, Site
from crossdock.sandbox.storage import DatabaseShelves
from crossdock.sandbox.wms import stock as wms_stock

Operation = Callable[[Site], Record]

VIEWS: Mapping[Kind, Callable[[Record], Record]] = {
    "inventory": wms_stock.inventory_view,
    "cart_products": product_view,
    "erp_inventory": erp_stock.inventory_view,
}
"""Records that are answered otherwise than they are kept."""


def write_once(
    site: Site, kind: Kind, client_key: str | None, request: bytes, operation: Operation
) -> Record:
    """The record that the operation gives, or, where `client_key` was used already, as it stands now.

    `request` is what was asked, path and body. Raises `Refused` with 409 for a key that was used for
    something else.
    """
    if client_key is None:
        return answered(kind, operation(site))
    digest = hashlib.sha256(request).hexdigest()
    used = site.shelves.get("client_keys", client_key)
    if used is None:
        record = operation(site)
        note = {"id": client_key, "kind": kind, "record_id": record["id"], "request": digest}
        site.save("client_keys", note)
        return answered(kind, record)
    if used["request"] != digest:
        raise conflict("The client_key stands for another request.", "/client_key")
    return answered(kind, site.get(kind, used["record_id"]))


def written_with(shelves: DatabaseShelves, kind: Kind, client_key: str) -> list[Record]:
    """The record of that kind that a request with this key wrote, in a list; empty when there is none."""
    used = shelves.get("client_keys", client_key)
    if used is None or used["kind"] != kind:
        return []
    record = shelves.get(kind, used["record_id"])
    return [] if record is None else [record]


def answered(kind: Kind, record: Record) -> dict[str, Any]:
    """The record as it is answered."""
    view = VIEWS.get(kind)
    return record if view is None else view(record)
