"""Orders: made, changed, cancelled, their lines and attachments.

The statuses `pending`, `fulfilled` and `canceled` are the vendor's (webhook "Order Canceled" and others);
which of them forbids what is ours. Unknown SKUs are taken, as lines without stock.
"""

from decimal import Decimal
from typing import Any

from crossdock.doubles.shiphero.account import ACCOUNT_ID, NOW, Account, Record, given
from crossdock.doubles.shiphero.asked import Asked
from crossdock.doubles.shiphero.declined import Declined, not_found

PENDING = "pending"
FULFILLED = "fulfilled"
CANCELED = "canceled"

HEADER = (
    "order_number", "partner_order_id", "shop_name", "order_date", "total_tax", "total_discounts", "box_name",
    "currency", "insurance_amount", "shipping_lines", "shipping_address", "billing_address", "tags",
    "gift_note",
    "gift_invoice", "require_signature", "adult_signature_required", "alcohol", "insurance", "allow_partial",
    "allow_split", "custom_invoice_url", "email", "profile", "packing_note", "required_ship_date",
    "auto_print_return_label", "hold_until_date", "incoterms", "tax_id", "tax_type", "flagged",
    "saturday_delivery", "ignore_address_validation_errors", "skip_address_validation", "priority_flag",
    "allocation_priority", "dry_ice_weight_in_lbs", "ftr_exemption", "address_is_business",
)  # fmt: skip
LINE = (
    "sku", "partner_line_item_id", "quantity", "price", "product_name", "option_title", "custom_options",
    "custom_barcode", "eligible_for_return", "customs_value", "barcode",
)  # fmt: skip


def order(asked: Asked) -> Record:
    """One order by its id."""
    return {"data": asked.account.order(asked.arguments["id"])}


def orders(asked: Asked) -> Record:
    """Orders by number, partner's id, shop, status, account and times."""
    found = asked.filtered(
        asked.account.orders.values(),
        order_number="order_number",
        partner_order_id="partner_order_id",
        shop_name="shop_name",
        fulfillment_status="fulfillment_status",
        email="email",
        customer_account_id="account_id",
        updated_from="updated_at",
        updated_to="updated_at",
        order_date_from="order_date",
        order_date_to="order_date",
    )
    return {"data": found}


def order_create(asked: Asked) -> Record:
    """A pending order. A shop has no two orders of one partner's id."""
    data = asked.data
    shop = data.get("shop_name") or "public-api"
    for other in asked.account.orders.values():
        if data.get("partner_order_id") and (other["partner_order_id"], other["shop_name"]) == (
            data["partner_order_id"],
            shop,
        ):
            raise Declined("An order with this partner_order_id already exists")
    record: Record = {
        **asked.account.new("Order"),
        **dict.fromkeys(HEADER),
        "account_id": data.get("customer_account_id") or ACCOUNT_ID,
        "fulfillment_status": PENDING,
        "tags": [],
        "order_date": NOW,
        "updated_at": NOW,
        "line_items": [],
        "shipments": [],
        "attachments": [],
        "holds": None,
        **given(data, HEADER),
        "shop_name": shop,
    }
    add_lines(asked.account, record, data.get("line_items") or [])
    asked.account.orders[record["id"]] = record
    return {"order": record}


def order_update(asked: Asked) -> Record:
    """Changes what is given of an order's header."""
    record = _open(asked.account.order(asked.data["order_id"]))
    changed = record | given(asked.data, HEADER)
    _total(changed)
    record.update(changed)
    return {"order": record}


def order_cancel(asked: Asked) -> Record:
    """Cancels an order that is not fulfilled, or with `force` any."""
    record = asked.account.order(asked.data["order_id"])
    if record["fulfillment_status"] == FULFILLED and not asked.data.get("force"):
        raise Declined("A fulfilled order cannot be canceled")
    record["fulfillment_status"] = CANCELED
    return {"order": record}


def order_update_fulfillment_status(asked: Asked) -> Record:
    """Sets the status; with `fulfilled`, its lines are no longer pending."""
    record = _open(asked.account.order(asked.data["order_id"]))
    record["fulfillment_status"] = asked.data["fulfillment_status"]
    if record["fulfillment_status"] == FULFILLED:
        for line in record["line_items"]:
            line.update(quantity_pending_fulfillment=0, fulfillment_status=FULFILLED)
    return {"order": record}


def order_add_line_items(asked: Asked) -> Record:
    """More lines."""
    record = _open(asked.account.order(asked.data["order_id"]))
    add_lines(asked.account, record, asked.data["line_items"])
    return {"order": record}


def order_update_line_items(asked: Asked) -> Record:
    """Changes lines by their ids."""
    record = _open(asked.account.order(asked.data["order_id"]))
    changes = [(line_of(record, change["id"]), change) for change in asked.data.get("line_items") or []]
    for line, change in changes:
        _money(change.get("price"))
        if line["quantity_shipped"] > change.get("quantity", line["quantity"]):
            raise Declined(f"Line item {line['sku']} has shipped more than that")
    for line, change in changes:
        line.update(given(change, LINE))
        line["quantity_pending_fulfillment"] = line["quantity"] - line["quantity_shipped"]
    _total(record)
    return {"order": record}


def order_remove_line_items(asked: Asked) -> Record:
    """Takes lines away by their ids."""
    record = _open(asked.account.order(asked.data["order_id"]))
    gone = [line_of(record, identifier) for identifier in asked.data.get("line_item_ids") or []]
    for line in gone:
        if line["quantity_shipped"]:
            raise Declined(f"Line item {line['sku']} was shipped")
    record["line_items"] = [line for line in record["line_items"] if line not in gone]
    _total(record)
    return {"order": record}


def order_add_attachment(asked: Asked) -> Record:
    """Remembers a file by its URL; the double does not fetch it."""
    record = asked.account.order(asked.data["order_id"])
    attachment = {
        **asked.account.new("OrderAttachment"),
        "order_id": record["id"],
        "account_id": record["account_id"],
        "created_at": NOW,
        **given(asked.data, ("url", "filename", "file_type", "description")),
    }
    record["attachments"].append(attachment)
    return {"attachment": attachment}


def add_lines(account: Account, record: Record, lines: list[Record]) -> None:
    """Adds lines to an order. Raises `Declined` when a `partner_line_item_id` is there already."""
    made: list[Record] = []
    taken = {line["partner_line_item_id"] for line in record["line_items"]}
    for line in lines:
        if line["partner_line_item_id"] in taken:
            raise Declined(f"Duplicate partner_line_item_id {line['partner_line_item_id']}")
        if line["quantity"] < 1:
            raise Declined("The quantity of a line item must be greater than 0")
        if line.get("warehouse_id"):
            account.warehouse(line["warehouse_id"])
        taken.add(line["partner_line_item_id"])
        made.append(_line(account, record, line))
    record["line_items"].extend(made)
    _total(record)


def line_of(record: Record, identifier: str) -> Record:
    """A line of an order. Raises `Declined`."""
    lines: list[Record] = record["line_items"]
    for line in lines:
        if line["id"] == identifier:
            return line
    raise not_found("Line item")


def _line(account: Account, record: Record, line: Record) -> Record:
    made: Record = {
        **account.new("LineItem"),
        **dict.fromkeys(LINE),
        **given(line, LINE),
        "order_id": record["id"],
        "fulfillment_status": PENDING,
        "quantity_pending_fulfillment": line["quantity"],
        "quantity_shipped": 0,
        "quantity_allocated": 0,
        "backorder_quantity": 0,
        "product": account.product_of(line["sku"]),
        "warehouse_id": line.get("warehouse_id"),
        "locked_to_warehouse_id": line.get("warehouse_id"),
        "created_at": NOW,
        "updated_at": NOW,
    }
    return made


def _open(record: Record) -> Record:
    if record["fulfillment_status"] == CANCELED:
        raise Declined("A canceled order cannot be changed")
    return record


def _total(record: Record) -> None:
    """ShipHero computes subtotal and total itself (reference, `CreateOrderInput`); how, is ours."""
    record["updated_at"] = NOW
    for line in record["line_items"]:
        line["subtotal"] = str(_money(line["price"]) * line["quantity"])
    subtotal = sum((_money(line["subtotal"]) for line in record["line_items"]), Decimal(0))
    shipping = (record["shipping_lines"] or {}).get("price")
    total = subtotal + _money(shipping) + _money(record["total_tax"]) - _money(record["total_discounts"])
    record.update(subtotal=str(subtotal), total_price=str(total))


def _money(value: Any) -> Decimal:
    try:
        return Decimal(value or 0)
    except ArithmeticError as error:
        raise Declined(f"{value} is not a valid amount") from error


OPERATIONS = {
    "order": order,
    "orders": orders,
    "order_create": order_create,
    "order_update": order_update,
    "order_cancel": order_cancel,
    "order_update_fulfillment_status": order_update_fulfillment_status,
    "order_add_line_items": order_add_line_items,
    "order_update_line_items": order_update_line_items,
    "order_remove_line_items": order_remove_line_items,
    "order_add_attachment": order_add_attachment,
}
