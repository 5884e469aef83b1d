"""Orders. A product that is named by a new reference id is made on the way, as the vendor's guide says.

The vendor's guide says that only shipments that were not picked, packed or shipped can be cancelled. What an
order answers of which none can be is ours: a refusal. An order of which some can be answers `PartialSuccess`.
"""

from typing import Any

from crossdock.doubles.double import Refused
from crossdock.doubles.rest import Reply
from crossdock.doubles.shipbob.asked import Asked, after, before, chosen, one_of, page
from crossdock.doubles.shipbob.merchant import Channel, Merchant, Model, Product
from crossdock.doubles.shipbob.products import add_product
from crossdock.doubles.shipbob.refusals import Invalid
from crossdock.doubles.shipbob.shipments import Lines, add_shipment, cancel, settle

KEPT = (
    "gift_message", "purchase_date", "financials", "tags", "shipping_terms", "retailer_program_data",
)  # fmt: skip
LINE_FIELDS = ("external_line_id", "quantity_unit_of_measure_code", "unit_price", "gtin", "upc")
NEW_METHOD = {"active": True, "default": False, "service_level": {"id": 1, "name": "Standard"}}


def _any_shipment(field: str, filter_: Any) -> Any:
    return lambda row, bound: any(filter_(field)(shipment, bound) for shipment in row["shipments"])


FILTERS = {
    "IDs": one_of("id"),
    "ReferenceIds": one_of("reference_id"),
    "StartDate": after("created_date"),
    "EndDate": before("created_date"),
    "HasTracking": lambda row, wanted: any("tracking" in s for s in row["shipments"]) == wanted,
    "IsTrackingUploaded": lambda row, wanted: (
        all(s["is_tracking_uploaded"] for s in row["shipments"]) == wanted
    ),
    "LastUpdateStartDate": _any_shipment("last_update_at", after),
    "LastUpdateEndDate": _any_shipment("last_update_at", before),
    "LastTrackingUpdateStartDate": _any_shipment("last_tracking_update_at", after),
    "LastTrackingUpdateEndDate": _any_shipment("last_tracking_update_at", before),
    "DeliveryStartDate": _any_shipment("delivery_date", after),
    "DeliveryEndDate": _any_shipment("delivery_date", before),
    "FulfillmentStartDate": _any_shipment("actual_fulfillment_date", after),
    "FulfillmentEndDate": _any_shipment("actual_fulfillment_date", before),
}


def list_orders(asked: Asked) -> Any:
    """`GET /1.0/order`, the newest first unless told."""
    reads = asked.reads("orders_read")
    rows = [order for order in asked.merchant.orders.values() if reads(order["channel"]["id"])]
    found = chosen(rows, asked.parameters, FILTERS, "SortOrder")
    newest = asked.parameters.get("SortOrder", "Newest") == "Newest"
    found.sort(key=lambda order: order["id"], reverse=newest)
    return page("/1.0/order", found, asked.parameters)


def _order(asked: Asked) -> Model:
    order = asked.merchant.orders.get(asked.parameters["orderId"])
    if order is None or not asked.reads("orders_read")(order["channel"]["id"]):
        raise Refused(f"Order {asked.parameters['orderId']} was not found.", 404)
    return order


def get_order(asked: Asked) -> Model:
    """`GET /1.0/order/{orderId}`."""
    return _order(asked)


def create_order(asked: Asked) -> Reply:
    """`POST /1.0/order`."""
    channel, merchant, body = asked.writer("orders_write"), asked.merchant, asked.body
    _check(merchant, channel, body)
    return Reply(add_order(merchant, channel, body, _products(merchant, channel, body["products"])), 201)


def add_order(merchant: Merchant, channel: Channel, body: Model, lines: Lines) -> Model:
    """An order as ShipBob keeps it, with its first shipment. `body` is a `CreateOrderModel`."""
    order: Model = {
        "id": merchant.next_id("order"),
        "reference_id": body["reference_id"],
        "order_number": body.get("order_number") or body["reference_id"],
        "channel": {"id": channel.id, "name": channel.name},
        "created_date": merchant.now(),
        "recipient": body["recipient"],
        "shipping_method": body["shipping_method"],
        "type": body.get("type", "DTC"),
        **{name: body[name] for name in KEPT if name in body},
        "products": [
            _line_model(product, units, given)
            for (product, units), given in zip(lines, body["products"], strict=True)
        ],
        "shipments": [],
    }
    merchant.orders[order["id"]] = order
    add_shipment(merchant, order, lines, body.get("location_id"))
    settle(order)
    if body["shipping_method"] not in [method["name"] for method in merchant.methods]:
        number = max((method["id"] for method in merchant.methods), default=0) + 1
        merchant.methods.append({"id": number, "name": body["shipping_method"], **NEW_METHOD})
    return order


def _line_model(product: Product, units: int, given: Model) -> Model:
    return {
        "id": product.id,
        "reference_id": product.reference_id,
        "sku": product.sku or product.reference_id,
        "quantity": units,
        **{name: given[name] for name in LINE_FIELDS if name in given},
    }


def _check(merchant: Merchant, channel: Channel, body: Model) -> None:
    for order in merchant.orders.values():
        if order["channel"]["id"] == channel.id and order["reference_id"] == body["reference_id"]:
            raise Invalid({"": ["Cannot insert order with existing ReferenceId"]})
    if not body["products"]:
        raise Invalid({"Products": ["An order needs at least one product."]}, 400)
    errors = {}
    if body.get("location_id") is not None and body["location_id"] not in merchant.centers:
        errors["LocationId"] = [f"Location {body['location_id']} does not exist."]
    if body.get("type") == "B2B":
        errors["Type"] = ["B2B is not supported at this time."]
    for index, line in enumerate(body["products"]):
        errors |= _line_errors(merchant, channel, index, line)
    if errors:
        raise Invalid(errors)


def _line_errors(merchant: Merchant, channel: Channel, index: int, line: Model) -> dict[str, list[str]]:
    place = f"Products[{index}]"
    if line["quantity"] < 1:
        return {f"{place}.Quantity": ["The quantity must be at least 1."]}
    if "id" in line:
        product = merchant.products.get(line["id"])
        if product is None or product.channel_id != channel.id:
            return {f"{place}.Id": [f"Product {line['id']} does not exist."]}
    elif not line.get("name") and merchant.product_of(channel.id, line["reference_id"]) is None:
        return {
            f"{place}.Name": [f"No product has the reference id {line['reference_id']}: a name is needed."]
        }
    return {}


def _products(merchant: Merchant, channel: Channel, lines: list[Model]) -> Lines:
    found = []
    for line in lines:
        if "id" in line:
            product = merchant.products[line["id"]]
        else:
            known = merchant.product_of(channel.id, line["reference_id"])
            product = known or add_product(merchant, channel.id, line)
        found.append((product, line["quantity"]))
    return found


def cancel_order(asked: Asked) -> Model:
    """`POST /1.0/order/{orderId}/cancel`: as many of its shipments as can be."""
    asked.writer("orders_write")
    order = _order(asked)
    results = [
        cancel(asked.merchant, order, shipment)
        for shipment in order["shipments"]
        if shipment["status"] != "Cancelled"
    ]
    done = sum(result["is_success"] for result in results)
    if not done:
        reasons = [result["reason"] for result in results]
        raise Invalid({"": reasons or [f"Order {order['id']} is cancelled already."]})
    return {
        "order_id": order["id"],
        "order": order,
        "status": "Success" if done == len(results) else "PartialSuccess",
        "canceled_shipment_results": results,
    }
