"""What people in the warehouse do to orders and stock: no operation of the API, for tests to set a scene."""

from crossdock.doubles.ongoing.models import Model, now, touch
from crossdock.doubles.ongoing.statuses import ALLOCATED, DEFLECTION, RECEIVED_IN_FULL, SENT
from crossdock.doubles.ongoing.warehouse import GoodsOwner, Warehouse


def begin_order(order: Model) -> None:
    """Reserves goods for it: from now on it cannot be changed."""
    order["orderInfo"]["orderStatus"] = ALLOCATED
    for line in order["orderLines"]:
        line["allocatedNumberOfItems"] = line["orderedNumberOfItems"]
    touch(order)


def ship_order(warehouse: Warehouse, order: Model, waybill: str, share: float = 1.0) -> None:
    """Picks that share of every line and sends it in one parcel."""
    begin_order(order)
    info, parcel = order["orderInfo"], warehouse.next_id("parcel")
    for line in order["orderLines"]:
        units = int(line["orderedNumberOfItems"] * share)
        line["pickedNumberOfItems"] = line["packedNumberOfItems"] = units
        item = {
            "articleItemId": warehouse.next_id("article_item"),
            "numberOfItems": units,
            "isPicked": True,
            "pickedTime": now(),
            "parcel": {"id": parcel, "parcelNumber": waybill},
        }
        line["pickedArticleItems"] = [item] if units else []
    info["pickedNumberOfItems"] = sum(line["pickedNumberOfItems"] for line in order["orderLines"])
    url = f"https://track.example/{waybill}"
    info |= {"orderStatus": SENT, "shippedTime": now(), "wayBill": waybill}
    order["parcels"] = [
        {"id": parcel, "parcelNumber": waybill, "isReturnParcel": False, "tracking": {"trackingUrl": url}}
    ]
    order["tracking"] = [{"waybill": waybill, "trackingUrl": url, "created": now()}]
    touch(order)


def receive_purchase_order(warehouse: Warehouse, order: Model, share: float = 1.0) -> None:
    """Puts that share of every line in stock."""
    info = order["purchaseOrderInfo"]
    for line in order["purchaseOrderLines"]:
        units = int(line["advisedNumberOfItems"] * share)
        arrived = units - line["receivedNumberOfItems"]
        line["receivedNumberOfItems"] = units
        if arrived:
            line["articleItems"].append(
                {
                    "originalArticleItemId": warehouse.next_id("article_item"),
                    "numberOfItems": arrived,
                    "inDate": now(),
                }
            )
            stock = warehouse.stock_of(line["article"]["articleSystemId"])
            stock[info["warehouse"]["id"]] = stock.get(info["warehouse"]["id"], 0) + arrived
    info["purchaseOrderStatus"] = RECEIVED_IN_FULL if share >= 1 else DEFLECTION
    info["advanced"]["arrivalDate"] = now()


def adjust_stock(warehouse: Warehouse, owner: GoodsOwner, sku: str, units: int, comment: str) -> int:
    """Corrects what the first warehouse has of an article by so many units; the id of the adjustment."""
    article_id, place = owner.articles[sku]["articleSystemId"], warehouse.warehouse(1)
    stock = warehouse.stock_of(article_id)
    stock[place["id"]] = stock.get(place["id"], 0) + units
    adjustment_id = warehouse.next_id("adjustment")
    adjustment = {
        "inventoryId": adjustment_id,
        "numberOfItems": units,
        "inventoryTime": now(),
        "inventoryItemComment": comment,
        "warehouse": place,
    }
    owner.adjustments.append((article_id, adjustment))
    return adjustment_id
