"""Products and inventory.

Every unit of a product takes units of inventory items. Version 1.0 cannot say which: a new product has one
new item. Bundles are made in ShipBob's merchant portal only.
"""

from collections.abc import Callable
from typing import Any

from crossdock.doubles.double import Refused
from crossdock.doubles.shipbob.asked import Asked, Filter, chosen, page
from crossdock.doubles.shipbob.merchant import Item, Merchant, Model, Product, Stock
from crossdock.doubles.shipbob.refusals import Invalid

FIELDS = ("barcode", "gtin", "upc", "sku", "unit_price")


def _sum(item: Item, value: Callable[[Stock], int]) -> int:
    return sum(value(stock) for stock in item.stock.values())


def _fulfillable(stock: Stock) -> int:
    return max(0, stock.on_hand - stock.committed)


def _counts(stock: Stock) -> Model:
    return {
        "fulfillableQuantity": _fulfillable(stock),
        "onHandQuantity": stock.on_hand,
        "committedQuantity": stock.committed,
        "awaitingQuantity": stock.awaiting,
        "internalTransferQuantity": 0,
    }


def inventory_model(merchant: Merchant, item: Item) -> Model:
    """`InventoryViewModel` of the inventory API."""
    by_center = [
        {"fulfillmentCenterId": center_id, "name": merchant.centers[center_id].name, **_counts(stock)}
        for center_id, stock in sorted(item.stock.items())
    ]
    whole = Stock(
        _sum(item, lambda stock: stock.on_hand),
        _sum(item, lambda stock: stock.committed),
        _sum(item, lambda stock: stock.awaiting),
    )
    lot = {"lotNumber": f"LOT-{item.id}", "expirationDate": "2027-06-30T00:00:00+00:00", **_counts(whole)}
    fulfillable = _sum(item, _fulfillable)
    return {
        "inventoryId": item.id,
        "name": item.name,
        "isDigital": item.is_digital,
        "isCasePick": False,
        "isLot": item.is_lot,
        "isActive": item.is_active,
        "packagingAttribute": "None",
        "dimensions": {"length": 10.0, "width": 8.0, "depth": 2.0, "weight": 12.0},
        "totalFulfillableQuantity": fulfillable,
        "totalOnHandQuantity": whole.on_hand,
        "totalCommitedQuantity": whole.committed,
        "totalSellableQuantity": fulfillable,
        "totalAwaitingQuantity": whole.awaiting,
        "totalExceptionQuantity": 0,
        "totalInternalTransferQuantity": 0,
        "totalBackorderedQuantity": max(0, whole.committed - whole.on_hand),
        "fulfillableQuantityByFulfillmentCenter": by_center,
        "fulfillableQuantityByLot": [lot] if item.is_lot else [],
    }


def product_model(merchant: Merchant, product: Product) -> Model:
    """`ProductViewModel`. Of a bundle, its quantities are as many as its scarcest item is enough for."""
    parts = [(merchant.items[item_id], units) for item_id, units in product.parts]
    centers = sorted({center_id for item, _ in parts for center_id in item.stock})

    def units(value: Callable[[Stock], int], center_id: int) -> int:
        return min(value(item.stock.get(center_id, Stock())) // each for item, each in parts)

    by_center: list[Model] = [
        {
            "id": center_id,
            "name": merchant.centers[center_id].name,
            "fulfillable_quantity": units(_fulfillable, center_id),
            "onhand_quantity": units(lambda stock: stock.on_hand, center_id),
            "committed_quantity": units(lambda stock: stock.committed, center_id),
        }
        for center_id in centers
    ]
    model = {
        "id": product.id,
        "reference_id": product.reference_id,
        "name": product.name,
        **{name: getattr(product, name) for name in FIELDS},
        "created_date": product.created_date,
        "channel": {"id": product.channel_id, "name": merchant.channels[product.channel_id].name},
        "fulfillable_inventory_items": [
            {"id": item.id, "name": item.name, "quantity": each} for item, each in parts
        ],
        "fulfillable_quantity_by_fulfillment_center": by_center,
        **{
            f"total_{name}": sum(center[name] for center in by_center)
            for name in ("fulfillable_quantity", "onhand_quantity", "committed_quantity")
        },
    }
    if product.is_bundle:
        model["bundle_root_information"] = {"id": product.id, "name": product.name}
    return model


def list_products(asked: Asked) -> Any:
    """`GET /1.0/product`."""
    reads, merchant = asked.reads("products_read"), asked.merchant

    def active(row: Model, wanted: str) -> bool:
        parts = merchant.products[row["id"]].parts
        return wanted in (
            "Any",
            "Active" if all(merchant.items[i].is_active for i, _ in parts) else "Inactive",
        )

    def searched(row: Model, text: str) -> bool:
        items = row["fulfillable_inventory_items"]
        return any(text == str(item["id"]) or text.lower() in item["name"].lower() for item in items)

    rows = [product_model(merchant, p) for p in merchant.products.values() if reads(p.channel_id)]
    filters: dict[str, Filter] = {
        "IDs": lambda row, ids: row["id"] in ids,
        "ReferenceIds": lambda row, ids: row["reference_id"] in ids,
        "ActiveStatus": active,
        "BundleStatus": lambda row, wanted: (
            wanted in ("Any", "Bundle" if "bundle_root_information" in row else "NotBundle")
        ),
        "Search": searched,
    }
    return page("/1.0/product", chosen(rows, asked.parameters, filters), asked.parameters)


def _product(asked: Asked, scope: str) -> Product:
    product = asked.merchant.products.get(asked.parameters["productId"])
    if product is None or not asked.reads(scope)(product.channel_id):
        raise Refused(f"Product {asked.parameters['productId']} was not found.", 404)
    return product


def get_product(asked: Asked) -> Model:
    """`GET /1.0/product/{productId}`."""
    return product_model(asked.merchant, _product(asked, "products_read"))


def create_product(asked: Asked) -> Model:
    """`POST /1.0/product`."""
    channel = asked.writer("products_write")
    reference_id = asked.body["reference_id"]
    if asked.merchant.product_of(channel.id, reference_id):
        raise Invalid({"ReferenceId": [f"Cannot insert duplicate reference id: {reference_id}"]})
    return product_model(asked.merchant, add_product(asked.merchant, channel.id, asked.body))


def add_product(merchant: Merchant, channel_id: int, body: Model) -> Product:
    """A product of one new inventory item."""
    item = Item(merchant.next_id("inventory"), body["name"], body.get("sku") or body["reference_id"])
    merchant.items[item.id] = item
    product = Product(
        merchant.next_id("product"),
        channel_id,
        body["reference_id"],
        body["name"],
        [(item.id, 1)],
        created_date=merchant.now(),
        **{name: body.get(name) for name in FIELDS},
    )
    merchant.products[product.id] = product
    return product


def update_product(asked: Asked) -> Model:
    """`PUT /1.0/product/{productId}`: the product as told; what is not told is gone."""
    asked.writer("products_write")
    product = _product(asked, "products_write")
    product.name = asked.body["name"]
    for name in FIELDS:
        setattr(product, name, asked.body.get(name))
    return product_model(asked.merchant, product)


def list_inventory(asked: Asked) -> Any:
    """`GET /1.0/inventory`. Sorting by anything but a field of the answer is not understood."""
    rows = [inventory_model(asked.merchant, item) for item in asked.merchant.items.values()]
    filters: dict[str, Filter] = {
        "IsActive": lambda row, wanted: row["isActive"] == wanted,
        "IsDigital": lambda row, wanted: row["isDigital"] == wanted,
        "IDs": lambda row, ids: row["inventoryId"] in ids,
        "Search": lambda row, text: text == str(row["inventoryId"]) or text.lower() in row["name"].lower(),
    }
    return page("/1.0/inventory", chosen(rows, asked.parameters, filters), asked.parameters)


def get_inventory(asked: Asked) -> Model:
    """`GET /1.0/inventory/{inventoryId}`."""
    item = asked.merchant.items.get(asked.parameters["inventoryId"])
    if item is None:
        raise Refused(f"Inventory {asked.parameters['inventoryId']} was not found.", 404)
    return inventory_model(asked.merchant, item)


def product_inventory(asked: Asked) -> list[Model]:
    """`GET /1.0/product/{productId}/inventory`."""
    product = _product(asked, "products_read")
    return [inventory_model(asked.merchant, asked.merchant.items[item_id]) for item_id, _ in product.parts]
