"""A small warehouse company in memory, and the check that all its figures agree."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from crossdock.sandbox.memory import MemoryShelves
from crossdock.sandbox.site import Record, Site
from crossdock.sandbox.wms import bodies
from crossdock.sandbox.wms.adjustments import adjust_inventory
from crossdock.sandbox.wms.inbound import create_inbound_shipment, receive_inbound_shipment
from crossdock.sandbox.wms.orders import place_order
from crossdock.sandbox.wms.products import create_kit, create_product
from crossdock.sandbox.wms.shipping import ship_order
from crossdock.sandbox.wms.stock import inventory_view

NOW = "2026-03-01T12:00:00Z"
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADDRESS = bodies.Address(
    address1="1 Sample Street", city="Austin", state="TX", postal_code="78701", country="United States"
)
SIZE = bodies.Measurements(length=1, width=1, height=1, unit="cm", weight=1, weight_unit="kg")
HOLDING = (
    "open",
    "confirmed",
    "processing",
    "picked",
    "packed",
    "exception",
    "other",
    "partially_fulfilled",
)


class Depot:
    """A small warehouse company: two buildings, products A and B, and the kit AB of one A and two Bs."""

    def __init__(self) -> None:
        self.site = Site(MemoryShelves(), NOW)
        self.warehouses, self.shelves, self.holds = [], [], []
        for name in ("North", "South"):
            warehouse = self._put("warehouses", {"name": name, "code": name, "address": {"city": name}})
            self.warehouses.append(warehouse["id"])
            shelf = {"name": f"{name} 1", "warehouse_id": warehouse["id"], "type": "shelf"}
            self.shelves.append(self._put("locations", shelf)["id"])
            hold = {"name": f"{name} hold", "warehouse_id": warehouse["id"], "type": "quarantine"}
            self.holds.append(self._put("locations", hold)["id"])
        self._put(
            "shipping_methods", {"name": "Ground", "carrier_id": "c", "carrier_name": "C", "scac": None}
        )
        self._put("channels", {"name": "Shop"})
        self.a = create_product(self.site, bodies.CreateProduct(sku="A", name="Apple"))
        self.b = create_product(self.site, bodies.CreateProduct(sku="B", name="Box"))
        parts = [
            bodies.KitComponent(sku="A", unit_quantity=1),
            bodies.KitComponent(sku="B", unit_quantity=2),
        ]
        self.kit = create_kit(self.site, bodies.CreateKit(sku="AB", name="Both", inventory_items=parts))

    def _put(self, kind: Any, fields: Record) -> Record:
        return self.site.save(kind, self.site.new(kind, fields))

    def stock(self, sku: str, units: int, building: int = 0, kind: Any = "increase") -> Record:
        body = bodies.AdjustInventory(
            quantity=units, adjustment_type=kind, warehouse_id=self.warehouses[building]
        )
        return adjust_inventory(self.site, self.item(sku)["id"], body)

    def item(self, sku: str) -> Record:
        return inventory_view(self.site.shelves.find("inventory", sku)[0])

    def figures(self, sku: str) -> tuple[int, int, int]:
        item = self.item(sku)
        return item["onhand"], item["committed"], item["fulfillable"]

    def order(self, number: str, *lines: tuple[str, int]) -> Record:
        rows = [bodies.OrderLine(sku=sku, quantity=units) for sku, units in lines]
        body = bodies.PlaceOrder(order_number=number, ship_to_address=ADDRESS, line_items=rows)
        return place_order(self.site, body)

    def ship(self, order: Record, *lines: tuple[str, int], **said: Any) -> Record:
        rows = [bodies.SkuLine(sku=sku, quantity=units) for sku, units in lines]
        body = bodies.ShipOrder(
            **{
                "shipped_date": MOMENT,
                "tracking_number": "T1",
                "shipping_cost": 2.5,
                "measurements": SIZE,
                "warehouse_id": order["warehouse_id"],
                **({"line_items": rows} if rows else {}),
                **said,
            }
        )
        return ship_order(self.site, order["id"], body)

    def expect(self, *lines: tuple[str, int], building: int = 0) -> Record:
        rows = [bodies.InboundLine(sku=sku, expected_quantity=units) for sku, units in lines]
        body = bodies.CreateInboundShipment(
            supplier="Example Mills",
            purchase_order_number="PO-1",
            expected_arrival_date=MOMENT,
            warehouse_id=self.warehouses[building],
            tracking_number="T2",
            line_items=rows,
        )
        return create_inbound_shipment(self.site, body)

    def receive(self, shipment: Record, *lines: tuple[str, int], location: str | None = None) -> Record:
        building = self.warehouses.index(shipment["warehouse_id"])
        body = bodies.ReceiveInboundShipment(
            line_items=[bodies.SkuLine(sku=sku, quantity=units) for sku, units in lines],
            warehouse_location_id=location or self.shelves[building],
        )
        return receive_inbound_shipment(self.site, shipment["id"], body)

    def status(self, record: Record) -> str:
        return str(self.site.get("orders", record["id"])["status"])

    def check(self) -> None:
        """Every figure agrees with the records that it comes from, and none is negative."""
        check_figures(self.site)


def check_figures(site: Site) -> None:
    committed: Counter[tuple[str, str]] = Counter()
    for order in site.shelves.all("orders"):
        if order["status"] in HOLDING:
            for line in order["line_items"]:
                for part in line["components"]:
                    units = (line["quantity"] - line["shipped_quantity"]) * part["unit_quantity"]
                    committed[part["inventory_item_id"], order["warehouse_id"]] += units
    awaiting: Counter[tuple[str, str]] = Counter()
    for shipment in site.shelves.all("inbound_shipments"):
        for line in shipment["line_items"]:
            units = line["expected_quantity"] - line["received_quantity"]
            awaiting[line["inventory_item_id"], shipment["warehouse_id"]] += units
    for stored in site.shelves.all("inventory"):
        item = inventory_view(stored)
        assert item["onhand"] == item["committed"] + item["unfulfillable"] + item["fulfillable"]
        for warehouse_id, figures in item["inventory_by_warehouse_id"].items():
            assert min(figures.values()) >= 0
            assert figures["committed"] == committed[item["id"], warehouse_id]
            assert figures["awaiting"] == awaiting[item["id"], warehouse_id]
            lying = [place for place in stored["bins"] if place["warehouse_id"] == warehouse_id]
            assert figures["onhand"] == sum(place["quantity"] for place in lying)
            held = sum(place["quantity"] for place in lying if place["quarantine"])
            assert figures["unfulfillable"] == held
        assert sum(committed[key] for key in committed if key[0] == item["id"]) == item["committed"]
