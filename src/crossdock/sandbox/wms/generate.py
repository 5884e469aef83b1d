"""The first records of a sandbox: 40 products, four of them kits, and a month of what a warehouse does.

Everything is made by the operations that callers use, each at its time in the past, so that the figures agree
with one another. The same seed and the same moment give the same records.
"""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from crossdock.sandbox.parts import Nothing
from crossdock.sandbox.site import Record, Site
from crossdock.sandbox.wms import bodies, samples
from crossdock.sandbox.wms.adjustments import adjust_inventory
from crossdock.sandbox.wms.inbound import create_inbound_shipment, receive_inbound_shipment
from crossdock.sandbox.wms.orders import cancel_order, place_order, update_order
from crossdock.sandbox.wms.products import create_kit, create_product
from crossdock.sandbox.wms.returns import cancel_return, create_return, receive_return
from crossdock.sandbox.wms.simulate import fulfil_order, return_arrives
from crossdock.schemas.times import wire_time

ORDER_FATES = (
    *("fulfilled",) * 9,
    *("partially_fulfilled",) * 2,
    *("open",) * 3,
    "confirmed",
    "processing",
    "picked",
    "packed",
    "exception",
    "other",
    "cancelled",
    "cancelled",
    *("backordered",) * 3,
)
"""What becomes of each order; 25 of them."""

DAYS = 28
EMPTY_UNTIL_DELIVERY = "LAMP-3"
"""A product that was never in stock: the orders for it wait."""


def generator(seed: int, moment: datetime | None = None) -> Callable[[Site], None]:
    """What fills an empty sandbox; the records end at `moment`, which is now when left out."""

    def fill(site: Site) -> None:
        end = datetime.fromisoformat(site.now) if moment is None else moment.astimezone(UTC)
        _Month(site, random.Random(seed), end - timedelta(days=DAYS + 1)).live()  # noqa: S311  (no secret)

    return fill


class _Month:
    """The month in which the records came to be: a site whose clock is moved on between operations."""

    def __init__(self, site: Site, chance: random.Random, start: datetime) -> None:
        self._site = site
        self._chance = chance
        self._start = start

    def live(self) -> None:
        """Makes everything, from the oldest record to the youngest."""
        self._at(0)
        self._build()
        products, kits = self._stock_up()
        deliveries = self._announce(products)
        orders = self._sell(products, kits)
        self._at(DAYS - 3)
        self._take_returns(orders)
        self._take_deliveries(deliveries)
        self._at(DAYS)

    def _at(self, day: float) -> None:
        self._site.now = wire_time(self._start + timedelta(days=day))

    def _build(self) -> None:
        site = self._site
        for name, code, address in samples.WAREHOUSES:
            fields = {"name": name, "code": code, "address": address}
            warehouse = site.save("warehouses", site.new("warehouses", fields))
            for location, kind in samples.LOCATIONS:
                place = {"name": f"{code} {location}", "warehouse_id": warehouse["id"], "type": kind}
                site.save("locations", site.new("locations", place))
        for name, carrier_id, carrier_name, scac in samples.SHIPPING_METHODS:
            carrier = {"carrier_id": carrier_id, "carrier_name": carrier_name, "scac": scac}
            site.save("shipping_methods", site.new("shipping_methods", {"name": name, **carrier}))
        for name in samples.CHANNELS:
            site.save("channels", site.new("channels", {"name": name}))
        for name in samples.SUPPLIERS:
            site.save("suppliers", site.new("suppliers", {"name": name}))

    def _stock_up(self) -> tuple[list[Record], list[Record]]:
        """The products with stock in both warehouses, and the kits."""
        products: list[Record] = []
        for stem, name, variants, price, (length, width, height, weight) in samples.CATEGORIES:
            size = bodies.Measurements(
                length=length, width=width, height=height, unit="cm", weight=weight, weight_unit="kg"
            )
            for number, variant in enumerate(variants, 1):
                body = bodies.CreateProduct(
                    sku=f"{stem}-{number}",
                    name=f"{name}, {variant}",
                    gtin=_gtin(len(products)),
                    measurements=size,
                    unit_price=price,
                )
                products.append(create_product(self._site, body))
        for product in products:
            if product["sku"] != EMPTY_UNTIL_DELIVERY:
                self._count(product)
        kits = []
        for sku, name, parts in samples.KITS:
            components = [bodies.KitComponent(sku=part, unit_quantity=units) for part, units in parts]
            kits.append(
                create_kit(self._site, bodies.CreateKit(sku=sku, name=name, inventory_items=components))
            )
        return products, kits

    def _count(self, product: Record) -> None:
        """Opening stock: in each warehouse on one shelf, now and then with some damaged."""
        for warehouse in self._site.shelves.all("warehouses"):
            locations = self._site.shelves.find("locations", warehouse["id"])
            piles = [(self._chance.choice(locations[:3]), self._chance.randint(40, 160))]
            if self._chance.random() < 0.2:
                piles.append((locations[-1], self._chance.randint(1, 5)))
            for location, units in piles:
                body = bodies.AdjustInventory(
                    quantity=units,
                    adjustment_type="increase",
                    warehouse_id=warehouse["id"],
                    location_id=location["id"],
                )
                adjust_inventory(self._site, product["inventory_items"][0]["inventory_item_id"], body)

    def _announce(self, products: list[Record]) -> list[Record]:
        """Four inbound shipments, one of them with the product that was never in stock."""
        deliveries = []
        warehouses = self._site.shelves.all("warehouses")
        for number in range(4):
            self._at(1 + number)
            wanted = self._chance.sample([p for p in products if p["sku"] != EMPTY_UNTIL_DELIVERY], 3)
            wanted += [p for p in products if p["sku"] == EMPTY_UNTIL_DELIVERY and number == 3]
            body = bodies.CreateInboundShipment(
                supplier=samples.SUPPLIERS[number % len(samples.SUPPLIERS)],
                purchase_order_number=f"PO-{1001 + number}",
                expected_arrival_date=self._start + timedelta(days=DAYS - 2 + 4 * (number // 2)),
                warehouse_id=warehouses[number % 2]["id"],
                tracking_number=f"SAMPLE{number + 1:06d}",
                line_items=[
                    bodies.InboundLine(sku=p["sku"], expected_quantity=self._chance.randint(10, 60))
                    for p in wanted
                ],
            )
            deliveries.append(create_inbound_shipment(self._site, body))
        return deliveries

    def _sell(self, products: list[Record], kits: list[Record]) -> list[Record]:
        fates = list(ORDER_FATES)
        self._chance.shuffle(fates)
        missing = next(product for product in products if product["sku"] == EMPTY_UNTIL_DELIVERY)
        sellable = [product for product in products if product is not missing]
        orders = []
        for number, fate in enumerate(fates):
            self._at(5 + number * 0.8)
            wanted = self._chance.sample(sellable, self._chance.randint(1, 3))
            if self._chance.random() < 0.25:
                wanted.append(self._chance.choice(kits))
            if fate == "backordered":
                wanted = [missing]
            order = place_order(self._site, self._order(number, wanted))
            self._at(5.4 + number * 0.8)
            orders.append(self._meet(order, fate))
        return orders

    def _order(self, number: int, wanted: list[Record]) -> bodies.PlaceOrder:
        lines = [
            bodies.OrderLine(
                product_id=product["id"],
                quantity=self._chance.randint(2, 4),
                unit_price=product["unit_price"] or 49.0,
            )
            for product in wanted
        ]
        total = sum(float(line.quantity or 0) * float(line.unit_price or 0) for line in lines)
        city, state, postal_code = self._chance.choice(samples.CITIES)
        return bodies.PlaceOrder(
            order_number=f"SO-{1001 + number}",
            channel=self._chance.choice(self._site.shelves.all("channels"))["id"],
            shipping_method_id=self._chance.choice(self._site.shelves.all("shipping_methods"))["id"],
            total_price=round(total + 5, 2),
            total_tax=0.0,
            total_discount=0.0,
            total_shipping=5.0,
            ship_to_address=bodies.Address(
                full_name=self._chance.choice(samples.PEOPLE),
                address1=f"{self._chance.randint(1, 99)} Sample Street",
                city=city,
                state=state,
                postal_code=postal_code,
                country="United States",
            ),
            line_items=lines,
        )

    def _meet(self, order: Record, fate: str) -> Record:
        """Brings an order to what becomes of it."""
        if fate in ("open", "backordered"):
            return order
        if fate == "cancelled":
            return cancel_order(self._site, order["id"], Nothing())
        if fate in ("fulfilled", "partially_fulfilled"):
            return fulfil_order(self._site, order["id"], partial=fate == "partially_fulfilled")
        return update_order(self._site, order["id"], bodies.UpdateOrder(status=fate))  # type: ignore[arg-type]

    def _take_returns(self, orders: list[Record]) -> None:
        """Four returns: open, received with a damaged unit, received whole, cancelled."""
        shipped = [order for order in orders if order["status"] == "fulfilled"][:4]
        made = [create_return(self._site, bodies.ReturnTerms(order_id=order["id"])) for order in shipped]
        sku = made[1]["line_items"][0]["sku"]
        damaged = bodies.ReturnedLine(sku=sku, quantity=1, condition="damaged")
        receive_return(self._site, made[1]["id"], bodies.ReceiveReturn(line_items=[damaged]))
        return_arrives(self._site, made[2]["id"])
        cancel_return(self._site, made[3]["id"], Nothing())

    def _take_deliveries(self, deliveries: list[Record]) -> None:
        """The first delivery comes in whole and the second in part; the others are on their way."""
        for delivery, lines in zip(deliveries, (3, 1), strict=False):
            locations = self._site.shelves.find("locations", delivery["warehouse_id"])
            receiving = next(place for place in locations if place["type"] == "receiving")
            came = [
                bodies.SkuLine(sku=line["sku"], quantity=line["expected_quantity"])
                for line in delivery["line_items"][:lines]
            ]
            body = bodies.ReceiveInboundShipment(line_items=came, warehouse_location_id=receiving["id"])
            receive_inbound_shipment(self._site, delivery["id"], body)


def _gtin(number: int) -> str:
    """A GTIN-13 with a right check digit, in the range 02 that is for use inside a company."""
    digits = f"020000{number + 1:06d}"
    odd, even = (sum(int(digit) for digit in digits[start::2]) for start in (0, 1))
    return f"{digits}{-(odd + 3 * even) % 10}"
