"""The first records of an ERP sandbox: made by the operations that callers use, each at its past time."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from crossdock.sandbox.erp import bodies, samples
from crossdock.sandbox.erp.purchasing import cancel_purchase_order, place_purchase_order, receive
from crossdock.sandbox.erp.sales import cancel_sales_order, place_sales_order, ship
from crossdock.sandbox.erp.stock import change, new_inventory, thousandths
from crossdock.sandbox.parts import Nothing
from crossdock.sandbox.site import Record, Site
from crossdock.schemas.times import wire_time

DAYS = 28
SALES_FATES = ("fulfilled",) * 6 + ("partly",) * 2 + ("open",) * 6 + ("cancelled",) * 2
PURCHASE_FATES = ("received", "received", "partly", "open", "open", "cancelled")


def generator(seed: int) -> Callable[[Site], None]:
    """What fills an empty sandbox: the same records for the same seed and the same moment."""

    def fill(site: Site) -> None:
        end = datetime.fromisoformat(site.now)
        chance = random.Random(seed)  # noqa: S311  (no secret)
        start = end - timedelta(days=DAYS)

        def at(day: float) -> None:
            site.now = wire_time(start + timedelta(days=day))

        at(0)
        _master_data(site)
        for number, fate in enumerate(SALES_FATES):
            at(1 + number * 1.5)
            _sale(site, chance, number, fate)
        for number, fate in enumerate(PURCHASE_FATES):
            at(1.2 + number * 4)
            _purchase(site, chance, number, fate)
        site.now = wire_time(end)

    return fill


def _master_data(site: Site) -> None:
    by_code: dict[str, Record] = {}
    for name, code, kind, parent in samples.LOCATIONS:
        around = by_code.get(parent or "")
        path = f"{around['full_path']} / {name}" if around else name
        fields = {"name": name, "code": code, "type": kind, "active": True, "full_path": path}
        fields["parent_location_id"] = around["id"] if around else None
        fields["address"] = _address("1 Example Works", "Edison", "NJ", "08817")
        by_code[code] = site.save("erp_locations", site.new("erp_locations", fields))
    for number, (name, city, state, postal) in enumerate(samples.CUSTOMERS, 1):
        address = _address(f"{number} Sample Street", city, state, postal)
        contact = {"email_address": f"orders{number}@example.com", "phone_number": None, "active": True}
        fields = {"name": name, "customer_number": f"C{number:04d}", **contact}
        fields["billing_address"] = {"full_name": name, **address}
        fields["shipping_addresses"] = [{"company": name, **address}]
        site.save("erp_customers", site.new("erp_customers", fields))
    for number, (name, city, state, postal) in enumerate(samples.VENDORS, 1):
        contact = {"email_address": f"sales{number}@example.com", "phone_number": None, "active": True}
        fields = {"name": name, "vendor_number": f"V{number:04d}", **contact}
        fields["address"] = _address(f"{number} Example Yard", city, state, postal)
        site.save("erp_vendors", site.new("erp_vendors", fields))
    for number, (name, limit) in enumerate(samples.EMPLOYEES, 1):
        limits = [{"document_type": "purchase_order", "amount": limit, "currency_code": "USD"}]
        fields = {"name": name, "employee_number": f"E{number:03d}", "active": True}
        fields |= {"email_address": None, "approval_limits": limits if limit else []}
        site.save("erp_employees", site.new("erp_employees", fields))
    vendors = site.shelves.all("erp_vendors")
    for number, (sku, name, unit, price, cost) in enumerate(samples.ITEMS):
        fields = {"name": name, "sku": sku, "description": f"{name}, per {unit}.", "active": True}
        fields |= {"unit_of_measure": unit, "unit_price": price, "unit_cost": cost}
        item = site.save("erp_items", site.new("erp_items", fields))
        row = new_inventory(site, item)
        vendor = vendors[number % len(vendors)]
        names = {"vendor_id": vendor["id"], "vendor_name": vendor["name"], "vendor_sku": f"X-{sku}"}
        row["vendors"] = [{**names, "unit_cost": cost}]
        site.save("erp_inventory", row)
        change(site, item["id"], by_code["MAIN"]["id"], onhand=thousandths(500 + 10 * number))
        change(site, item["id"], by_code["SHOW"]["id"], onhand=thousandths(number))


def _address(street: str, city: str, state: str, postal_code: str) -> Record:
    return {
        "address1": street,
        "city": city,
        "state": state,
        "postal_code": postal_code,
        "country": "United States",
    }


def _sale(site: Site, chance: random.Random, number: int, fate: str) -> None:
    items = chance.sample(site.shelves.all("erp_items"), chance.randint(1, 3))
    lines = [bodies.SalesLine(item_id=item["id"], quantity=chance.randint(2, 12)) for item in items]
    customer = chance.choice(site.shelves.all("erp_customers"))
    body = bodies.PlaceSalesOrder(customer_id=customer["id"], reference_id=f"WEB-{number}", line_items=lines)
    order = place_sales_order(site, body)
    if fate == "cancelled":
        cancel_sales_order(site, order["id"], Nothing())
    if fate == "fulfilled":
        packages = [bodies.Package(tracking_number=f"ERP{number:05d}", carrier_name="Parcel One")]
        ship(site, bodies.Ship(sales_order_id=order["id"], packages=packages))
    if fate == "partly":
        first = bodies.MovedLine(line_item_id=order["line_items"][0]["line_item_id"], quantity=1)
        ship(site, bodies.Ship(sales_order_id=order["id"], line_items=[first]))


def _purchase(site: Site, chance: random.Random, number: int, fate: str) -> None:
    items = chance.sample(site.shelves.all("erp_items"), 2)
    lines = [bodies.PurchaseLine(sku=item["sku"], quantity=chance.randint(20, 60)) for item in items]
    vendor = chance.choice(site.shelves.all("erp_vendors"))
    employee = chance.choice(site.shelves.all("erp_employees"))
    body = bodies.PlacePurchaseOrder(vendor_id=vendor["id"], employee_id=employee["id"], line_items=lines)
    order = place_purchase_order(site, body)
    if fate == "cancelled":
        cancel_purchase_order(site, order["id"], Nothing())
    if fate == "received":
        receive(site, bodies.Receive(purchase_order_id=order["id"]))
    if fate == "partly":
        first = bodies.MovedLine(line_item_id=order["line_items"][0]["line_item_id"], quantity=5 + number)
        receive(site, bodies.Receive(purchase_order_id=order["id"], line_items=[first]))
