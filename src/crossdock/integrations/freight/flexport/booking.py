"""Flexport's booking as the canonical one: model `Booking`."""

from collections.abc import Mapping
from typing import Any

from crossdock.connector import Account, VendorRequest, vendor_path
from crossdock.integrations.freight.flexport.answers import numbered, utc
from crossdock.schemas import freight
from crossdock.schemas.addresses import Measurements, ShipFromAddress
from crossdock.schemas.times import UNKNOWN

STATUSES: Mapping[str, freight.BookingStatus] = {
    "draft": "draft",
    "submitted": "submitted",
    "booked": "booked",
    "shipment": "shipped",
    "archived": "archived",
}
UNITS_OF_WEIGHT: Mapping[Any, Any] = {"kg": "kg", "lbs": "lb"}
CARRIAGES = ("ocean_booking", "air_booking", "trucking_booking")


def read_back(account: Account, record_id: str) -> VendorRequest:  # noqa: ARG001
    """`GET /bookings/{id}`."""
    return VendorRequest("GET", vendor_path("bookings", record_id))


def booking_record(answer: Any) -> freight.FreightBooking:
    """The canonical record of a decoded `Booking`. Raises `ValueError` when it is not one.

    Flexport does not tell when a booking was changed.
    """
    row = numbered(answer, "booking")
    carriage: Mapping[str, Any] = next((row[name] for name in CARRIAGES if row.get(name)), {})
    trucking = row.get("trucking_booking") or {}
    return freight.FreightBooking(
        id=str(row["id"]),
        created_date=utc(row.get("created_at")) or UNKNOWN,
        updated_date=UNKNOWN,
        name=row.get("name"),
        status=STATUSES.get(row.get("status") or "", "other"),
        raw_status=row.get("status"),
        shipment_method=row.get("transportation_mode"),
        shipment_id=str(row["shipment"]["id"]) if row.get("shipment") else None,
        shipper=_party(row.get("shipper_entity")),
        consignee=_party(row.get("consignee_entity")),
        notify_party=row.get("notify_party"),
        origin=_place(row.get("origin_address")),
        destination=_place(row.get("destination_address")),
        origin_port_code=_port_code(carriage.get("origin_port")),
        destination_port_code=_port_code(carriage.get("destination_port")),
        cargo_ready_date=utc(row.get("cargo_ready_date")),
        delivery_date=utc(row.get("delivery_date")),
        incoterm=carriage.get("incoterm"),
        full_load=_full_load(row.get("ocean_booking") or {}, trucking),
        payment_terms=trucking.get("payment_terms"),
        wants_pickup_service=carriage.get("wants_pickup_service"),
        wants_delivery_service=carriage.get("wants_delivery_service"),
        wants_export_customs_service=row.get("wants_export_customs_service"),
        containers=_containers(carriage.get("container_counts") or {}),
        products=_products(carriage),
        cargo=_cargo(row.get("cargo") or {}),
        special_instructions=row.get("special_instructions"),
        additional_fields={
            "metadata": row.get("metadata"),
            "wants_import_customs_service": row.get("wants_import_customs_service"),
        },
    )


def _party(entity: Mapping[str, Any] | None) -> freight.FreightParty:
    if not entity:
        return freight.FreightParty()
    number = entity.get("id")
    return freight.FreightParty(
        id=None if number is None else str(number), reference_id=entity.get("ref"), name=entity.get("name")
    )


def _place(address: Mapping[str, Any] | None) -> freight.FreightPlace:
    told = address or {}
    return freight.FreightPlace(
        reference_id=told.get("ref"),
        address=ShipFromAddress(
            address1=told.get("street_address"),
            address2=told.get("street_address2"),
            city=told.get("city"),
            state=told.get("state"),
            postal_code=told.get("zip"),
            country=told.get("country_code") or told.get("country"),
        ),
    )


def _port_code(place: Mapping[str, Any] | None) -> str | None:
    """The UN/LOCODE of a port: its address has it, or else what describes the port."""
    if not place:
        return None
    found = [(place.get("address") or {}).get("unlocode")]
    found += [detail.get("port_code") for detail in place.get("details") or []]
    return next((code for code in found if code), None)


def _full_load(ocean: Mapping[str, Any], trucking: Mapping[str, Any]) -> bool | None:
    if isinstance(ocean.get("is_lcl"), bool):
        return not ocean["is_lcl"]
    return trucking.get("is_ftl")


def _containers(counts: Mapping[str, Any]) -> dict[str, int]:
    return {size: count for size, count in counts.items() if isinstance(count, int) and count}


def _products(carriage: Mapping[str, Any]) -> list[freight.FreightProduct]:
    if carriage.get("description_of_products"):
        return [freight.FreightProduct(description=carriage["description_of_products"])]
    return [
        freight.FreightProduct(
            description=product.get("description"),
            hs_code=(product.get("hs_code") or {}).get("code"),
            export_description=product.get("description_for_export_customs"),
        )
        for product in carriage.get("product_descriptions") or []
    ]


def _cargo(cargo: Mapping[str, Any]) -> freight.FreightCargo:
    weight, volume = cargo.get("weight") or {}, cargo.get("volume") or {}
    return freight.FreightCargo(
        weight=weight.get("value"),
        weight_unit=UNITS_OF_WEIGHT.get(weight.get("unit")),
        volume=volume.get("value"),
        volume_unit=volume.get("unit"),
        marks_and_numbers=cargo.get("marks_and_numbers"),
        contains_hazmat=cargo.get("contains_hazmat"),
        contains_magnets=cargo.get("contains_magnets"),
        contains_lithium_ion_batteries=cargo.get("contains_li_ion"),
        contains_other_batteries=cargo.get("contains_non_li_ion_battery"),
        contains_other_dangerous_goods=cargo.get("contains_other_dangerous_goods"),
        lithium_battery_packings=cargo.get("lithium_batteries_packing_types") or [],
        shipping_units=[_unit(unit) for unit in cargo.get("shipping_units") or []],
    )


def _unit(unit: Mapping[str, Any]) -> freight.FreightShippingUnit:
    weight, volume = unit.get("weight") or {}, unit.get("volume") or {}
    size = {name: unit.get(name) or {} for name in ("length", "width", "height")}
    return freight.FreightShippingUnit(
        name=unit.get("name"),
        unit_type=unit.get("unit_type"),
        count=unit.get("count") or 0,
        atomic_count=unit.get("atomic_count"),
        volume=volume.get("value"),
        volume_unit=volume.get("unit"),
        measurements=Measurements(
            length=size["length"].get("value"),
            width=size["width"].get("value"),
            height=size["height"].get("value"),
            unit=next((told["unit"] for told in size.values() if told.get("unit")), None),
            weight=weight.get("value"),
            weight_unit=UNITS_OF_WEIGHT.get(weight.get("unit")),
        ),
    )
