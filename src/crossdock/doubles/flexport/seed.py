"""What every double begins with. Its ids and times are the same in every run.

| what | ids |
| --- | --- |
| company entities | 301 `example-ltd`, 302 `example-llc`, 303 `sample-gmbh`; 304 has no reference |
| places | 401 `factory-1` (Shenzhen), 402 `warehouse-1` (Long Beach), 403 `factory-2` (Hamburg); 404: none |
| ports | CNYTN, USLAX, DEHAM by sea; DEFRA, USJFK by air |
| shipments | 2001 to 2013, one of each status; 2014 by air, 2015 by rail, 2016 of booking 5001 |
| bookings | 5001 shipped, 5002 booked, 5003 submitted, 5004 archived, 5005 a draft; 5004 is by truck |
"""

from typing import Any

from crossdock.doubles.flexport.bookings import add_booking
from crossdock.doubles.flexport.client_account import ClientAccount, Model
from crossdock.doubles.flexport.network import add_entity, add_location, add_port, address
from crossdock.doubles.flexport.shipments import add_shipment, shipped

STATUSES = (
    "seller_location",
    "origin_stop_off",
    "in_transit_to_departure_port",
    "departure_port",
    "in_transit_to_intermediary_port",
    "intermediary_port",
    "in_transit_to_arrival_port",
    "arrival_port",
    "deconsolidation",
    "in_transit_to_final_destination",
    "destination_stop_off",
    "gated_out",
    "final_destination",
)
LEFT, ARRIVED = STATUSES.index("in_transit_to_intermediary_port"), STATUSES.index("arrival_port")

PORTS = (
    ("CNYTN", "Yantian", "CN", False),
    ("USLAX", "Los Angeles", "US", False),
    ("DEHAM", "Hamburg", "DE", False),
    ("DEFRA", "Frankfurt", "DE", True),
    ("USJFK", "New York", "US", True),
)


def seeded() -> ClientAccount:
    """A client with some of everything."""
    account = ClientAccount(stopped_at="2026-01-05T08:00:00.000Z")
    shenzhen = address("Shenzhen", "CN", "1 Example Road", "518000", state="Guangdong")
    long_beach = address("Long Beach", "US", "2 Sample Street", "90802", state="CA")
    hamburg = address("Hamburg", "DE", "3 Beispielweg", "20457")
    add_entity(account, "Example Ltd", "example-ltd", shenzhen)
    add_entity(account, "Example LLC", "example-llc", long_beach)
    add_entity(account, "Sample GmbH", "sample-gmbh", hamburg)
    add_entity(account, "Nameless Inc", None, long_beach)
    add_location(account, "Factory", "factory-1", shenzhen)
    add_location(account, "Warehouse", "warehouse-1", long_beach)
    add_location(account, "Second factory", "factory-2", hamburg)
    add_location(account, "Somewhere", None, long_beach)
    for code, city, country, by_air in PORTS:
        add_port(account, code, address(city, country, "Terminal 1", "00000"), by_air=by_air)
    for number, status in enumerate(STATUSES):
        account.stopped_at = f"2026-02-{number + 1:02d}T09:30:00.250Z"
        add_shipment(account, f"Shipment {number + 1}", status, **_dates(number))
    account.stopped_at = "2026-03-01T10:00:00.000Z"
    add_shipment(account, "By air", "in_transit_to_arrival_port", "air", metadata={"PO": ["1001"]})
    add_shipment(account, "By rail", "seller_location", "rail", cargo_ready_date="2026-03-09")
    _bookings(account)
    account.stopped_at = None
    return account


def _dates(number: int) -> Model:
    dates: Model = {
        "cargo_ready_date": "2026-01-20",
        "estimated_departure_date": "2026-02-03T12:00:00.000+08:00",
        "estimated_arrival_date": "2026-02-24T12:00:00.000-08:00",
        "estimated_delivered_in_full_date": "2026-02-28T12:00:00.000-08:00",
    }
    if number >= LEFT:
        dates["actual_departure_date"] = "2026-02-04T06:00:00.000+08:00"
    if number >= ARRIVED:
        dates["actual_arrival_date"] = "2026-02-25T18:00:00.000-08:00"
    if number == len(STATUSES) - 1:
        dates["actual_delivered_in_full_date"] = "2026-03-01T12:00:00.000-08:00"
    return dates


def cargo(**more: Any) -> Model:
    """`Cargo` of nine pallets; `more` has further fields of it."""
    return {
        "volume": {"value": 10.3, "unit": "cbm"},
        "weight": {"value": 2300.4, "unit": "kg"},
        "shipping_units": [{"name": "Mugs", "count": 9, "atomic_count": 9, "unit_type": "pallet"}],
        "contains_hazmat": False,
        "contains_magnets": False,
        "contains_other_dangerous_goods": False,
        "contains_li_ion": False,
        "contains_non_li_ion_battery": False,
        **more,
    }


def a_booking(name: str, **more: Any) -> Model:
    """A `CreateBooking` by sea from Hamburg; `more` has further fields of it."""
    return {
        "name": name,
        "shipper_entity_ref": "sample-gmbh",
        "consignee_entity_ref": "example-llc",
        "origin_address_ref": "factory-2",
        "destination_address_ref": "warehouse-1",
        "cargo_ready_date": "2026-04-01",
        "wants_export_customs_service": False,
        "cargo": cargo(),
        **more,
    }


OCEAN: Model = {
    "is_lcl": False,
    "container_counts": {"twenty_ft": 1, "forty_ft": 0},
    "incoterm": "FOB",
    "product_descriptions": [{"description": "Mugs", "hs_code": "691110"}],
    "wants_pickup_service": True,
    "origin_port_loc_code": "DEHAM",
    "destination_port_loc_code": "USLAX",
}


def _bookings(account: ClientAccount) -> None:
    air = {name: value for name, value in OCEAN.items() if name not in ("is_lcl", "container_counts")}
    air |= {"origin_port_loc_code": "DEFRA", "destination_port_loc_code": "USJFK"}
    truck = {"is_ltl": True, "payment_terms": "collect", "description_of_products": "Mugs"}
    for day, status, carriage in (
        (1, "submitted", {"ocean_booking": OCEAN}),
        (2, "booked", {"ocean_booking": OCEAN, "delivery_date": "2026-06-01"}),
        (3, "submitted", {"air_booking": air}),
        (4, "archived", {"trucking_booking": truck}),
        (5, "draft", {"ocean_booking": OCEAN}),
    ):
        account.stopped_at = f"2026-03-{day:02d}T12:00:00.000Z"
        booking = add_booking(account, a_booking(f"Booking {day}", **carriage))
        booking["status"] = status
    shipped(account, next(iter(account.bookings)))
