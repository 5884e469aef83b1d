"""Orders: placed, changed and cancelled.

An order is promised the units it needs when it is placed, all of them from one warehouse: its own one if it
had one before, else the first that has enough. Where none has, the order is `backordered` and holds nothing.
"""

from typing import Any

from msgspec import UNSET, to_builtins

from crossdock.sandbox.parts import Nothing
from crossdock.sandbox.refusals import conflict, unfit
from crossdock.sandbox.site import Record, Site
from crossdock.sandbox.wms.bodies import OrderLine, OrderTerms, PlaceOrder, UpdateOrder
from crossdock.sandbox.wms.places import referred
from crossdock.sandbox.wms.products import product_of_sku
from crossdock.sandbox.wms.promises import promise, release_backorders, take_back

PLAIN_TERMS = (
    "reference_id",
    "trading_partner",
    "service_level",
    "invoice_currency_code",
    "total_price",
    "total_tax",
    "total_discount",
    "total_shipping",
)
PICKED_STATUSES = ("picked", "packed")
ENDED_STATUSES = ("fulfilled", "cancelled")


def place_order(site: Site, body: PlaceOrder) -> Record:
    """A new order, `open` with its units committed, or `backordered`. Raises `Refused`."""
    _check_number_is_free(site, body.order_number)
    empty: dict[str, Any] = dict.fromkeys((*PLAIN_TERMS, "warehouse_id", "channel_object"))
    fields = {
        **empty,
        "order_number": body.order_number,
        "status": "backordered",
        "invoice_currency_code": "USD",
        "shipping_method_id": None,
        "shipping_method_name": None,
        "carrier_id": None,
        "carrier_name": None,
        "scac": None,
        "ship_to_address": to_builtins(body.ship_to_address),
        "line_items": [],
        "shipments": [],
        "files": [],
    }
    order = site.new("orders", fields)
    order["reference_id"] = order["id"]
    order["line_items"] = _lines(site, body.line_items, [])
    _take_terms(site, order, body)
    promise(site, order)
    return site.save("orders", order)


def update_order(site: Site, order_id: str, body: UpdateOrder) -> Record:
    """The order, changed; new lines let go of what the old ones held. Raises `Refused`."""
    order = site.get("orders", order_id)
    if order["status"] in ENDED_STATUSES:
        raise conflict(f"{order_id} is {order['status']} and cannot be changed.")
    if body.order_number is not UNSET and body.order_number != order["order_number"]:
        _check_number_is_free(site, body.order_number)
        order["order_number"] = body.order_number
    if body.ship_to_address is not UNSET:
        order["ship_to_address"] |= to_builtins(body.ship_to_address)
    _take_terms(site, order, body)
    let_go: list[str] = []
    if body.line_items is not UNSET:
        let_go = _replace_lines(site, order, body.line_items)
    if body.status is not UNSET:
        let_go += _set_status(site, order, body.status)
    site.save("orders", order)
    release_backorders(site, let_go, keep=order_id)
    return site.get("orders", order_id)


def cancel_order(site: Site, order_id: str, body: Nothing) -> Record:  # noqa: ARG001
    """The order, cancelled; what it held is free again. Raises `Refused` once something has shipped."""
    order = site.get("orders", order_id)
    let_go = _set_status(site, order, "cancelled")
    site.save("orders", order)
    release_backorders(site, let_go)
    return order


def _set_status(site: Site, order: Record, status: str) -> list[str]:
    """Changes the status; gives back the inventory items that were let go of."""
    before = order["status"]
    if status == "cancelled":
        if before in ENDED_STATUSES or before == "partially_fulfilled":
            raise conflict(f"{order['id']} is {before} and cannot be cancelled.")
        let_go = take_back(site, order)
        order["status"] = "cancelled"
        return let_go
    if before in ("backordered", "partially_fulfilled"):
        raise conflict(f"{order['id']} is {before}; of statuses it takes no {status}.", "/status")
    order["status"] = status
    for line in order["line_items"]:
        line["is_picked"] = status in PICKED_STATUSES
    return []


def _replace_lines(site: Site, order: Record, lines: list[OrderLine]) -> list[str]:
    if order["shipments"]:
        raise conflict(f"{order['id']} has shipped in part; its lines stand.", "/line_items")
    let_go = take_back(site, order)
    order["line_items"] = _lines(site, lines, order["line_items"])
    promise(site, order)
    return let_go


def _check_number_is_free(site: Site, number: str) -> None:
    taken = site.shelves.find("orders", number)
    if taken:
        raise conflict(f"The order number {number} is taken by {taken[0]['id']}.", "/order_number")


def _lines(site: Site, wanted: list[OrderLine], before: list[Record]) -> list[Record]:
    """Lines with the components that they need; what is left unsaid is as on the old line of the product."""
    old = {line["product_id"]: line for line in before}
    rows = []
    for index, line in enumerate(wanted):
        field = f"/line_items/{index}"
        product = _product_of(site, line, field)
        known = old.get(product["id"], {})
        quantity = known.get("quantity") if line.quantity is UNSET else line.quantity
        if quantity is None:
            raise unfit(
                "A line of a product that is new to the order says its quantity.", f"{field}/quantity"
            )
        price = known.get("unit_price") if line.unit_price is UNSET else line.unit_price
        discount = known.get("discount_amount") if line.discount_amount is UNSET else line.discount_amount
        rows.append(
            {
                "product_id": product["id"],
                "sku": product["sku"],
                "quantity": quantity,
                "unit_price": price,
                "discount_amount": discount,
                "is_picked": False,
                "shipped_quantity": 0,
                "is_kit": product["is_kit"],
                "components": product["inventory_items"],
            }
        )
    return rows


def _product_of(site: Site, line: OrderLine, field: str) -> Record:
    if line.product_id is not UNSET:
        product = referred(site, "products", line.product_id, f"{field}/product_id")
        if line.sku is not UNSET and line.sku != product["sku"]:
            raise unfit(f"{line.product_id} has the SKU {product['sku']}, not {line.sku}.", f"{field}/sku")
        return product
    if line.sku is not UNSET:
        return product_of_sku(site, line.sku, f"{field}/sku")
    raise unfit("A line names its product by product_id or sku.", f"{field}/product_id")


def _take_terms(site: Site, order: Record, body: OrderTerms) -> None:
    for name in PLAIN_TERMS:
        value = getattr(body, name)
        if value is not UNSET:
            order[name] = value
    if body.channel is not UNSET:
        channel = referred(site, "channels", body.channel, "/channel")
        order["channel_object"] = {"channel_id": channel["id"], "channel_name": channel["name"]}
    if body.shipping_method_id is not UNSET:
        method = referred(site, "shipping_methods", body.shipping_method_id, "/shipping_method_id")
        order["shipping_method_id"], order["shipping_method_name"] = method["id"], method["name"]
        order |= {name: method[name] for name in ("carrier_id", "carrier_name", "scac")}
