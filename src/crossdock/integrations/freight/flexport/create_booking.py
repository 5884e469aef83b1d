"""`create_booking` becomes `POST /bookings` (model `CreateBooking`).

Flexport keeps no idempotency key. After an interruption the booking is looked for by the name that the caller
gave it, among those of the same companies and day: `GET /bookings` with the filter `f.name`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from crossdock.connector import Asked, LookUp, Reads, VendorAnswer, VendorRequest, WriteOperation
from crossdock.integrations.freight.flexport.answers import PAGE, numbered
from crossdock.integrations.freight.flexport.booking import booking_record, read_back
from crossdock.integrations.freight.flexport.booking_body import (
    Air,
    Cargo,
    CreateBooking,
    Measurements,
    Ocean,
    Product,
    ShippingUnit,
    Truck,
    rules,
)
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET

CHINESE = "zh_CN"
"""The only locale of `description_for_export_customs` that there is."""

UNITS_OF_WEIGHT = {"kg": "kg", "lb": "lbs"}
SIZES = ("twenty_ft", "forty_ft", "forty_ft_hc", "forty_five_ft_hc")


def _given(**values: Any) -> dict[str, Any]:
    """Those of the values that the caller gave."""
    return {name: value for name, value in values.items() if value is not UNSET}


def _day(moment: Any) -> Any:
    """The day of a moment as the caller wrote it, in whatever offset."""
    return moment if moment is UNSET else moment[:10]


def _quantity(value: Any, unit: Any) -> Any:
    return UNSET if value is UNSET else _given(value=value, unit=unit)


def _weight(value: Any, unit: Any) -> Any:
    return _quantity(value, unit if unit is UNSET else UNITS_OF_WEIGHT[unit])


def translate(asked: Asked[CreateBooking], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /bookings`."""
    body = asked.body
    made = _given(
        name=body.name,
        shipper_entity_ref=body.shipper_reference_id,
        consignee_entity_ref=body.consignee_reference_id,
        notify_party=body.notify_party,
        ocean_booking=body.ocean if body.ocean is UNSET else _ocean(body.ocean),
        air_booking=body.air if body.air is UNSET else _carriage(body.air),
        trucking_booking=body.truck if body.truck is UNSET else _truck(body.truck),
        origin_address_ref=body.origin_reference_id,
        destination_address_ref=body.destination_reference_id,
        cargo_ready_date=_day(body.cargo_ready_date),
        delivery_date=_day(body.delivery_date),
        wants_export_customs_service=body.wants_export_customs_service,
        cargo=_cargo(body.cargo),
        special_instructions=body.special_instructions,
    )
    return VendorRequest("POST", "/bookings", body=made)


def _carriage(said: Ocean | Air) -> dict[str, Any]:
    """`CreateAirBooking`, and what `CreateOceanBooking` has in common with it."""
    return _given(
        incoterm=said.incoterm,
        product_descriptions=[_product(product) for product in said.products],
        wants_pickup_service=said.wants_pickup_service,
        wants_delivery_service=said.wants_delivery_service,
        origin_port_loc_code=said.origin_port_code,
        destination_port_loc_code=said.destination_port_code,
    )


def _ocean(said: Ocean) -> dict[str, Any]:
    counts = _given(**{size: getattr(said.containers, size) for size in SIZES})
    return {**_carriage(said), "is_lcl": not said.full_load, "container_counts": counts}


def _truck(said: Truck) -> dict[str, Any]:
    return _given(
        is_ltl=not said.full_load,
        payment_terms=said.payment_terms,
        description_of_products=said.product_description,
    )


def _product(said: Product) -> dict[str, Any]:
    made = {"description": said.description, "hs_code": said.hs_code}
    if said.export_description is not UNSET:
        made["description_for_export_customs"] = said.export_description
        made["description_for_export_customs_locale"] = CHINESE
    return made


def _cargo(said: Cargo) -> dict[str, Any]:
    return _given(
        weight=_weight(said.weight, said.weight_unit),
        volume=_quantity(said.volume, said.volume_unit),
        marks_and_numbers=said.marks_and_numbers,
        shipping_units=[_unit(unit) for unit in said.shipping_units],
        contains_hazmat=said.contains_hazmat,
        contains_magnets=said.contains_magnets,
        contains_other_dangerous_goods=said.contains_other_dangerous_goods,
        contains_li_ion=said.contains_lithium_ion_batteries,
        contains_non_li_ion_battery=said.contains_other_batteries,
        lithium_batteries_packing_types=said.lithium_battery_packings,
    )


def _unit(said: ShippingUnit) -> dict[str, Any]:
    size = Measurements() if said.measurements is UNSET else said.measurements
    return _given(
        name=said.name,
        unit_type=said.unit_type,
        count=said.count,
        atomic_count=said.atomic_count,
        volume=_quantity(said.volume, said.volume_unit),
        weight=_weight(size.weight, size.weight_unit),
        length=_quantity(size.length, size.unit),
        width=_quantity(size.width, size.unit),
        height=_quantity(size.height, size.unit),
    )


def written_id(asked: Asked[CreateBooking], answers: Sequence[VendorAnswer]) -> str:  # noqa: ARG001
    """The id of the booking that was made. Raises `ValueError` when the answer has none."""
    return str(numbered(answers[0].json(), "booking")["id"])


def find(asked: Asked[CreateBooking]) -> VendorRequest:
    """The newest bookings of that name, from the same company to the same one."""
    body = asked.body
    query: dict[str, str | int] = {
        "f.name": body.name,
        "f.shipper_entity_ref": body.shipper_reference_id,
        "f.consignee_entity_ref": body.consignee_reference_id,
        "f.cargo_ready_date": _day(body.cargo_ready_date),
        "sort": "created_at",
        "direction": "desc",
        "per": PAGE,
    }
    return VendorRequest("GET", "/bookings", query)


def found(asked: Asked[CreateBooking], answer: Any) -> str | None:
    """The newest booking that says what the body says of its name, places, day and packages."""
    rows = answer.get("data") if isinstance(answer, dict) else None
    same = [row for row in rows or [] if isinstance(row, dict) and _says(asked.body, row)]
    return str(max(row["id"] for row in same)) if same else None


def _says(body: CreateBooking, row: Mapping[str, Any]) -> bool:
    """Whether it may be this booking; one that is archived was given up."""
    counts = [unit.get("count") for unit in (row.get("cargo") or {}).get("shipping_units") or []]
    return (
        row.get("name") == body.name
        and row.get("status") != "archived"
        and row.get("cargo_ready_date") == _day(body.cargo_ready_date)
        and (row.get("shipper_entity") or {}).get("ref") == body.shipper_reference_id
        and (row.get("consignee_entity") or {}).get("ref") == body.consignee_reference_id
        and counts == [unit.count for unit in body.cargo.shipping_units]
    )


OPERATION = WriteOperation(
    action=write_action("freight", "create_booking"),
    body=CreateBooking,
    translate=translate,
    written_id=written_id,
    read_back=read_back,
    record=booking_record,
    look_up=LookUp(find, found),
    rules=rules,
)
