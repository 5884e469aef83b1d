"""The freight sandbox through the doors of the contract: bookings, and shipments in every status."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

import orjson
import pytest
import sqlalchemy as sa

from crossdock.doubles.sandbox.freight import create_booking
from crossdock.doubles.stand import Surroundings
from crossdock.sandbox.freight.generate import generator
from crossdock.sandbox.freight.shipments import begin_shipment, move_on
from crossdock.sandbox.memory import MemoryShelves
from crossdock.sandbox.refusals import Refused
from crossdock.sandbox.site import Site
from crossdock.schemas.freight import FreightStatus
from crossdock.schemas.freight.lists import LISTS
from crossdock.storage import tables
from tests.support.generated import Generated, generated

BOOKINGS = "/freight/bookings"
NOW = "2026-06-01T12:00:00Z"


@pytest.fixture(scope="module")
def freight(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generated]:
    with generated(tmp_path_factory.mktemp("freight"), "freight") as world:
        world.sync()
        yield world


def a_booking(name: str = "PO 1", **changes: Any) -> dict[str, Any]:
    """The stand's example; a change to `None` leaves the field out."""
    example = create_booking(Surroundings("1", lambda action, body, record_id="": {}))
    body = {**example.body, "name": name, **changes}
    return {field: value for field, value in body.items() if value is not None}


def filled(seed: int = 1) -> Site:
    site = Site(MemoryShelves(), NOW)
    generator(seed)(site)
    return site


def told(freight: Generated, record_id: str) -> list[str]:
    """The types of the events about a record, the oldest first."""
    columns = tables.events.c
    query = sa.select(columns.event_type, columns.payload).order_by(columns.created_at)
    with freight.service.database.transaction(writes=False) as db:
        rows = db.execute(query).all()
    return [row.event_type for row in rows if orjson.loads(row.payload)["data"].get("id") == record_id]


def test_every_list_has_records(freight: Generated) -> None:
    for function in LISTS:
        assert freight.get(function.path), function.path


def test_there_are_shipments_in_every_status(freight: Generated) -> None:
    shipments = freight.get("/freight/shipments")
    counted = Counter(row["status"] for row in shipments)
    assert counted == dict.fromkeys(get_args(FreightStatus), 2)
    for row in shipments:
        assert (row["shipment_date"] is None) == (row["status"] == "pre_transit")
        assert (row["arrival_date"] is None) == (row["status"] in ("pre_transit", "in_transit"))
        assert row["cost"] > 0
        assert row["raw_status"] == row["status"]


def test_bookings_and_shipments_name_each_other(freight: Generated) -> None:
    bookings = {row["id"]: row for row in freight.get(BOOKINGS)}
    for shipment in freight.get("/freight/shipments"):
        booking = bookings[shipment["additional_fields"]["booking_id"]]
        assert (booking["shipment_id"], booking["status"]) == (shipment["id"], "shipped")
        assert booking["shipment_method"] == shipment["shipment_method"]
    methods = {row["shipment_method"] for row in bookings.values()}
    assert methods == {"ocean", "air", "truck"}
    assert {"draft", "submitted", "booked", "archived"} <= {row["status"] for row in bookings.values()}


def test_write_info_names_the_companies_and_places(freight: Generated) -> None:
    document = freight.call("GET", "/integrations/freight/sandbox/write-info").json()
    schema = document["components"]["schemas"]["CreatefreightBookingSandboxSchema"]["properties"]
    assert schema["consignee_reference_id"]["enum"] == ["example-ltd", "sample-gmbh", "example-llc"]
    assert "warehouse-1" in schema["destination_reference_id"]["enum"]


def test_a_booking_is_kept_as_it_was_said(freight: Generated) -> None:
    body = a_booking("PO said")
    record = freight.write("POST", BOOKINGS, body)
    assert (record["status"], record["shipment_method"], record["shipment_id"]) == (
        "submitted",
        "ocean",
        None,
    )
    assert (record["incoterm"], record["full_load"], record["containers"]) == ("FOB", True, {"forty_ft": 1})
    assert record["shipper"]["reference_id"] == body["shipper_reference_id"]
    assert record["origin"]["address"]["city"] == "Ningbo"
    assert record["cargo_ready_date"] == body["cargo_ready_date"]
    assert record["cargo"]["weight"] == 2300.4
    assert record["cargo"]["shipping_units"][0]["measurements"]["weight_unit"] == "kg"
    assert freight.get(f"{BOOKINGS}/{record['id']}") == record
    truck = {"payment_terms": "collect", "product_description": "Mugs"}
    by_road = freight.write("POST", BOOKINGS, a_booking("PO road", ocean=None, truck=truck))
    assert (by_road["shipment_method"], by_road["payment_terms"]) == ("truck", "collect")
    assert by_road["products"][0]["description"] == "Mugs"


def test_a_booking_is_announced_and_listed_as_it_was_answered(freight: Generated) -> None:
    record = freight.write("POST", BOOKINGS, a_booking("PO told"))
    freight.call("POST", "/connections/sync")
    freight.sync()
    assert freight.get(f"{BOOKINGS}/{record['id']}") == record
    assert told(freight, record["id"]) == ["freight-booking.created"]


def test_a_booking_becomes_a_shipment_that_moves_on(freight: Generated) -> None:
    booking = freight.write("POST", BOOKINGS, a_booking("PO moved"))
    shipment = freight.write("PUT", f"/sandbox/simulate/freight/bookings/{booking['id']}/ship")
    path = f"/freight/shipments/{shipment['id']}"
    seen = [freight.get(path)["status"]]
    for _ in range(4):
        moved = freight.write("PUT", f"/sandbox/simulate{path}/advance")
        assert freight.get(path) == moved
        seen.append(moved["status"])
    assert seen == list(get_args(FreightStatus))
    freight.refused(409, [], "PUT", f"/sandbox/simulate{path}/advance")
    freight.refused(409, [], "PUT", f"/sandbox/simulate/freight/bookings/{booking['id']}/ship")
    freight.refused(404, [], "PUT", "/sandbox/simulate/freight/shipments/none/advance")
    assert told(freight, shipment["id"]) == ["freight-shipment.created"] + 4 * ["freight-shipment.updated"]


@pytest.mark.parametrize(
    ("pointers", "changes"),
    [
        ([""], {"ocean": None}),
        ([""], {"truck": {}}),
        (["/shipper_reference_id"], {"shipper_reference_id": "nobody"}),
        (["/destination_reference_id"], {"destination_reference_id": "nowhere"}),
        (["/ocean/origin_port_code"], {"ocean": {"origin_port_code": "Ningbo"}}),
        (["/cargo/shipping_units"], {"cargo": {}}),
        (["/cargo/shipping_units/0/count"], {"cargo": {"shipping_units": [{"count": -1}]}}),
        (["/cargo_ready_date"], {"cargo_ready_date": "tomorrow"}),
    ],
)
def test_a_booking_that_cannot_be(freight: Generated, pointers: list[str], changes: dict[str, Any]) -> None:
    freight.refused(422, pointers, "POST", BOOKINGS, a_booking(**changes))


def test_what_the_contract_has_not_for_forwarders_is_not_there(freight: Generated) -> None:
    assert freight.call("POST", "/freight/passthrough", {}).status_code == 404
    assert freight.call("GET", "/erp/items").status_code == 501


def test_the_same_seed_and_moment_give_the_same_records() -> None:
    one, other = filled(), filled()
    for kind in ("freight_companies", "freight_places", "freight_bookings", "freight_shipments"):
        assert one.shelves.all(kind) == other.shelves.all(kind)
    assert filled(2).shelves.all("freight_bookings") != one.shelves.all("freight_bookings")
    for record in one.shelves.all("freight_shipments"):
        assert record["created_date"] < record["updated_date"] <= NOW or record["status"] == "pre_transit"


def test_a_shipment_moves_on_until_it_is_there() -> None:
    site = filled()
    submitted = site.shelves.with_status("freight_bookings", "submitted")[0]
    shipment = begin_shipment(site, submitted["id"])
    seen = [shipment["status"]]
    while seen[-1] != "final_destination":
        seen.append(move_on(site, shipment["id"])["status"])
    assert seen == list(get_args(FreightStatus))
    with pytest.raises(Refused, match="final destination"):
        move_on(site, shipment["id"])
    with pytest.raises(Refused, match="is shipped"):
        begin_shipment(site, submitted["id"])
