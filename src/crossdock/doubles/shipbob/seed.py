"""The merchant that every double begins with. Its ids and times are the same in every run.

| what | ids |
| --- | --- |
| channels | 101, the application's own, with every scope; 102, a shop's, to be read only |
| fulfilment centers | 1 Cicero (IL), 10 Moreno Valley (CA); 65 Bethlehem (PA), which receives no goods |
| inventory items | 8001 to 8012; 8010 is kept by lot, 8011 is digital, 8012 has no stock |
| products | 3001 to 3013 of channel 101, one for each item, and 3013, a bundle of 8001 and 8002 |
| orders | 50001 fulfilled, 50002 open, 50003 partly fulfilled, 50004 out of stock, 50005 cancelled |
| | 50006 open and picked |
| shipments | 70001 to 70007, in the order of the orders; 70003 and 70004 are of order 50003 |
| WROs | 9001 awaiting, 9002 completed, 9003 partly received |
| returns | 6001 awaiting arrival, 6002 completed, both of shipment 70001; 6003 processing |
"""

from crossdock.doubles.shipbob.merchant import Center, Channel, Item, Merchant, Model, Product, Stock
from crossdock.doubles.shipbob.orders import add_order
from crossdock.doubles.shipbob.receiving import add_receiving_order, receive
from crossdock.doubles.shipbob.returns import add_return, move
from crossdock.doubles.shipbob.shipments import add_shipment, cancel, pick, settle, ship

AREAS = ("channels", "inventory", "locations", "orders", "products", "receiving", "returns", "webhooks")
READ = tuple(f"{area}_read" for area in AREAS)
WRITE = tuple(f"{area}_write" for area in AREAS)

SEEDED = "2026-01-12T08:30:00+00:00"
OWN = Channel(101, "Crossdock", "Crossdock", READ + WRITE)
SHOP = Channel(102, "Example Shop", "Shopify", READ)
CENTERS = (
    Center(1, "Cicero (IL)", "Cicero", "IL", "60804", "Central Standard Time"),
    Center(10, "Moreno Valley (CA)", "Moreno Valley", "CA", "92555", "Pacific Standard Time"),
    Center(65, "Bethlehem (PA)", "Bethlehem", "PA", "18017", "Eastern Standard Time", receives=False),
)
METHODS = ("Standard", "Expedited", "Free 2-day Shipping")
GOODS = (
    ("TEE-S", "T-shirt, small"), ("TEE-M", "T-shirt, medium"), ("TEE-L", "T-shirt, large"),
    ("CAP-BLK", "Cap, black"), ("CAP-RED", "Cap, red"), ("MUG-11", "Mug, 11 oz"),
    ("SOCK-M", "Socks, medium"), ("TOTE-1", "Tote bag"), ("POSTER-A2", "Poster, A2"),
    ("TEA-100", "Green tea, 100 g"), ("EBOOK-1", "E-book"), ("BOTTLE-1", "Bottle, 1 l"),
)  # fmt: skip


def seeded() -> Merchant:
    """A merchant with a little of everything."""
    merchant = Merchant(
        channels={channel.id: channel for channel in (OWN, SHOP)},
        centers={center.id: center for center in CENTERS},
        methods=[
            {
                "id": number,
                "name": name,
                "active": True,
                "default": number == 1,
                "service_level": {"id": number, "name": name},
            }
            for number, name in enumerate(METHODS, start=1)
        ],
    )
    merchant.stopped_at = SEEDED
    for sku, name in GOODS:
        _goods(merchant, sku, name)
    bundle = Product(merchant.next_id("product"), OWN.id, "TEE-PACK", "T-shirt pack", [(8001, 1), (8002, 1)])
    merchant.products[bundle.id] = bundle
    _orders(merchant)
    _receiving(merchant)
    _returns(merchant)
    merchant.stopped_at = None
    return merchant


def _goods(merchant: Merchant, sku: str, name: str) -> None:
    number = merchant.next_id("inventory")
    stocked = sku not in ("EBOOK-1", "BOTTLE-1")
    item = Item(number, name, sku, is_digital=sku == "EBOOK-1", is_lot=sku == "TEA-100")
    if stocked:
        item.stock = {1: Stock(on_hand=200), 10: Stock(on_hand=100)}
    merchant.items[number] = item
    product = Product(
        merchant.next_id("product"), OWN.id, sku, name, [(number, 1)], sku=sku, gtin=f"00000000{number}"
    )
    merchant.products[product.id] = product


def _order(merchant: Merchant, reference: str, *lines: tuple[int, int]) -> Model:
    body = {
        "reference_id": reference,
        "recipient": {
            "name": "Ada Example",
            "email": "ada@example.com",
            "address": {
                "address1": "1 Example Street",
                "city": "Springfield",
                "state": "IL",
                "zip_code": "62701",
                "country": "US",
            },
        },
        "shipping_method": "Standard",
        "products": [
            {"id": product_id, "quantity": units, "unit_price": 12.5} for product_id, units in lines
        ],
    }
    return add_order(merchant, OWN, body, [(merchant.products[i], units) for i, units in lines])


def _orders(merchant: Merchant) -> None:
    shipped = _order(merchant, "SO-1001", (3001, 2), (3004, 1))
    ship(merchant, shipped, shipped["shipments"][0])
    _order(merchant, "SO-1002", (3002, 3))
    partly = _order(merchant, "SO-1003", (3003, 1))
    add_shipment(merchant, partly, [(merchant.products[3006], 1)], 10)
    ship(merchant, partly, partly["shipments"][0])
    settle(partly)
    _order(merchant, "SO-1004", (3012, 1))
    gone = _order(merchant, "SO-1005", (3005, 1))
    cancel(merchant, gone, gone["shipments"][0])
    picked = _order(merchant, "SO-1006", (3007, 4))
    pick(picked["shipments"][0])


def _receiving(merchant: Merchant) -> None:
    for number, (item_id, units, arrived) in enumerate(
        [(8001, 40, 0.0), (8006, 60, 1.0), (8012, 20, 0.5)], 1
    ):
        wro = add_receiving_order(
            merchant,
            {
                "fulfillment_center": {"id": 1},
                "package_type": "Package",
                "box_packaging_type": "EverythingInOneBox",
                "expected_arrival_date": "2026-03-02T09:00:00+00:00",
                "purchase_order_number": f"PO-100{number}",
                "boxes": [
                    {
                        "tracking_number": f"1Z000{number}",
                        "box_items": [{"inventory_id": item_id, "quantity": units}],
                    }
                ],
            },
        )
        if arrived:
            receive(merchant, wro["id"], arrived)


def _returns(merchant: Merchant) -> None:
    for number, (item_id, shipment_id, statuses) in enumerate(
        [
            (8001, 70001, ()),
            (8004, 70001, ("Arrived", "Processing", "Completed")),
            (8003, 70003, ("Processing",)),
        ],
        1,
    ):
        made = add_return(
            merchant,
            OWN,
            {
                "reference_id": f"RMA-100{number}",
                "fulfillment_center": {"id": 1},
                "original_shipment_id": shipment_id,
                "tracking_number": f"92055{number}",
                "inventory": [{"id": item_id, "quantity": 1}],
            },
        )
        for status in statuses:
            move(merchant, made["id"], status)
