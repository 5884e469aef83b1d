"""What the warehouse has at the beginning, the same every time.

Customers 21 and 22, of which the second does not receive against ASNs, facilities 1 and 2, items 501 to 512
of customer 21 (SKU-01 to SKU-12) and 513 of the other, orders 901 (open) and 902 (shipped), receivers 801
(open) and 802 (received), locations 301 to 303 of facility 1 and 304 of facility 2.
"""

from crossdock.doubles.extensiv.warehouse import (
    CLOSED,
    OPEN,
    ORDER_ITEMS,
    RECEIVE_ITEMS,
    Model,
    Record,
    Warehouse,
)

CUSTOMER, OTHER_CUSTOMER = 21, 22
FACILITY, OTHER_FACILITY = 1, 2
SKUS = tuple(f"SKU-{number:02d}" for number in range(1, 13))
THEN = "2026-01-12T08:30:00"
PERSON = {
    "name": "Ada Example",
    "address1": "1 Example Street",
    "city": "Springfield",
    "state": "IL",
    "zip": "62701",
    "country": "US",
}


def seeded() -> Warehouse:
    """A warehouse with that in it."""
    warehouse = Warehouse(
        customers={
            CUSTOMER: _customer(CUSTOMER, "Example Goods", asns=1),
            OTHER_CUSTOMER: _customer(OTHER_CUSTOMER, "Sample Wares", asns=0),
        },
        facilities={FACILITY: _facility(FACILITY, "East"), OTHER_FACILITY: _facility(OTHER_FACILITY, "West")},
        locations=[_location(number, FACILITY) for number in (301, 302, 303)]
        + [_location(304, OTHER_FACILITY)],
        carriers=[
            _carrier("UPS", ["GND", "2DA"], ["Prepaid", "FreightCollect"]),
            _carrier("FedEx", ["FDXG"], ["sender", "recipient"]),
        ],
    )
    for offset, sku in enumerate(SKUS):
        _item(warehouse, 501 + offset, CUSTOMER, sku)
    _item(warehouse, 513, OTHER_CUSTOMER, "SKU-01")
    for number, status in ((901, OPEN), (902, CLOSED)):
        warehouse.orders[number] = _order(number, status)
    for number, status in ((801, OPEN), (802, CLOSED)):
        warehouse.receivers[number] = _receiver(number, status)
    return warehouse


def _customer(number: int, name: str, asns: int) -> Model:
    return {
        "readOnly": {"customerId": number, "creationDate": THEN, "deactivated": False},
        "companyInfo": {"companyName": name},
        "facilities": [{"id": FACILITY, "name": "East"}, {"id": OTHER_FACILITY, "name": "West"}],
        "primaryFacilityIdentifier": {"id": FACILITY, "name": "East"},
        "options": {"receiving": {"receiveAgainstAsns": asns}},
    }


def _facility(number: int, name: str) -> Model:
    return {"facilityId": number, "name": name, "deactivated": False, "code": name.upper()}


def _location(number: int, facility: int) -> Model:
    return {
        "locationId": number,
        "name": f"A-{number}",
        "field1": "A",
        "field2": str(number),
        "facilityIdentifier": {"id": facility},
        "deactivated": False,
        "hasInventory": True,
    }


def _carrier(name: str, services: list[str], billing: list[str]) -> Model:
    return {
        "name": name,
        "deactivated": False,
        "shipmentServices": [{"code": code} for code in services],
        "billingCodes": [{"code": code} for code in billing],
    }


def _identifiers() -> Model:
    return {
        "customerIdentifier": {"id": CUSTOMER, "name": "Example Goods"},
        "facilityIdentifier": {"id": FACILITY, "name": "East"},
        "creationDate": THEN,
        "lastModifiedDate": THEN,
    }


def _item(warehouse: Warehouse, number: int, customer: int, sku: str) -> None:
    owner = {"id": customer, "name": warehouse.customers[customer]["companyInfo"]["companyName"]}
    read_only = {
        "customerIdentifier": owner,
        "itemId": number,
        "creationDate": THEN,
        "lastModifiedDate": THEN,
        "deactivated": False,
    }
    model = {"readOnly": read_only, "itemId": number, "sku": sku, "description": f"Item {sku}"}
    warehouse.items[number] = Record(model)
    warehouse.move(FACILITY, number, 100)


def _order(number: int, status: int) -> Record:
    line = {
        "readOnly": {"orderItemId": number * 10},
        "itemIdentifier": {"id": 501, "sku": "SKU-01"},
        "qty": 2,
    }
    read_only = {"orderId": number, **_identifiers(), "isClosed": status != OPEN, "status": status}
    return Record(
        {
            "readOnly": {**read_only, "fullyAllocated": True, "packages": []},
            "referenceNum": f"SO-{number}",
            "shipTo": dict(PERSON),
            "_embedded": {ORDER_ITEMS: [line]},
        }
    )


def _receiver(number: int, status: int) -> Record:
    line = {
        "readOnly": {"receiveItemId": number * 10, "expectedQty": 20},
        "itemIdentifier": {"id": 502, "sku": "SKU-02"},
        "qty": 20,
    }
    read_only = {"receiverId": number, "receiverType": 2, **_identifiers(), "status": status}
    return Record(
        {"readOnly": read_only, "referenceNum": f"ASN-{number}", "_embedded": {RECEIVE_ITEMS: [line]}}
    )
