"""Shipments: what left a warehouse for an order, with its labels.

What is refused is ours: lines of another order, more than is pending, and a label without lines.
"""

from crossdock.doubles.shiphero.account import NOW, Record, given
from crossdock.doubles.shiphero.asked import Asked
from crossdock.doubles.shiphero.declined import Declined, not_found
from crossdock.doubles.shiphero.orders import CANCELED, FULFILLED, line_of

LABEL = ("carrier", "shipping_name", "shipping_method", "cost", "address", "dimensions", "label",
         "tracking_number", "tracking_url")  # fmt: skip


def shipment(asked: Asked) -> Record:
    """One shipment by its id."""
    found = asked.account.shipments.get(asked.arguments.get("id") or "")
    if found is None:
        raise not_found("Shipment")
    return {"data": found}


def shipments(asked: Asked) -> Record:
    """Shipments by order and time."""
    found = asked.filtered(
        asked.account.shipments.values(),
        order_id="order_id",
        date_from="created_date",
        date_to="created_date",
    )
    return {"data": found}


def shipment_create(asked: Asked) -> Record:
    """Ships lines of an order; when none of it is pending any more, it is fulfilled."""
    data = asked.data
    order = asked.account.order(data["order_id"])
    warehouse = asked.account.warehouse(data["warehouse_id"])
    if order["fulfillment_status"] == CANCELED:
        raise Declined("A canceled order cannot be shipped")
    wanted = [(line_of(order, line["line_item_id"]), line["quantity"]) for line in data["line_items"]]
    for line, quantity in wanted:
        if not 0 < quantity <= line["quantity_pending_fulfillment"]:
            raise Declined(f"Quantity {quantity} of {line['sku']} is not pending fulfillment")
    record: Record = {
        **asked.account.new("Shipment"),
        "order_id": order["id"],
        "warehouse_id": warehouse["id"],
        "address": data["address"],
        "profile": data.get("profile"),
        "shipped_off_shiphero": data.get("shipped_off_shiphero") or False,
        "created_date": NOW,
        "completed": True,
        "delivered": False,
        "shipping_labels": [],
    }
    record["shipping_labels"] = [_label(asked, order, record, one) for one in data.get("labels") or []]
    record["line_items"] = [_shipped(asked, record, line, quantity) for line, quantity in wanted]
    record["total_packages"] = len(record["shipping_labels"])
    if all(not line["quantity_pending_fulfillment"] for line in order["line_items"]):
        order["fulfillment_status"] = FULFILLED
    order["shipments"].append(record)
    asked.account.shipments[record["id"]] = record
    return {"shipment": record}


def shipment_create_shipping_label(asked: Asked) -> Record:
    """One more label for a shipment."""
    found = asked.account.shipments.get(asked.data["shipment_id"])
    if found is None:
        raise not_found("Shipment")
    label = _label(asked, asked.account.order(found["order_id"]), found, asked.data)
    found["shipping_labels"].append(label)
    found["total_packages"] += 1
    return {"shipping_label": label}


def _label(asked: Asked, order: Record, shipment: Record, label: Record) -> Record:
    if not label["line_item_ids"]:
        raise Declined("A label needs the line items that it is for")
    for identifier in label["line_item_ids"]:
        line_of(order, identifier)
    return {
        **asked.account.new("ShippingLabel"),
        "account_id": order["account_id"],
        "shipment_id": shipment["id"],
        "order_id": order["id"],
        "order_number": order["order_number"],
        "warehouse_id": shipment["warehouse_id"],
        "status": "valid",
        "created_date": NOW,
        **given(label, LABEL),
    }


def _shipped(asked: Asked, shipment: Record, line: Record, quantity: int) -> Record:
    line["quantity_shipped"] += quantity
    line["quantity_pending_fulfillment"] -= quantity
    if not line["quantity_pending_fulfillment"]:
        line["fulfillment_status"] = FULFILLED
    for product in asked.account.products.values():
        for stock in product["warehouse_products"]:
            if (stock["sku"], stock["warehouse_id"]) == (line["sku"], shipment["warehouse_id"]):
                asked.account.add_stock(stock, -quantity)
    return {
        **asked.account.new("ShippedLineItem"),
        "line_item_id": line["id"],
        "line_item": line,
        "shipment_id": shipment["id"],
        "quantity": quantity,
    }


OPERATIONS = {
    "shipment": shipment,
    "shipments": shipments,
    "shipment_create": shipment_create,
    "shipment_create_shipping_label": shipment_create_shipping_label,
}
