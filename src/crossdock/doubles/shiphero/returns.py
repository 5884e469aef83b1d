"""Returns of what an order shipped.

An account has the statuses Pending, Warehouse Complete and Complete, and those it adds (vendor's help, "How
to Use Return Statuses in ShipHero"); `pending` is written so in the webhook "Return Update", and that the
others are written with an underscore is ours. What is refused is ours: SKUs that the order did not ship, and
more of them than it did.
"""

from crossdock.doubles.shiphero.account import NOW, Record, given
from crossdock.doubles.shiphero.asked import Asked
from crossdock.doubles.shiphero.declined import Declined

PENDING = "pending"

HEADER = (
    "label_type", "label_cost", "address", "dimensions", "shipping_carrier", "shipping_method", "partner_id",
    "display_issue_refund",
)  # fmt: skip


def return_(asked: Asked) -> Record:
    """One return by its id."""
    return {"data": asked.account.return_(asked.arguments["id"])}


def returns(asked: Asked) -> Record:
    """Returns by order, account and time."""
    found = asked.filtered(
        asked.account.returns.values(),
        order_id="order_id",
        customer_account_id="account_id",
        date_from="created_at",
        date_to="created_at",
    )
    return {"data": found}


def return_create(asked: Asked) -> Record:
    """A pending return of lines of an order, named by their SKUs."""
    data = asked.data
    order = asked.account.order(data["order_id"])
    warehouse = asked.account.warehouse(data["warehouse_id"])
    if not data["line_items"]:
        raise Declined("A return needs line items")
    record: Record = {
        **asked.account.new("Return"),
        **dict.fromkeys(HEADER),
        **given(data, HEADER),
        "account_id": order["account_id"],
        "order_id": order["id"],
        "reason": data["return_reason"],
        "status": PENDING,
        "total_items_expected": sum(line["quantity"] for line in data["line_items"]),
        "total_items_received": 0,
        "total_items_restocked": 0,
        "created_at": NOW,
    }
    record["labels"] = [_label(asked, data)] if data.get("tracking_number") else []
    record["line_items"] = [_line(asked, order, record, line, warehouse["id"]) for line in data["line_items"]]
    asked.account.returns[record["id"]] = record
    return {"return": record}


def return_update_status(asked: Asked) -> Record:
    """Sets the status."""
    record = asked.account.return_(asked.data["return_id"])
    if asked.data["status"] not in asked.account.return_statuses:
        raise Declined(f"Invalid status {asked.data['status']}")
    record["status"] = asked.data["status"]
    return {"return": record}


def _label(asked: Asked, data: Record) -> Record:
    """The label of a tracking number that came from elsewhere (reference, `CreateReturnInput`)."""
    return {
        **asked.account.new("RMALabel"),
        "tracking_number": data["tracking_number"],
        "carrier": data["shipping_carrier"],
        "shipping_method": data["shipping_method"],
        "cost": data["label_cost"],
        "created_date": NOW,
    }


def _line(asked: Asked, order: Record, record: Record, line: Record, warehouse_id: str) -> Record:
    lines = [one for one in order["line_items"] if one["sku"] == line["sku"]]
    if not lines:
        raise Declined(f"SKU {line['sku']} is not in the order")
    shipped = sum(one["quantity_shipped"] for one in lines)
    if not 0 < line["quantity"] <= shipped:
        raise Declined(f"Quantity {line['quantity']} of {line['sku']} was not shipped")
    return {
        **asked.account.new("ReturnItem"),
        "account_id": record["account_id"],
        "line_item_id": lines[0]["id"],
        "line_item": lines[0],
        "warehouse_id": warehouse_id,
        "return_id": record["id"],
        "product_id": (lines[0]["product"] or {}).get("id"),
        "quantity": line["quantity"],
        "quantity_received": 0,
        "restock": 0,
        "condition": line.get("condition"),
        "is_component": line.get("is_component") or False,
        "reason": line["return_reason"],
        "created_at": NOW,
        "updated_at": NOW,
    }


OPERATIONS = {
    "return": return_,
    "returns": returns,
    "return_create": return_create,
    "return_update_status": return_update_status,
}
