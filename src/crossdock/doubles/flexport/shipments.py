"""Shipments: how goods are on their way. Nothing but Flexport makes them."""

from crossdock.doubles.double import Refused
from crossdock.doubles.flexport.answers import chosen, page, wrapped
from crossdock.doubles.flexport.client_account import (
    Asked,
    ClientAccount,
    Model,
    collection,
    reference,
    stamp_of,
)

FILTERS = {
    "f.transportation_mode": lambda row, value: row["transportation_mode"] == value,
    "f.status": lambda row, value: row["status"] == value,
    "f.updated_at.gt": lambda row, value: row["updated_at"] > value,
    "f.updated_at.lt": lambda row, value: row["updated_at"] < value,
}
TIMES = ("f.updated_at.gt", "f.updated_at.lt")
DATES = (
    "archived_at",
    "departure_date",
    "arrival_date",
    "picked_up_in_full_date",
    "delivered_in_full_date",
    "estimated_departure_date",
    "actual_departure_date",
    "estimated_arrival_date",
    "actual_arrival_date",
    "cargo_ready_date",
    "estimated_picked_up_in_full_date",
    "actual_picked_up_in_full_date",
    "estimated_delivered_in_full_date",
    "actual_delivered_in_full_date",
)


def add_shipment(
    account: ClientAccount, name: str, status: str, mode: str = "ocean", **more: object
) -> Model:
    """A `Shipment` of that status; `more` has further fields of it."""
    number = account.next_id("shipment")
    about = f"f.shipment.id={number}"
    entities = list(account.entities.values())
    shipment: Model = {
        "_object": "/shipment",
        "metadata": {},
        "id": number,
        "name": name,
        "booking": None,
        "transportation_mode": mode,
        "freight_type": "port_to_door",
        "incoterm": "FOB",
        "calculated_weight": {"_object": "/quantity/weight", "value": 2300.4, "unit": "kg"},
        "calculated_volume": {"_object": "/quantity/volume", "value": 10.3, "unit": "cbm"},
        "pieces": 9,
        "it_number": None,
        "created_date": account.now(),
        "status": status,
        "priority": "standard",
        "updated_at": account.now(),
        **dict.fromkeys(DATES),
        "wants_freight_management_bco": False,
        "wants_flexport_freight": True,
        "wants_export_customs_service": False,
        "wants_import_customs_service": True,
        "ocean_shipment": _ocean(number) if mode == "ocean" else None,
        "air_shipment": _air(number) if mode == "air" else None,
        "shippers": entities[:1],
        "consignees": entities[1:2],
        "buyers": [],
        "sellers": [],
        "importers_of_record": [],
        "items": [],
        "legs": collection("/shipment_leg", f"/shipment_legs?{about}"),
        "customs_entries": collection("/customs_entry", f"/customs_entries?{about}"),
        "commercial_invoices": collection("/commercial_invoice", f"/commercial_invoices?{about}"),
        "documents": collection("/document", f"/documents?{about}"),
        **more,
    }
    account.shipments[number] = shipment
    return shipment


def _ocean(number: int) -> Model:
    return {
        "_object": "/ocean/shipment",
        "is_lcl": False,
        "house_bill_number": f"HB{number}",
        "master_bill_number": f"MB{number}",
        "carrier_booking_number": f"CB{number}",
        "containers": collection(
            "/ocean/shipment_container", f"/ocean/shipment_containers?f.shipment.id={number}"
        ),
    }


def _air(number: int) -> Model:
    return {
        "_object": "/air/shipment",
        "house_airway_bill": f"HA{number}",
        "master_airway_bill": f"MA{number}",
        "chargeable_weight": {"_object": "/quantity/weight", "value": 2300.4, "unit": "kg"},
        "chargeable_volume": None,
    }


def moved(account: ClientAccount, number: int, **changes: object) -> None:
    """A shipment changes, now. Raises `KeyError` for no such id."""
    account.shipments[number] |= {**changes, "updated_at": account.now()}


def shipped(account: ClientAccount, booking_id: int) -> Model:
    """The shipment that a booking becomes. Raises `KeyError` for no such id."""
    booking = account.bookings[booking_id]
    mode = booking["transportation_mode"]
    shipment = add_shipment(account, booking["name"], "seller_location", mode)
    shipment["booking"] = reference("/booking", "/bookings", booking_id)
    booking |= {"status": "shipment", "shipment": reference("/shipment", "/shipments", shipment["id"])}
    return shipment


def list_shipments(asked: Asked) -> Model:
    """`GET /shipments`: the newest number first, unless asked for otherwise."""
    parameters = {
        name: stamp_of(value, name) if name in TIMES else value for name, value in asked.parameters.items()
    }
    rows = chosen(asked.account.shipments.values(), parameters, FILTERS)
    key = parameters.get("sort", "id")
    rows.sort(key=lambda row: (row[key], row["id"]), reverse=parameters.get("direction", "desc") == "desc")
    return page("/shipments", rows, parameters)


def get_shipment(asked: Asked) -> Model:
    """`GET /shipments/{id}`."""
    number = asked.parameters["id"]
    if number not in asked.account.shipments:
        raise Refused(f"Shipment {number} was not found", 404)
    return wrapped(f"/shipments/{number}", asked.account.shipments[number])
