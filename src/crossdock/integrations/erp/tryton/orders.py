"""Sales orders and purchase orders: from Tryton's rows to the canonical records.

`sale.sale` and `purchase.purchase` are built alike: states, lines, and the stock moves of a line. What was
fulfilled or received of a line is what its moves of state `done` say, in the unit of the line.
"""

from typing import Any

from crossdock.integrations.erp.tryton.parties import ADDRESS, below, bill_to, place, ship_to
from crossdock.integrations.erp.tryton.rpc import Row, only
from crossdock.integrations.erp.tryton.values import amount, created, identifier, updated, wire
from crossdock.schemas.addresses import ShipFromAddress, ShipToAddress
from crossdock.schemas.erp import (
    PurchaseOrder,
    PurchaseOrderLineItem,
    PurchaseOrderStatus,
    SalesOrder,
    SalesOrderLineItem,
    SalesOrderStatus,
)

LINE = (
    "type",
    "product.code",
    "description",
    "quantity",
    "unit.symbol",
    "unit_price",
    "create_date",
    "write_date",
    "moves.quantity",
    "moves.state",
    "moves.write_date",
)
ORDER = [
    "number",
    "reference",
    "state",
    "shipment_state",
    "party.name",
    "warehouse",
    "currency.code",
    "total_amount",
    "tax_amount",
    "create_date",
    "write_date",
    *below("lines", LINE),
    *below("invoice_address", ADDRESS),
]
SALE = [*ORDER, "sale_date", "shipping_date", *below("shipment_address", ADDRESS)]
PURCHASE = [*ORDER, "purchase_date", "delivery_date", *below("warehouse.address", ADDRESS)]

NOT_FIRM = {"draft", "quotation"}
SALE_STATES: dict[str, SalesOrderStatus] = {"confirmed": "open", "done": "closed", "cancelled": "cancelled"}
PURCHASE_STATES: dict[str, PurchaseOrderStatus] = {
    "confirmed": "open",
    "done": "closed",
    "cancelled": "cancelled",
}
SENT: dict[str, SalesOrderStatus] = {"partially shipped": "partially_fulfilled", "sent": "fulfilled"}
RECEIVED: dict[str, PurchaseOrderStatus] = {
    "partially shipped": "partially_received",
    "received": "received",
}


def sales_order(row: Row) -> SalesOrder:
    """A `sale.sale`."""
    party = row["party."]
    return SalesOrder(
        id=str(row["id"]),
        created_date=created(row),
        updated_date=updated(_dated(row)),
        order_number=row.get("number"),
        reference_id=row.get("reference") or None,
        customer_id=str(party["id"]),
        location_id=identifier(row.get("warehouse")),
        status=_sale_status(row),
        raw_status=row["state"],
        order_date=wire(row.get("sale_date")),
        required_ship_date=wire(row.get("shipping_date")),
        currency_code=row["currency."]["code"],
        total_price=amount(row.get("total_amount")),
        total_tax=amount(row.get("tax_amount")),
        bill_to_address=bill_to(row.get("invoice_address."), party.get("name")),
        ship_to_address=ship_to(row.get("shipment_address."), party.get("name")),
        line_items=[_sold(line) for line in lines_of(row)],
    )


def purchase_order(row: Row) -> PurchaseOrder:
    """A `purchase.purchase`."""
    warehouse = row.get("warehouse.") or {}
    return PurchaseOrder(
        id=str(row["id"]),
        created_date=created(row),
        updated_date=updated(_dated(row)),
        order_number=row.get("number"),
        reference_id=row.get("reference") or None,
        vendor_id=str(row["party."]["id"]),
        location_id=identifier(warehouse.get("id")),
        status=_purchase_status(row),
        raw_status=row["state"],
        order_date=wire(row.get("purchase_date")),
        expected_arrival_date=wire(row.get("delivery_date")),
        currency_code=row["currency."]["code"],
        total_price=amount(row.get("total_amount")),
        total_tax=amount(row.get("tax_amount")),
        vendor_address=ShipFromAddress(**place(row.get("invoice_address."))),
        ship_to_address=ShipToAddress(**place(warehouse.get("address."))),
        line_items=[_bought(line) for line in lines_of(row)],
    )


def sale_read(decoded: Any) -> SalesOrder:
    """The one order of an answer. Raises `ValueError` when it has none."""
    return sales_order(the_one(decoded))


def purchase_read(decoded: Any) -> PurchaseOrder:
    """The one order of an answer. Raises `ValueError` when it has none."""
    return purchase_order(the_one(decoded))


def the_one(decoded: Any) -> Row:
    """The record of an answer. Raises `ValueError` when it has none."""
    row = only(decoded)
    if row is None:
        raise ValueError("the record is not there any more")
    return row


def lines_of(row: Row) -> list[Row]:
    """The lines that goods stand on; titles, comments and subtotals are left out."""
    return [line for line in row.get("lines.") or () if line.get("type") == "line"]


def moved(line: Row) -> float:
    """What left or arrived of a line."""
    return sum(float(move["quantity"]) for move in line.get("moves.") or () if move["state"] == "done")


def _dated(row: Row) -> Row:
    """What an order's last change is told by: itself, its lines and their moves."""
    return {name: row.get(name) for name in ("create_date", "write_date", "lines.")}


def _sale_status(row: Row) -> SalesOrderStatus:
    if row["state"] in NOT_FIRM:
        return "pending_approval"
    if row["state"] == "processing":
        return SENT.get(row["shipment_state"], "open")
    return SALE_STATES.get(row["state"], "other")


def _purchase_status(row: Row) -> PurchaseOrderStatus:
    if row["state"] in NOT_FIRM:
        return "pending_approval"
    if row["state"] == "processing":
        return RECEIVED.get(row["shipment_state"], "open")
    return PURCHASE_STATES.get(row["state"], "other")


def _line(line: Row) -> dict[str, Any]:
    product = line.get("product.") or {}
    return {
        "line_item_id": str(line["id"]),
        "item_id": identifier(product.get("id")),
        "sku": product.get("code"),
        "description": line.get("description") or None,
        "quantity": line["quantity"],
        "unit_of_measure": (line.get("unit.") or {}).get("symbol"),
    }


def _sold(line: Row) -> SalesOrderLineItem:
    return SalesOrderLineItem(
        **_line(line), fulfilled_quantity=moved(line), unit_price=amount(line.get("unit_price"))
    )


def _bought(line: Row) -> PurchaseOrderLineItem:
    return PurchaseOrderLineItem(
        **_line(line), received_quantity=moved(line), unit_cost=amount(line.get("unit_price"))
    )
