"""Bookings: asked for, and taken by the forwarder. A record has the fields of the canonical one."""

from typing import Any

from msgspec import UNSET, to_builtins

from crossdock.sandbox.freight.bodies import Air, Cargo, Ocean, PlaceBooking, Truck
from crossdock.sandbox.moments import moment
from crossdock.sandbox.refusals import unfit
from crossdock.sandbox.site import Kind, Record, Site

UNTOLD: Record = {
    "incoterm": None,
    "full_load": None,
    "payment_terms": None,
    "wants_pickup_service": None,
    "wants_delivery_service": None,
    "origin_port_code": None,
    "destination_port_code": None,
    "containers": {},
    "products": [],
}
"""What not every carriage has."""


def place_booking(site: Site, body: PlaceBooking) -> Record:
    """A new booking, `submitted`. Raises `Refused` with 422 for what the network has not."""
    method, carriage = _carriage(body)
    shipper = _named(site, "freight_companies", body.shipper_reference_id, "/shipper_reference_id")
    consignee = _named(site, "freight_companies", body.consignee_reference_id, "/consignee_reference_id")
    origin = _named(site, "freight_places", body.origin_reference_id, "/origin_reference_id")
    destination = _named(site, "freight_places", body.destination_reference_id, "/destination_reference_id")
    fields = {
        "name": body.name,
        "status": "submitted",
        "shipment_method": method,
        "shipment_id": None,
        "shipper": _party(shipper),
        "consignee": _party(consignee),
        "notify_party": _or_none(body.notify_party),
        "origin": _place(origin),
        "destination": _place(destination),
        "cargo_ready_date": moment(body.cargo_ready_date, "/cargo_ready_date"),
        "delivery_date": (
            None if body.delivery_date is UNSET else moment(body.delivery_date, "/delivery_date")
        ),
        "wants_export_customs_service": body.wants_export_customs_service,
        **UNTOLD,
        **_terms(carriage),
        "cargo": _cargo(body.cargo),
        "special_instructions": _or_none(body.special_instructions),
    }
    return site.save("freight_bookings", site.new("freight_bookings", fields))


def _carriage(body: PlaceBooking) -> tuple[str, Ocean | Air | Truck]:
    given = [
        (method, said)
        for method, said in (("ocean", body.ocean), ("air", body.air), ("truck", body.truck))
        if said is not UNSET
    ]
    if len(given) != 1:
        raise unfit("A booking is for exactly one of ocean, air and truck.", "")
    return given[0]


def _terms(carriage: Ocean | Air | Truck) -> Record:
    terms: Record = to_builtins(carriage)
    if "containers" in terms:
        terms["containers"] = {size: count for size, count in terms["containers"].items() if count}
    if isinstance(carriage, Truck):
        described = terms.pop("product_description", None)
        terms["products"] = [{"description": described}] if described else []
    return terms


def _cargo(cargo: Cargo) -> Record:
    """With measurements for every shipping unit, filled or not."""
    made: Record = to_builtins(cargo)
    made["shipping_units"] = [{"measurements": {}, **unit} for unit in made["shipping_units"]]
    return made


def _named(site: Site, kind: Kind, reference: str, field: str) -> Record:
    found = site.shelves.find(kind, reference)
    if not found:
        raise unfit(f"The network has no {reference}.", field)
    return found[0]


def _party(company: Record) -> Record:
    return {name: company[name] for name in ("id", "reference_id", "name")}


def _place(place: Record) -> Record:
    return {name: place[name] for name in ("reference_id", "address")}


def _or_none(said: Any) -> Any:
    return None if said is UNSET else said
