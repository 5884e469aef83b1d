"""Shipments: what leaves a fulfilment center for an order, and what becomes of it.

Statuses, and the ids and names of their details, are those of the vendor's page "Status reference".
"""

from crossdock.doubles.double import Refused
from crossdock.doubles.shipbob.asked import Asked
from crossdock.doubles.shipbob.merchant import Merchant, Model, Product

PICKED = {"id": 100, "name": "Picked", "description": "Picking Completed"}
IN_TRANSIT = {"id": 201, "name": "InTransit", "description": "Shipment In Transit"}
OUT_OF_STOCK = {"id": 303, "name": "OutOfStock", "description": "No Stock On Hand For Sku"}

Lines = list[tuple[Product, int]]


def add_shipment(merchant: Merchant, order: Model, lines: Lines, location_id: int | None) -> Model:
    """Commits stock at the location, or at the first that has enough; without stock it is an exception."""
    places = [location_id] if location_id is not None else list(merchant.centers)
    place = next((center_id for center_id in places if _enough(merchant, lines, center_id)), None)
    if place is not None:
        for item_id, units in _units(lines):
            merchant.items[item_id].at(place).committed += units
    center = merchant.centers[places[0] if place is None else place]
    shipment = {
        "id": merchant.next_id("shipment"),
        "order_id": order["id"],
        "reference_id": order["reference_id"],
        "store_order_id": order["order_number"],
        "created_date": order["created_date"],
        "last_update_at": order["created_date"],
        "status": "Exception" if place is None else "Processing",
        "status_details": [OUT_OF_STOCK] if place is None else [],
        "location": center.named(),
        "ship_option": "Standard",
        "recipient": order["recipient"],
        "products": [_product_model(merchant, product, units) for product, units in lines],
        "is_tracking_uploaded": False,
        "require_signature": False,
        "package_material_type": "Undefined",
        "estimated_fulfillment_date_status": "AwaitingInventoryAllocation",
        "parent_cartons": [],
    }
    order["shipments"].append(shipment)
    return shipment


def _units(lines: Lines) -> list[tuple[int, int]]:
    return [(item_id, each * units) for product, units in lines for item_id, each in product.parts]


def _enough(merchant: Merchant, lines: Lines, center_id: int) -> bool:
    wanted: dict[int, int] = {}
    for item_id, units in _units(lines):
        wanted[item_id] = wanted.get(item_id, 0) + units
    stocks = ((merchant.items[item_id].stock.get(center_id), units) for item_id, units in wanted.items())
    return all(stock is not None and stock.on_hand - stock.committed >= units for stock, units in stocks)


def _product_model(merchant: Merchant, product: Product, units: int) -> Model:
    return {
        "id": product.id,
        "reference_id": product.reference_id,
        "name": product.name,
        "sku": product.sku or product.reference_id,
        "inventory_items": [
            {
                "id": item_id,
                "name": merchant.items[item_id].name,
                "quantity": each * units,
                "quantity_committed": each * units,
                "serial_numbers": [],
                "is_dangerous_goods": False,
            }
            for item_id, each in product.parts
        ],
    }


def release(merchant: Merchant, shipment: Model, *, shipped: bool) -> None:
    """Gives committed stock back, or takes it off the shelf when it was shipped."""
    if shipment["status"] != "Processing":
        return
    for product in shipment["products"]:
        for item in product["inventory_items"]:
            stock = merchant.items[item["id"]].at(shipment["location"]["id"])
            stock.committed -= item["quantity"]
            if shipped:
                stock.on_hand -= item["quantity"]
            else:
                item["quantity_committed"] = 0


def pick(shipment: Model) -> None:
    """Its goods were picked: it cannot be cancelled any more."""
    shipment["status_details"] = [PICKED]


def ship(merchant: Merchant, order: Model, shipment: Model) -> None:
    """It left the fulfilment center with a tracking number."""
    release(merchant, shipment, shipped=True)
    shipment |= {
        "status": "Completed",
        "status_details": [IN_TRANSIT],
        "actual_fulfillment_date": merchant.now(),
        "last_update_at": merchant.now(),
        "last_tracking_update_at": merchant.now(),
        "package_material_type": "Box",
        "estimated_fulfillment_date_status": "FulfilledOnTime",
        "measurements": {"length_in": 10, "width_in": 8, "depth_in": 4, "total_weight_oz": 20},
        "invoice_amount": 7.25,
        "invoice_currency_code": "USD",
        "tracking": {
            "carrier": "USPS",
            "carrier_service": "Ground Advantage",
            "tracking_number": f"94001{shipment['id']:017d}",
            "tracking_url": f"https://tracking.example/{shipment['id']}",
            "shipping_date": merchant.now(),
        },
    }
    settle(order)


def cancel(merchant: Merchant, order: Model, shipment: Model) -> Model:
    """A `CanceledShipmentViewModel`; not when it was picked, has left or is cancelled already."""
    cancellable = (
        shipment["status"] not in ("Completed", "Cancelled") and PICKED not in shipment["status_details"]
    )
    result: Model = {"action": "Cancel", "shipment_id": shipment["id"], "is_success": cancellable}
    if not cancellable:
        return {**result, "reason": f"Shipment {shipment['id']} cannot be cancelled any more."}
    release(merchant, shipment, shipped=False)
    shipment |= {"status": "Cancelled", "status_details": [], "last_update_at": merchant.now()}
    settle(order)
    return {**result, "reason": ""}


def settle(order: Model) -> None:
    """The order's status from its shipments' ones, as the order's own page in the portal has it."""
    statuses = {shipment["status"] for shipment in order["shipments"]}
    if statuses == {"Cancelled"}:
        order["status"] = "Cancelled"
    elif "Exception" in statuses:
        order["status"] = "Exception"
    elif "Completed" in statuses:
        order["status"] = "Fulfilled" if statuses <= {"Completed", "Cancelled"} else "PartiallyFulfilled"
    else:
        order["status"] = "Processing"


def _found(asked: Asked) -> tuple[Model, Model]:
    reads, wanted = asked.reads("orders_read"), asked.parameters["shipmentId"]
    for order in asked.merchant.orders.values():
        if asked.parameters.get("orderId", order["id"]) == order["id"] and reads(order["channel"]["id"]):
            for shipment in order["shipments"]:
                if shipment["id"] == wanted:
                    return order, shipment
    raise Refused(f"Shipment {wanted} was not found.", 404)


def get_shipment(asked: Asked) -> Model:
    """`GET /1.0/shipment/{shipmentId}`, and the same under its order."""
    return _found(asked)[1]


def list_shipments(asked: Asked) -> list[Model]:
    """`GET /1.0/order/{orderId}/shipment`."""
    order = asked.merchant.orders.get(asked.parameters["orderId"])
    if order is None or not asked.reads("orders_read")(order["channel"]["id"]):
        raise Refused(f"Order {asked.parameters['orderId']} was not found.", 404)
    return list(order["shipments"])


def cancel_shipment(asked: Asked) -> Model:
    """`POST /1.0/shipment/{shipmentId}/cancel`, and the same under its order."""
    order, shipment = _found(asked)
    result = cancel(asked.merchant, order, shipment)
    if not result["is_success"]:
        raise Refused(result["reason"], 422)
    return shipment
