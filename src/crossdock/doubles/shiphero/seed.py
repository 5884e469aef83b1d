"""What the account has from the start; every id is the same each time.

Warehouses `Primary` (number 101, twelve products) and `East` (102, the first six of them), with one location
each (201, 202), the vendor `Example Supplies`, orders `SO-1001` to `SO-1006` and a purchase order `PO-1001`.
Orders 1001, 1002 and 1003 were shipped from `Primary`; 1004 and 1005 are pending; 1006 is canceled. Five
units of `SKU-01` were added in `Primary`, and taken out again.
"""

from typing import Any

from crossdock.doubles.shiphero.account import ACCOUNT_ID, Account, Record
from crossdock.doubles.shiphero.asked import Asked
from crossdock.doubles.shiphero.identifiers import global_id
from crossdock.doubles.shiphero.inventory import inventory_add, inventory_remove
from crossdock.doubles.shiphero.orders import order_cancel, order_create
from crossdock.doubles.shiphero.products import add_product, kit_build
from crossdock.doubles.shiphero.purchase_orders import add_purchase_order, add_vendor
from crossdock.doubles.shiphero.shipments import shipment_create

PRIMARY = global_id("Warehouse", 101)
EAST = global_id("Warehouse", 102)
PRIMARY_BIN = global_id("Bin", 201)
EAST_BIN = global_id("Bin", 202)
KIT = "SKU-KIT"
SKUS = (*(f"SKU-{number:02}" for number in range(1, 12)), KIT)

_ADDRESS = {
    "first_name": "Ada",
    "last_name": "Example",
    "address1": "1 Sample Street",
    "city": "Springfield",
    "state": "IL",
    "zip": "62701",
    "country": "US",
}
_SHIPPED_TO = {"name": "Ada Example", "address1": "1 Sample Street", "city": "Springfield", "country": "US"}


def seeded() -> Account:
    """A new account."""
    account = Account()
    for number, identifier, place in ((101, "Primary", 201), (102, "East", 202)):
        _warehouse(account, number, identifier, place)
    vendor = add_vendor(account, {"name": "Example Supplies", "email": "orders@supplies.example"})
    for place, sku in enumerate(SKUS):
        _product(account, place, sku)
    kit = {"sku": KIT, "components": [{"sku": "SKU-01", "quantity": 1}, {"sku": "SKU-02", "quantity": 2}]}
    kit_build(Asked(account, {"data": kit}))
    for number in range(1001, 1007):
        _order(account, number)
    _purchase_order(account, vendor)
    moved = {"sku": SKUS[0], "warehouse_id": PRIMARY, "quantity": 5, "reason": "Cycle count"}
    inventory_add(Asked(account, {"data": moved}))
    inventory_remove(Asked(account, {"data": moved}))
    return account


def _warehouse(account: Account, number: int, identifier: str, place: int) -> None:
    warehouse = global_id("Warehouse", number)
    account.warehouses[warehouse] = {
        "id": warehouse,
        "legacy_id": number,
        "account_id": ACCOUNT_ID,
        "identifier": identifier,
        "profile": "default",
        "company_name": "Example Goods",
        "address": {"name": identifier, "address1": "2 Dock Road", "city": "Springfield", "country": "US"},
    }
    location = global_id("Bin", place)
    account.locations[location] = {
        "id": location,
        "legacy_id": place,
        "account_id": ACCOUNT_ID,
        "warehouse_id": warehouse,
        "name": f"{identifier}-A-01",
        "zone": "A",
        "pickable": True,
        "sellable": True,
    }


def _product(account: Account, place: int, sku: str) -> None:
    warehouses = [PRIMARY, EAST] if place < 6 else [PRIMARY]
    data: Record = {
        "sku": sku,
        "name": f"Sample product {place + 1}",
        "barcode": f"40000000000{place:02}",
        "price": "9.99",
        "dimensions": {"weight": "1.00", "height": "2.00", "width": "3.00", "length": "4.00"},
        "warehouse_products": [{"warehouse_id": one, "on_hand": 100} for one in warehouses],
    }
    add_product(account, data)


def _order(account: Account, number: int) -> None:
    first = number - 1001
    lines = [
        {"sku": SKUS[first + n], "partner_line_item_id": f"{number}-{n}", "quantity": 3, "price": "9.99"}
        for n in range(2)
    ]
    data: dict[str, Any] = {
        "order_number": f"SO-{number}",
        "partner_order_id": f"P-{number}",
        "email": "ada@example.com",
        "shipping_lines": {"title": "Ground", "price": "5.00", "carrier": "ups", "method": "ground"},
        "shipping_address": _ADDRESS,
        "line_items": lines,
    }
    order = order_create(Asked(account, {"data": data}))["order"]
    if number <= 1003:
        shipped = [{"line_item_id": line["id"], "quantity": line["quantity"]} for line in order["line_items"]]
        shipment = {
            "order_id": order["id"],
            "warehouse_id": PRIMARY,
            "address": _SHIPPED_TO,
            "line_items": shipped,
        }
        shipment_create(Asked(account, {"data": shipment}))
    elif number == 1006:
        order_cancel(Asked(account, {"data": {"order_id": order["id"]}}))


def _purchase_order(account: Account, vendor: Record) -> None:
    line = {"sku": "SKU-01", "quantity": 50, "expected_weight_in_lbs": "1.00", "price": "4.00"}
    data = {
        "po_number": "PO-1001",
        "subtotal": "200.00",
        "shipping_price": "10.00",
        "total_price": "210.00",
        "warehouse_id": PRIMARY,
        "vendor_id": vendor["id"],
        "po_date": "2025-11-01T00:00:00",
        "line_items": [line],
    }
    add_purchase_order(account, data)
