"""The first records of a shop sandbox: made by the operations that callers use, each at its past time."""

import random
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from crossdock.sandbox.cart import bodies
from crossdock.sandbox.cart.orders import place_order, refund, ship
from crossdock.sandbox.cart.products import add_product
from crossdock.sandbox.refusals import conflict
from crossdock.sandbox.site import Record, Site
from crossdock.sandbox.wms.samples import CATEGORIES, CITIES, PEOPLE
from crossdock.schemas.times import wire_time

DAYS = 28
MOST_OF_ONE = 3
FATES = ("fulfilled",) * 8 + ("open",) * 6 + ("refunded",) * 2 + ("cancelled",)
WAREHOUSES = (("Shop stockroom", "SHOP"), ("Overflow", "OVER"))


def generator(seed: int) -> Callable[[Site], None]:
    """What fills an empty sandbox: the same records for the same seed and the same moment."""

    def fill(site: Site) -> None:
        end = datetime.fromisoformat(site.now)
        chance = random.Random(seed)  # noqa: S311  (no secret)
        start = end - timedelta(days=DAYS)
        site.now = wire_time(start)
        for name, code in WAREHOUSES:
            address = {"address1": "1 Example Arcade", "city": "Austin", "state": "TX"}
            fields = {"name": name, "code": code, "address": {**address, "country": "United States"}}
            site.save("cart_warehouses", site.new("cart_warehouses", fields))
        for stem, name, variants, price, _ in CATEGORIES:
            made = [
                bodies.NewVariant(name=variant, sku=f"{stem}-{at}", price=price, stock=40 + 5 * at)
                for at, variant in enumerate(variants, 1)
            ]
            add_product(site, bodies.NewProduct(name=name, variants=made))
        for number, fate in enumerate(FATES):
            site.now = wire_time(start + timedelta(days=1 + number * 1.5))
            _meet(site, a_sale(site, chance), fate)
        site.now = wire_time(end)

    return fill


def a_sale(site: Site, chance: random.Random) -> Record:
    """Somebody buys one or two things; the order. Raises `Refused` when nothing is left to buy."""
    variants = [p for p in site.shelves.all("cart_products") if p["parent_product_id"] != p["id"]]
    in_stock = [p for p in variants if sum(p["inventory_by_warehouse_id"].values()) >= MOST_OF_ONE]
    if not in_stock:
        raise conflict("Everything is sold out.")
    bought = chance.sample(in_stock, min(2, len(in_stock)))
    city, state, postal_code = chance.choice(CITIES)
    address = bodies.Address(
        full_name=chance.choice(PEOPLE),
        address1=f"{chance.randint(1, 99)} Sample Street",
        city=city,
        state=state,
        postal_code=postal_code,
        country="United States",
    )
    lines = [bodies.BoughtLine(sku=p["sku"], quantity=chance.randint(1, MOST_OF_ONE)) for p in bought]
    return place_order(site, bodies.NewOrder(line_items=lines, ship_to_address=address))


def a_product() -> bodies.NewProduct:
    """A product with two variants, whose SKUs nobody has yet."""
    stem = f"NEW-{secrets.token_hex(4).upper()}"
    variants = [
        bodies.NewVariant(name=name, sku=f"{stem}-{at}", price=15.0, stock=20)
        for at, name in enumerate(("Small", "Large"), 1)
    ]
    return bodies.NewProduct(name="New product", variants=variants)


def _meet(site: Site, order: Record, fate: str) -> None:
    """Brings an order to what becomes of it."""
    if fate in ("fulfilled", "refunded"):
        number = f"SHOP{order['id'].rpartition('_')[2]}"
        body = bodies.Ship(
            tracking_number=number,
            tracking_url=f"https://example.com/track/{number}",
            carrier_name="Parcel One",
            requested_shipping_method="Standard",
        )
        ship(site, order["id"], body)
    if fate == "refunded":
        first = bodies.RefundLine(line_item_id=order["line_items"][0]["line_item_id"], quantity=1)
        refund(site, order["id"], bodies.Refund(line_items=[first], reason="Damaged"))
    if fate == "cancelled":
        back = [
            bodies.RefundLine(line_item_id=line["line_item_id"], quantity=line["quantity"])
            for line in order["line_items"]
        ]
        refund(site, order["id"], bodies.Refund(line_items=back, reason="Cancelled", restock=True))
