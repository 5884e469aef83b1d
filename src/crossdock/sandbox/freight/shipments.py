"""Shipments: what became of bookings, moved along stage by stage."""

from datetime import datetime, timedelta

from crossdock.sandbox.refusals import conflict
from crossdock.sandbox.site import Record, Site
from crossdock.schemas.times import wire_time

STAGES = ("pre_transit", "in_transit", "arrival_port", "en_route_to_destination", "final_destination")
DAYS_UNDER_WAY = {"ocean": 12, "air": 3, "truck": 2}
COST_PER_KILOGRAM = {"ocean": 0.4, "air": 4.2, "truck": 0.3}
FIXED_COST = 250.0


def begin_shipment(site: Site, booking_id: str) -> Record:
    """The shipment of a booking, which is `shipped` then. Raises `Refused`, with 409 for one past that."""
    booking = site.get("freight_bookings", booking_id)
    if booking["status"] not in ("submitted", "booked"):
        raise conflict(f"{booking_id} is {booking['status']} and becomes no shipment.")
    method = booking["shipment_method"]
    ready = max(datetime.fromisoformat(booking["cargo_ready_date"]), datetime.fromisoformat(site.now))
    weight = booking["cargo"].get("weight") or 0.0
    fields = {
        "status": STAGES[0],
        "shipment_method": method,
        "eta_date": wire_time(ready + timedelta(days=DAYS_UNDER_WAY[method])),
        "shipment_date": None,
        "arrival_date": None,
        "cost": round(FIXED_COST + weight * COST_PER_KILOGRAM[method], 2),
        "additional_fields": {
            "booking_id": booking_id,
            "name": booking["name"],
            "origin_reference_id": booking["origin"]["reference_id"],
            "destination_reference_id": booking["destination"]["reference_id"],
        },
    }
    shipment = site.save("freight_shipments", site.new("freight_shipments", fields))
    site.save("freight_bookings", {**booking, "status": "shipped", "shipment_id": shipment["id"]})
    return shipment


def move_on(site: Site, shipment_id: str) -> Record:
    """The shipment one stage on. Raises `Refused`: 404 for none, 409 for one that has arrived."""
    shipment = site.get("freight_shipments", shipment_id)
    stage = STAGES.index(shipment["status"]) + 1
    if stage == len(STAGES):
        raise conflict(f"{shipment_id} is at its final destination.")
    shipment["status"] = STAGES[stage]
    if shipment["status"] == "in_transit":
        shipment["shipment_date"] = site.now
    if shipment["status"] == "arrival_port":
        shipment["arrival_date"] = site.now
    return site.save("freight_shipments", shipment)
