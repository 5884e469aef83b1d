"""The shop that every double begins with: a few of everything, the same each time."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from crossdock.doubles.shopify import refunds
from crossdock.doubles.shopify.fulfillments import fulfil
from crossdock.doubles.shopify.inventory import AVAILABLE, quantity
from crossdock.doubles.shopify.shop import Record, Shop, money

PRODUCTS = 4
SIZES = ("S", "M")
ORDERS = 6
SHIPPED = (1, 2)
"""Which orders are shipped, all of one warehouse."""

LARGE = (3, 4)
LARGE_UNITS = 100
"""Which orders have many units of each variant, to be shipped and refunded one after another."""

ADDRESS = {
    "name": "Ada Example",
    "company": "Example Ltd",
    "address1": "1 Sample Street",
    "address2": "Apt 2",
    "city": "Springfield",
    "province": "Illinois",
    "provinceCode": "IL",
    "zip": "62701",
    "countryCodeV2": "US",
    "phone": "123-456-7890",
}


def seeded() -> Shop:
    """A shop with three locations, of which one is closed, four products of two variants, and orders."""
    shop = Shop()
    places = [_location(shop, name, active=name != "Closed") for name in ("East", "West", "Closed")]
    variants = [
        variant for number in range(1, PRODUCTS + 1) for variant in _product(shop, number, places[:2])
    ]
    for number in range(1, ORDERS + 1):
        order = add_order(
            shop, f"#{1000 + number}", variants[number - 1 : number + 1], places[:2], _units(number)
        )
        if number in SHIPPED:
            group = order["fulfillmentOrders"][0]
            lines = [(line, line["remainingQuantity"]) for line in group["lineItems"]]
            url = f"https://track.example/1Z{number}"
            fulfil(shop, [(group, lines)], {"company": "UPS", "number": f"1Z{number}", "url": url})
    last = shop.all("Order")[-1]
    last["cancelledAt"] = shop.touch(last)
    return shop


def _units(number: int) -> int:
    return LARGE_UNITS if number in LARGE else 2


def _location(shop: Shop, name: str, *, active: bool) -> Record:
    moment = shop.tick()
    return shop.add(
        "Location",
        name=name,
        isActive=active,
        shipsInventory=active,
        fulfillsOnlineOrders=active,
        createdAt=moment,
        updatedAt=moment,
        address={
            "address1": "2 Sample Street",
            "address2": "Dock 3",
            "city": "Springfield",
            "province": "Illinois",
            "provinceCode": "IL",
            "zip": "62702",
            "countryCode": "US",
        },
    )


def _product(shop: Shop, number: int, places: Sequence[Record]) -> list[Record]:
    moment = shop.tick()
    product = shop.add(
        "Product",
        title=f"Sample shirt {number}",
        handle=f"sample-shirt-{number}",
        status="ACTIVE" if number < PRODUCTS else "DRAFT",
        vendor="Example Ltd",
        productType="Shirt",
        tags=["sample"],
        createdAt=moment,
        updatedAt=moment,
        hasVariantsThatRequiresComponents=False,
        totalInventory=0,
        category={"fullName": "Apparel & Accessories > Clothing > Shirts"},
        featuredMedia=shop.add(
            "MediaImage", preview={"image": {"url": f"https://cdn.example/shirt-{number}.jpg"}}
        ),
        variants=[],
    )
    for size in SIZES:
        product["variants"].append(_variant(shop, product, number, size, places))
    product["totalInventory"] = sum(one["inventoryQuantity"] for one in product["variants"])
    return list(product["variants"])


def _variant(shop: Shop, product: Record, number: int, size: str, places: Sequence[Record]) -> Record:
    item = shop.add(
        "InventoryItem",
        tracked=True,
        sku=f"SHIRT-{number}-{size}",
        unitCost={"amount": "4.50", "currencyCode": "USD"},
        measurement={"weight": {"unit": "GRAMS", "value": 250.0}},
        inventoryLevels=[],
    )
    item["inventoryLevels"] = [_level(shop, item, place, 10 * number) for place in places]
    variant = shop.add(
        "ProductVariant",
        displayName=f"{product['title']} - {size}",
        title=size,
        sku=item["sku"],
        barcode=f"40063813339{number}{SIZES.index(size)}",
        price="19.90",
        requiresComponents=False,
        inventoryQuantity=sum(map(quantity, item["inventoryLevels"])),
        inventoryItem=item,
        product=product,
        createdAt=product["createdAt"],
        updatedAt=product["updatedAt"],
    )
    item["_variant"] = variant
    return variant


def _level(shop: Shop, item: Record, place: Record, available: int) -> Record:
    level = shop.add("InventoryLevel", item=item, location=place, isActive=True, updatedAt=shop.now)
    number = item["id"].rpartition("/")[2]
    del shop.records["InventoryLevel"][level["id"]]
    level["id"] = f"{level['id']}?inventory_item_id={number}"
    level["_kept"] = {AVAILABLE: available}
    level["quantities"] = lambda names: [
        {
            "id": f"gid://shopify/InventoryQuantity/{number}",
            "name": name,
            "quantity": level["_kept"].get(name, 0),
        }
        for name in names
    ]
    return level


def add_order(
    shop: Shop, name: str, variants: Sequence[Record], places: Sequence[Record], units: int = 2
) -> Record:
    """An order that is paid and open: two units of each variant, the first at the first place."""
    moment = shop.tick()
    lines = [_line(shop, variant, units) for variant in variants]
    shipping = Decimal("5.00")
    total = shipping + sum((refunds.worth(line, units) for line in lines), Decimal(0))
    payment = shop.add(
        "OrderTransaction", gateway="manual", kind="SALE", status="SUCCESS", amountSet=money(total)
    )
    payment["_left"] = total
    order = shop.add(
        "Order",
        name=name,
        email="ada@example.com",
        note="fragile",
        tags=["web"],
        createdAt=moment,
        updatedAt=moment,
        cancelledAt=None,
        displayFulfillmentStatus="UNFULFILLED",
        displayFinancialStatus="PAID",
        presentmentCurrencyCode="USD",
        totalPriceSet=money(total),
        totalTaxSet=money(Decimal(2) * len(lines)),
        totalDiscountsSet=money(Decimal(2) * len(lines)),
        totalShippingPriceSet=money(shipping),
        shippingLine={"title": "Standard", "code": "standard", "carrierIdentifier": "carrier-1"},
        shippingAddress=shop.add("MailingAddress", **ADDRESS),
        billingAddress=shop.add("MailingAddress", **ADDRESS),
        lineItems=lines,
        fulfillmentOrders=[],
        fulfillments=[],
        fulfillmentsCount={"count": 0, "precision": "EXACT"},
        refunds=[],
        _payments=[payment],
    )
    order["suggestedRefund"] = lambda **asked: refunds.suggested(
        order, asked.get("refundLineItems") or (), bool(asked.get("suggestFullRefund"))
    )
    order["fulfillmentOrders"] = [
        _group(shop, order, line, places[index % len(places)]) for index, line in enumerate(lines)
    ]
    return order


def _line(shop: Shop, variant: Record, units: int) -> Record:
    price = Decimal(variant["price"])
    return shop.add(
        "LineItem",
        sku=variant["sku"],
        name=variant["displayName"],
        quantity=units,
        currentQuantity=units,
        refundableQuantity=units,
        unfulfilledQuantity=units,
        variant=variant,
        product=variant["product"],
        originalUnitPriceSet=money(price),
        discountedUnitPriceAfterAllDiscountsSet=money(price - 1),
        taxLines=[{"title": "Tax", "priceSet": money(Decimal(2))}],
    )


def _group(shop: Shop, order: Record, line: Record, place: Record) -> Record:
    kept: dict[str, Any] = {
        "order": order,
        "status": "OPEN",
        "createdAt": shop.now,
        "updatedAt": shop.now,
        "fulfillAt": "2026-05-02T00:00:00Z",
        "fulfillBy": "2026-05-04T00:00:00Z",
        "assignedLocation": {"name": place["name"], "location": place},
    }
    units = line["quantity"]
    line_ = shop.add("FulfillmentOrderLineItem", lineItem=line, totalQuantity=units, remainingQuantity=units)
    return shop.add("FulfillmentOrder", lineItems=[line_], **kept)
