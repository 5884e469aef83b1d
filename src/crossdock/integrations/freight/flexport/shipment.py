"""Flexport's shipment as the canonical one: model `Shipment`."""

from collections.abc import Mapping
from typing import Any

from crossdock.integrations.freight.flexport.answers import numbered, utc
from crossdock.schemas import freight
from crossdock.schemas.times import UNKNOWN

STATUSES: Mapping[str, freight.FreightStatus] = {
    "seller_location": "pre_transit",
    "origin_stop_off": "in_transit",
    "in_transit_to_departure_port": "in_transit",
    "departure_port": "in_transit",
    "in_transit_to_intermediary_port": "in_transit",
    "intermediary_port": "in_transit",
    "in_transit_to_arrival_port": "in_transit",
    "arrival_port": "arrival_port",
    "deconsolidation": "en_route_to_destination",
    "in_transit_to_final_destination": "en_route_to_destination",
    "destination_stop_off": "en_route_to_destination",
    "gated_out": "en_route_to_destination",
    "final_destination": "final_destination",
}
"""Goods that left the seller are in transit, also before they leave the port."""

PLAIN = (
    "name",
    "priority",
    "freight_type",
    "incoterm",
    "pieces",
    "it_number",
    "metadata",
    "wants_flexport_freight",
    "wants_freight_management_bco",
    "wants_export_customs_service",
    "wants_import_customs_service",
)
TIMES = (
    "archived_at",
    "cargo_ready_date",
    "estimated_departure_date",
    "estimated_picked_up_in_full_date",
    "actual_picked_up_in_full_date",
    "estimated_delivered_in_full_date",
    "actual_delivered_in_full_date",
)
PARTIES = ("shippers", "consignees", "buyers", "sellers", "importers_of_record")
WAYBILLS = {
    "ocean_shipment": ("house_bill_number", "master_bill_number", "carrier_booking_number", "is_lcl"),
    "air_shipment": ("house_airway_bill", "master_airway_bill"),
}


def shipment_record(answer: Any) -> freight.FreightShipment:
    """The canonical record of a decoded `Shipment`. Raises `ValueError` when it is not one.

    Departure and arrival are those of the main voyage, from port to port; when the goods were picked up and
    delivered is among the additional fields. The API says nothing of what a shipment costs: invoices do.
    """
    row = numbered(answer, "shipment")
    created = utc(row.get("created_date"))
    return freight.FreightShipment(
        id=str(row["id"]),
        created_date=created or UNKNOWN,
        updated_date=utc(row.get("updated_at")) or created or UNKNOWN,
        eta_date=utc(row.get("estimated_arrival_date")),
        shipment_date=utc(row.get("actual_departure_date")),
        arrival_date=utc(row.get("actual_arrival_date")),
        status=_status(row),
        raw_status=row.get("status"),
        shipment_method=row.get("transportation_mode") or "",
        additional_fields=_additional(row),
    )


def _status(row: Mapping[str, Any]) -> freight.FreightStatus:
    """A status that is not known is taken from how far the dates say that the goods are."""
    known = STATUSES.get(row.get("status") or "")
    if known is not None:
        return known
    if row.get("actual_delivered_in_full_date"):
        return "final_destination"
    if row.get("actual_arrival_date"):
        return "arrival_port"
    return (
        "in_transit"
        if row.get("actual_departure_date") or row.get("actual_picked_up_in_full_date")
        else "pre_transit"
    )


def _additional(row: Mapping[str, Any]) -> dict[str, Any]:
    more = {name: row.get(name) for name in PLAIN} | {name: utc(row.get(name)) for name in TIMES}
    more["booking_id"] = str(row["booking"]["id"]) if row.get("booking") else None
    for name in ("calculated_weight", "calculated_volume"):
        more[name] = _quantity(row.get(name))
    for name in PARTIES:
        more[name] = [_party(entity) for entity in row.get(name) or []]
    for detail, names in WAYBILLS.items():
        more |= {name: (row.get(detail) or {}).get(name) for name in names}
    more["items"] = [_item(item) for item in row.get("items") or []]
    return more


def _quantity(told: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if not told else {"value": told.get("value"), "unit": told.get("unit")}


def _party(entity: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(entity.get("id") or ""),
        "reference_id": entity.get("ref"),
        "name": entity.get("name"),
    }


def _item(item: Mapping[str, Any]) -> dict[str, Any]:
    product = item.get("product") or {}
    return {
        "purchase_order_number": item.get("purchase_order_number"),
        "sku": product.get("sku"),
        "name": product.get("name"),
        "quantity": item.get("total_units"),
    }
