"""Orders of the shop: placed, shipped and paid back. Placing one takes its units out of what can be sold."""

from msgspec import UNSET, to_builtins

from crossdock.sandbox.cart.bodies import NewOrder, Refund, Ship
from crossdock.sandbox.cart.products import first_warehouse, put_back, take
from crossdock.sandbox.refusals import conflict, unfit
from crossdock.sandbox.site import Record, Site

TAX_RATE = 0.08
SHIPPING = 5.0
ADDRESS = {
    "full_name": "Ada Example",
    "address1": "1 Sample Street",
    "city": "Austin",
    "state": "TX",
    "postal_code": "78701",
    "country": "United States",
}


def place_order(site: Site, body: NewOrder) -> Record:
    """A new order, `open`. Raises `Refused` with 422 for what the shop has not, or has not enough of."""
    order = site.new("cart_orders", {})
    lines = []
    for at, line in enumerate(body.line_items):
        found = site.shelves.find("cart_products", line.sku)
        if not found:
            raise unfit(f"There is no variant with the SKU {line.sku}.", f"/line_items/{at}/sku")
        product = found[0]
        there = sum(product["inventory_by_warehouse_id"].values())
        if line.quantity > there:
            raise unfit(f"{there} of {line.sku} can be sold.", f"/line_items/{at}/quantity")
        take(site, product, line.quantity)
        lines.append(
            {
                "line_item_id": f"{order['id']}-{at + 1}",
                "product_id": product["id"],
                "product_sku": line.sku,
                "parent_product_id": product["parent_product_id"],
                "quantity": line.quantity,
                "unit_price": product["price"],
                "discount": 0.0,
                "tax": round(product["price"] * TAX_RATE, 2),
                "refunded_quantity": 0,
            }
        )
    method = body.requested_shipping_method
    address = {} if body.ship_to_address is UNSET else to_builtins(body.ship_to_address)
    tax = round(sum(line["tax"] * line["quantity"] for line in lines), 2)
    goods = sum(line["unit_price"] * line["quantity"] for line in lines)
    order |= {
        "order_number": f"#{1000 + int(order['id'].rpartition('_')[2])}",
        "status": "open",
        "requested_shipping_method": "Standard" if method is UNSET else method,
        "invoice_currency_code": "USD",
        "total_price": round(goods + tax + SHIPPING, 2),
        "total_tax": tax,
        "total_discount": 0.0,
        "total_shipping": SHIPPING,
        "ship_to_address": {**ADDRESS, **address},
        "bill_to_address": ADDRESS,
        "line_items": lines,
        "shipments": [],
        "refunds": [],
    }
    return site.save("cart_orders", order)


def ship(site: Site, order_id: str, body: Ship) -> Record:
    """The order, `fulfilled`, with one shipment of all that is left. Raises `Refused`."""
    order = site.get("cart_orders", order_id)
    if order["status"] != "open":
        raise conflict(f"{order_id} is {order['status']} and does not ship.")
    shipment_id = f"{order_id}-S{len(order['shipments']) + 1}"
    lines = [
        {
            "shipment_line_item_id": f"{shipment_id}-{at}",
            "product_id": line["product_id"],
            "product_sku": line["product_sku"],
            "parent_product_id": line["parent_product_id"],
            "quantity": line["quantity"] - line["refunded_quantity"],
        }
        for at, line in enumerate(order["line_items"], 1)
        if line["quantity"] > line["refunded_quantity"]
    ]
    shipment = {
        "shipment_id": shipment_id,
        "status": "shipped",
        "warehouse_id": first_warehouse(site),
        "shipping_method_name": body.requested_shipping_method,
        "carrier_name": body.carrier_name,
        "tracking_number": body.tracking_number,
        "tracking_url": body.tracking_url,
        "line_items": lines,
        "created_date": site.now,
        "updated_date": site.now,
    }
    order["shipments"].append(shipment)
    order["status"] = "fulfilled"
    order["carrier_name"] = body.carrier_name
    order["shipping_method_name"] = body.requested_shipping_method
    return site.save("cart_orders", order)


def refund(site: Site, order_id: str, body: Refund) -> Record:
    """The order with one refund more; `cancelled` when nothing of an open one is left. Raises `Refused`."""
    order = site.get("cart_orders", order_id)
    if order["status"] == "cancelled":
        raise conflict(f"{order_id} is cancelled.")
    if body.line_items is UNSET and body.amount is UNSET:
        raise unfit("A refund names lines or an amount.", "")
    lines = [] if body.line_items is UNSET else body.line_items
    worth = 0.0
    for at, said in enumerate(lines):
        line = _line(order, said.line_item_id, at)
        left = line["quantity"] - line["refunded_quantity"]
        if said.quantity > left:
            words = f"{left} of {line['line_item_id']} are not refunded yet."
            raise unfit(words, f"/line_items/{at}/quantity")
        line["refunded_quantity"] += said.quantity
        worth += said.quantity * (line["unit_price"] + line["tax"])
        if body.restock:
            put_back(site, line["product_id"], said.quantity)
    amount = round(worth if body.amount is UNSET else body.amount, 2)
    left_to_pay = round(order["total_price"] - sum(row["amount"] for row in order["refunds"]), 2)
    if amount > left_to_pay:
        raise conflict(f"{left_to_pay} of {order_id} can still be paid back.", "/amount")
    row = {"amount": amount, "reason": None if body.reason is UNSET else body.reason, "date": site.now}
    order["refunds"].append({**row, "restock": body.restock, "line_items": to_builtins(lines)})
    if order["status"] == "open" and not any(
        line["quantity"] > line["refunded_quantity"] for line in order["line_items"]
    ):
        order["status"] = "cancelled"
    return site.save("cart_orders", order)


def _line(order: Record, line_item_id: str, at: int) -> Record:
    for line in order["line_items"]:
        if line["line_item_id"] == line_item_id:
            found: Record = line
            return found
    raise unfit(f"{line_item_id} is no line of {order['id']}.", f"/line_items/{at}/line_item_id")
