"""Bookings: what a client asks Flexport to move.

Which references, carriages and cargo are refused follows the descriptions in the vendor's file ("Always
required", "Required if ..."). The words are ours: the vendor's tutorial on bookings says only that a refusal
is a 400 with a message.
"""

from collections.abc import Iterator
from typing import Any

from crossdock.doubles.double import Refused
from crossdock.doubles.flexport.answers import chosen, page, wrapped
from crossdock.doubles.flexport.client_account import Asked, ClientAccount, Model, collection, stamp_of
from crossdock.doubles.flexport.network import by_ref

MODES = {"ocean_booking": "ocean", "air_booking": "air", "trucking_booking": "truck"}
NEEDED_OF_CARGO = (
    "contains_hazmat",
    "contains_magnets",
    "contains_other_dangerous_goods",
    "contains_li_ion",
    "contains_non_li_ion_battery",
)
UNIT_TYPES = ("bag", "bale", "barrel", "carton", "crate", "package", "pallet", "roll")
FILTERS = {
    "f.status": lambda row, value: row["status"] == value,
    "f.name": lambda row, value: row["name"] == value,
    "f.shipper_entity_ref": lambda row, value: row["shipper_entity"]["ref"] == value,
    "f.consignee_entity_ref": lambda row, value: row["consignee_entity"]["ref"] == value,
    "f.created_at.gt": lambda row, value: row["created_at"] > value,
    "f.cargo_ready_date": lambda row, value: row["cargo_ready_date"] == value,
}


def add_booking(account: ClientAccount, body: Model) -> Model:
    """A `Booking` as Flexport keeps it; `body` is a `CreateBooking`. Raises `Refused`."""
    faults = list(_faults(account, body))
    if faults:
        raise Refused("; ".join(faults), 400)
    name, mode = next((name, mode) for name, mode in MODES.items() if name in body)
    number = account.next_id("booking")
    origin = by_ref(account.locations, body["origin_address_ref"]) or {}
    destination = by_ref(account.locations, body["destination_address_ref"]) or {}
    booking: Model = {
        "_object": "/booking",
        "id": number,
        "name": body["name"],
        "shipment": None,
        "status": "submitted",
        "shipper_entity": by_ref(account.entities, body["shipper_entity_ref"]),
        "consignee_entity": by_ref(account.entities, body["consignee_entity_ref"]),
        "notify_party": body.get("notify_party"),
        "transportation_mode": mode,
        "ocean_booking": None,
        "air_booking": None,
        "trucking_booking": None,
        "origin_address": origin["address"],
        "cargo_ready_date": body["cargo_ready_date"],
        "destination_address": destination["address"],
        "delivery_date": body.get("delivery_date"),
        "wants_export_customs_service": body["wants_export_customs_service"],
        "wants_import_customs_service": None,
        "cargo": {"_object": "/cargo", **body["cargo"]},
        "special_instructions": body.get("special_instructions"),
        "booking_line_items": collection(
            "/purchase_orders/booking_line_item", f"/booking_line_items?f.booking.id={number}"
        ),
        "created_at": account.now(),
        "metadata": body.get("metadata", {}),
    }
    booking[name] = _detail(account, name, body[name])
    account.bookings[number] = booking
    return booking


def _detail(account: ClientAccount, name: str, said: Model) -> Model:
    """`OceanBookingDetail`, `AirBookingDetail` or `TruckingBookingDetail`."""
    if name == "trucking_booking":
        return {
            "_object": "/trucking/booking",
            "is_ftl": not said["is_ltl"],
            "payment_terms": said["payment_terms"],
            "description_of_products": said.get("description_of_products"),
        }
    detail: Model = {
        "_object": f"/{MODES[name]}/booking",
        "incoterm": said["incoterm"],
        "wants_pickup_service": said["wants_pickup_service"],
        "wants_delivery_service": said.get("wants_delivery_service"),
        "origin_port": account.ports.get(said.get("origin_port_loc_code", "")),
        "destination_port": account.ports.get(said.get("destination_port_loc_code", "")),
        "product_descriptions": [_product(product) for product in said["product_descriptions"]],
    }
    if name == "ocean_booking":
        detail |= {"is_lcl": said["is_lcl"], "container_counts": said["container_counts"]}
    return detail


def _product(said: Model) -> Model:
    code = {"_object": "/hs_code", "description": None, "code": said["hs_code"], "country_code": None}
    return {"_object": "/bookings/product_descriptions", **said, "hs_code": code}


def _faults(account: ClientAccount, body: Model) -> Iterator[str]:
    for field, kept in (
        ("shipper_entity_ref", account.entities),
        ("consignee_entity_ref", account.entities),
        ("origin_address_ref", account.locations),
        ("destination_address_ref", account.locations),
    ):
        if by_ref(kept, body[field]) is None:
            yield f"{field} {body[field]} was not found"
    given = [name for name in MODES if name in body]
    if len(given) != 1:
        yield "exactly one of ocean_booking, air_booking and trucking_booking is required"
    for name in given:
        yield from _faults_of_carriage(account, body, body[name])
    yield from _faults_of_cargo(body["cargo"])


def _faults_of_carriage(account: ClientAccount, body: Model, said: Model) -> Iterator[str]:
    origin, destination = said.get("origin_port_loc_code"), said.get("destination_port_loc_code")
    for field, code in (("origin_port_loc_code", origin), ("destination_port_loc_code", destination)):
        if code is not None and code not in account.ports:
            yield f"{field} {code} was not found"
    if said.get("wants_pickup_service") is False and origin is None:
        yield "origin_port_loc_code is required without wants_pickup_service"
    place = by_ref(account.locations, body["origin_address_ref"])
    chinese = (origin or "").startswith("CN") or (place or {}).get("address", {}).get("country_code") == "CN"
    for product in said.get("product_descriptions", ()):
        if chinese and "description_for_export_customs" not in product:
            yield "description_for_export_customs is required for goods from Mainland China"


def _faults_of_cargo(cargo: Model) -> Iterator[str]:
    for field in NEEDED_OF_CARGO:
        if field not in cargo:
            yield f"cargo.{field} is required"
    if cargo.get("contains_li_ion") and not cargo.get("lithium_batteries_packing_types"):
        yield "cargo.lithium_batteries_packing_types is required with contains_li_ion"
    units: list[Any] = cargo.get("shipping_units") or []
    if not units:
        yield "cargo.shipping_units is required"
    for unit in units:
        if unit.get("unit_type") not in UNIT_TYPES or unit.get("count", 0) < 1:
            yield "cargo.shipping_units need a unit_type and a count"
        if unit.get("unit_type") == "pallet" and "atomic_count" not in unit:
            yield "cargo.shipping_units.atomic_count is required for pallets"
    for field in ("weight", "volume"):
        if field not in cargo and not all(field in unit for unit in units):
            yield f"cargo.{field} is required unless every shipping unit has it"


def create_booking(asked: Asked) -> Model:
    """`POST /bookings`, whose answer the specification does not wrap."""
    return add_booking(asked.account, asked.body)


def list_bookings(asked: Asked) -> Model:
    """`GET /bookings`: the newest first, unless asked for otherwise."""
    parameters = {
        name: stamp_of(value, name) if name == "f.created_at.gt" else value
        for name, value in asked.parameters.items()
    }
    rows = chosen(asked.account.bookings.values(), parameters, FILTERS)
    key = asked.parameters.get("sort", "created_at")
    descending = asked.parameters.get("direction", "desc") == "desc"
    rows.sort(key=lambda row: (row[key], row["id"]), reverse=descending)
    return page("/bookings", rows, parameters)


def get_booking(asked: Asked) -> Model:
    """`GET /bookings/{id}`."""
    number = asked.parameters["id"]
    if number not in asked.account.bookings:
        raise Refused(f"Booking {number} was not found", 404)
    return wrapped(f"/bookings/{number}", asked.account.bookings[number])
