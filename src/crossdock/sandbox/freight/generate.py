"""The first records of a freight sandbox: made by the operations that callers use, each at its past time."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from crossdock.sandbox.freight import bodies, samples
from crossdock.sandbox.freight.bookings import place_booking
from crossdock.sandbox.freight.shipments import STAGES, begin_shipment, move_on
from crossdock.sandbox.site import Record, Site
from crossdock.schemas.times import wire_time

DAYS = 28
FATES = (
    *reversed(STAGES), "archived", *reversed(STAGES), "booked", "submitted", "submitted", "draft",
)  # fmt: skip
"""What becomes of each booking, the oldest first: a shipment of that stage, or a status of its own."""

BETWEEN_BOOKINGS = 1.7
STAGE = 2.0
"""Days."""


def generator(seed: int) -> Callable[[Site], None]:
    """What fills an empty sandbox: the same records for the same seed and the same moment."""

    def fill(site: Site) -> None:
        end = datetime.fromisoformat(site.now)
        chance = random.Random(seed)  # noqa: S311  (no secret)
        start = end - timedelta(days=DAYS)

        def at(day: float) -> None:
            site.now = wire_time(min(end, start + timedelta(days=day)))

        at(0)
        _network(site)
        for number, fate in enumerate(FATES):
            day = 1 + number * BETWEEN_BOOKINGS
            at(day)
            booking = _booking(site, chance, number)
            if fate not in STAGES:
                site.save("freight_bookings", {**booking, "status": fate})
                continue
            at(day + 1)
            shipment = begin_shipment(site, booking["id"])
            for stage in range(STAGES.index(fate)):
                at(day + 1 + STAGE * (stage + 1))
                move_on(site, shipment["id"])
        site.now = wire_time(end)

    return fill


def _network(site: Site) -> None:
    for reference, name in samples.COMPANIES:
        fields = {"reference_id": reference, "name": name}
        site.save("freight_companies", site.new("freight_companies", fields))
    for reference, name, street, city, state, postal_code, country in samples.PLACES:
        address = {
            "address1": street,
            "city": city,
            "state": state,
            "postal_code": postal_code,
            "country": country,
        }
        fields = {"reference_id": reference, "name": name}
        site.save("freight_places", site.new("freight_places", {**fields, "address": address}))


def _booking(site: Site, chance: random.Random, number: int) -> Record:
    method = samples.METHODS[number % len(samples.METHODS)]
    goods, hs_code = chance.choice(samples.GOODS)
    count = chance.randint(2, 20)
    size = bodies.Measurements(length=120, width=80, height=115, unit="cm", weight=250, weight_unit="kg")
    unit = bodies.ShippingUnit(
        name=goods, unit_type="pallet", count=count, atomic_count=24, measurements=size
    )
    product = bodies.Product(description=goods, hs_code=hs_code)
    origin, destination, out, into = samples.ROUTES[method]
    body = bodies.PlaceBooking(
        name=f"PO {1001 + number}",
        shipper_reference_id=chance.choice(("example-ltd", "sample-gmbh")),
        consignee_reference_id="example-llc",
        origin_reference_id=origin,
        destination_reference_id=destination,
        cargo_ready_date=datetime.fromisoformat(site.now) + timedelta(days=1),
        cargo=bodies.Cargo(
            weight=250.0 * count,
            weight_unit="kg",
            volume=1.1 * count,
            volume_unit="cbm",
            shipping_units=[unit],
        ),
    )
    if method == "truck":
        body.truck = bodies.Truck(full_load=False, payment_terms="prepaid", product_description=goods)
    if method == "air":
        body.air = bodies.Air(
            incoterm="FCA", products=[product], origin_port_code=out, destination_port_code=into
        )
    if method == "ocean":
        body.ocean = bodies.Ocean(
            incoterm="FOB",
            full_load=True,
            containers=bodies.Containers(forty_ft=1),
            products=[product],
            wants_pickup_service=True,
            wants_delivery_service=True,
            origin_port_code=out,
            destination_port_code=into,
        )
    return place_booking(site, body)
