"""Purchase orders, which is what ShipHero calls inbound shipments, and the vendors they come from.

Statuses are names of the account's own in ShipHero; `pending`, `closed` and `canceled` are those here. What
is refused is ours: a number that is there already, an unknown SKU, and changes to what is closed or canceled.
"""

from crossdock.doubles.shiphero.account import ACCOUNT_ID, NOW, Account, Record, given
from crossdock.doubles.shiphero.asked import Asked
from crossdock.doubles.shiphero.declined import Declined, not_found

PENDING = "pending"
CLOSED = "closed"
CANCELED = "canceled"

HEADER = (
    "po_number", "subtotal", "shipping_price", "total_price", "po_date", "po_note", "discount",
    "packing_note",
    "description", "partner_order_number", "tax", "tracking_number", "origin_of_shipment", "shipping_method",
    "shipping_carrier", "shipping_name", "pdf", "payment_method", "payment_due_by", "payment_note",
)  # fmt: skip
LINE = (
    "sku", "vendor_id", "vendor_sku", "variant_id", "quantity", "quantity_received", "quantity_rejected",
    "price", "product_name", "option_title", "expected_weight_in_lbs", "sell_ahead", "note",
    "partner_line_item_id",
)  # fmt: skip


def purchase_order(asked: Asked) -> Record:
    """One purchase order, by id or number."""
    if asked.arguments.get("id"):
        return {"data": asked.account.purchase_order(asked.arguments["id"])}
    for record in asked.account.purchase_orders.values():
        if record["po_number"] == asked.arguments.get("po_number"):
            return {"data": record}
    raise not_found("Purchase Order")


def purchase_orders(asked: Asked) -> Record:
    """Purchase orders by warehouse, status, account and times."""
    found = asked.filtered(
        asked.account.purchase_orders.values(),
        warehouse_id="warehouse_id",
        fulfillment_status="fulfillment_status",
        customer_account_id="account_id",
        created_from="created_at",
        created_to="created_at",
        po_date_from="po_date",
        po_date_to="po_date",
        date_closed_from="date_closed",
        date_closed_to="date_closed",
    )
    return {"data": found}


def purchase_order_create(asked: Asked) -> Record:
    """A pending purchase order."""
    return {"purchase_order": add_purchase_order(asked.account, asked.data)}


def purchase_order_update(asked: Asked) -> Record:
    """Changes what is given of a header, and lines by their SKU; `clear_po_date` takes the date away."""
    record = _pending(asked.account.purchase_order(asked.data["po_id"]))
    changes = asked.data.get("line_items") or []
    lines = [(_line_of(record, change["sku"]), change) for change in changes]
    for line, change in lines:
        line.update(given(change, LINE), updated_at=NOW)
    record.update(given(asked.data, HEADER))
    if asked.data.get("clear_po_date"):
        record["po_date"] = None
    return {"purchase_order": record}


def purchase_order_close(asked: Asked) -> Record:
    """Closes it, received or not."""
    record = _pending(asked.account.purchase_order(asked.data["po_id"]))
    record.update(fulfillment_status=CLOSED, date_closed=NOW)
    return {"purchase_order": record}


def purchase_order_cancel(asked: Asked) -> Record:
    """Cancels it."""
    record = _pending(asked.account.purchase_order(asked.data["po_id"]))
    record["fulfillment_status"] = CANCELED
    return {"purchase_order": record}


def purchase_order_set_fulfillment_status(asked: Asked) -> Record:
    """Sets one of the account's statuses."""
    record = asked.account.purchase_order(asked.data["po_id"])
    if asked.data["status"] not in (PENDING, CLOSED, CANCELED):
        raise Declined(f"Invalid status {asked.data['status']}")
    record["fulfillment_status"] = asked.data["status"]
    return {"purchase_order": record}


def vendors(asked: Asked) -> Record:
    """Every vendor."""
    return {"data": asked.filtered(asked.account.vendors.values())}


def vendor_create(asked: Asked) -> Record:
    """A vendor."""
    return {"vendor": add_vendor(asked.account, asked.data)}


def add_vendor(account: Account, data: Record) -> Record:
    """Keeps a new vendor."""
    if any(other["name"] == data["name"] for other in account.vendors.values()):
        raise Declined(f"Vendor {data['name']} already exists")
    kept = (
        "name",
        "email",
        "account_number",
        "address",
        "currency",
        "internal_note",
        "default_po_note",
        "logo",
    )
    record = {
        **account.new("Vendor"),
        "account_id": data.get("customer_account_id") or ACCOUNT_ID,
        "created_at": NOW,
        **given(data, kept),
    }
    account.vendors[record["id"]] = record
    return record


def add_purchase_order(account: Account, data: Record) -> Record:
    """Keeps a new purchase order. Raises `Declined`."""
    warehouse = account.warehouse(data["warehouse_id"])
    vendor = account.vendors.get(data.get("vendor_id") or "")
    if data.get("vendor_id") and vendor is None:
        raise not_found("Vendor")
    if any(other["po_number"] == data["po_number"] for other in account.purchase_orders.values()):
        raise Declined(f"A purchase order with number {data['po_number']} already exists")
    if not data["line_items"]:
        raise Declined("A purchase order needs line items")
    record: Record = {
        **account.new("PurchaseOrder"),
        **dict.fromkeys(HEADER),
        **given(data, HEADER),
        "account_id": data.get("customer_account_id") or ACCOUNT_ID,
        "warehouse_id": warehouse["id"],
        "warehouse": warehouse,
        "vendor_id": data.get("vendor_id"),
        "vendor": vendor,
        "fulfillment_status": data.get("fulfillment_status") or PENDING,
        "created_at": NOW,
        "date_closed": None,
    }
    record["line_items"] = [_line(account, record, line) for line in data["line_items"]]
    account.purchase_orders[record["id"]] = record
    return record


def _line(account: Account, record: Record, line: Record) -> Record:
    product = account.product(line["sku"])
    return {
        **account.new("PurchaseOrderLineItem"),
        **dict.fromkeys(LINE),
        "quantity_received": 0,
        "quantity_rejected": 0,
        "product_name": product["name"],
        **given(line, LINE),
        "po_id": record["id"],
        "po_number": record["po_number"],
        "account_id": record["account_id"],
        "warehouse_id": record["warehouse_id"],
        "product_id": product["id"],
        "fulfillment_status": PENDING,
        "created_at": NOW,
        "updated_at": NOW,
    }


def _line_of(record: Record, sku: str) -> Record:
    lines: list[Record] = record["line_items"]
    for line in lines:
        if line["sku"] == sku:
            return line
    raise not_found(f"Line item with SKU {sku}")


def _pending(record: Record) -> Record:
    if record["fulfillment_status"] in (CLOSED, CANCELED):
        raise Declined(f"The purchase order is {record['fulfillment_status']}")
    return record


OPERATIONS = {
    "purchase_order": purchase_order,
    "purchase_orders": purchase_orders,
    "purchase_order_create": purchase_order_create,
    "purchase_order_update": purchase_order_update,
    "purchase_order_close": purchase_order_close,
    "purchase_order_cancel": purchase_order_cancel,
    "purchase_order_set_fulfillment_status": purchase_order_set_fulfillment_status,
    "vendors": vendors,
    "vendor_create": vendor_create,
}
