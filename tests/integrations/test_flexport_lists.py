"""Flexport's lists as its double has them, through a sync and out of Crossdock's own doors."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import orjson
import pytest

from crossdock.connector import ListOperation
from crossdock.doubles.flexport import FlexportDouble
from crossdock.doubles.flexport.seed import STATUSES, seeded
from crossdock.doubles.flexport.shipments import add_shipment, moved
from crossdock.doubles.flexport.stand import KEY, STAND
from crossdock.integrations.freight.flexport import answers, lists
from crossdock.integrations.freight.flexport.shipment import shipment_record
from crossdock.records.canonical import NotCanonical, canonical
from tests.support.vendor_world import VendorWorld, play

Play = Callable[[Callable[[VendorWorld], Awaitable[None]]], None]


@pytest.fixture
def double() -> FlexportDouble:
    return FlexportDouble(key=KEY)


@pytest.fixture
def played(tmp_path: Path, double: FlexportDouble) -> Play:
    return lambda scene: play(tmp_path, "freight/flexport", double, STAND.credentials, scene)


def asked(double: FlexportDouble, path: str) -> list[dict[str, str]]:
    """The queries of a path so far."""
    found = [request for request in double.requests if (request.method, request.path) == ("GET", path)]
    return [{name: values[0] for name, values in parse_qs(request.query).items()} for request in found]


def operation(name: str) -> ListOperation:
    return next(found for found in lists.OPERATIONS if found.function.name == name)


def row(number: int, **changes: Any) -> dict[str, Any]:
    """A shipment of the seed, with changes."""
    return {**seeded().shipments[number], **changes}


def test_both_lists_are_read_over_their_pages(
    double: FlexportDouble, played: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "PAGE", 3)

    async def scene(world: VendorWorld) -> None:
        double.requests.clear()
        await world.sync("get_shipments", "get_bookings")
        shipments, bookings = await world.listed("get_shipments"), await world.listed("get_bookings")
        assert set(shipments) == {str(number) for number in double.state.shipments}
        assert set(bookings) == {str(number) for number in double.state.bookings}
        after = [query.get("f.created_at.gt") for query in asked(double, "/bookings")]
        assert after == [None, "2026-03-03T11:59:59.999Z"]
        assert all(query["sort"] == "updated_at" for query in asked(double, "/shipments"))
        assert await world.put_aside() == []

    played(scene)


def test_a_shipment_that_moves_while_the_list_is_read_shifts_no_page(
    double: FlexportDouble, played: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read by page number alone, 2006 would come to stand where a page was read already."""
    monkeypatch.setattr(answers, "PAGE", 5)
    perform = double.perform
    waiting = [2003]

    def and_one_moves(call: Any, received: Any, headers: Any) -> Any:
        answer = perform(call, received, headers)
        if call.path == "/shipments" and waiting:
            moved(double.state, waiting.pop(), name="Moved")
        return answer

    async def scene(world: VendorWorld) -> None:
        monkeypatch.setattr(double, "perform", and_one_moves)
        await world.sync("get_shipments")
        found = await world.listed("get_shipments")
        assert set(found) == {str(number) for number in double.state.shipments}
        assert found["2003"]["additional_fields"]["name"] == "Moved"

    played(scene)


def test_a_booking_that_goes_while_the_list_is_read_shifts_no_page(
    double: FlexportDouble, played: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read by page number alone, 5003 would come to stand on a page that was read already."""
    monkeypatch.setattr(answers, "PAGE", 2)
    perform = double.perform

    def and_one_goes(call: Any, received: Any, headers: Any) -> Any:
        answer = perform(call, received, headers)
        if call.path == "/bookings":
            double.state.bookings.pop(5001, None)
        return answer

    async def scene(world: VendorWorld) -> None:
        monkeypatch.setattr(double, "perform", and_one_goes)
        await world.sync("get_bookings")
        assert {"5002", "5003", "5004", "5005"} <= set(await world.listed("get_bookings"))

    played(scene)


def test_shipments_that_changed_at_one_moment_are_all_read(
    double: FlexportDouble, played: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "PAGE", 4)

    async def scene(world: VendorWorld) -> None:
        double.state.stopped_at = "2026-04-01T00:00:00.000Z"
        for number in range(11):
            add_shipment(double.state, f"Together {number}", "seller_location")
        await world.sync("get_shipments")
        assert set(await world.listed("get_shipments")) == {str(number) for number in double.state.shipments}

    played(scene)


def test_shipments_are_read_from_the_newest_change_on_and_a_little_before(
    double: FlexportDouble, played: Play
) -> None:
    async def scene(world: VendorWorld) -> None:
        await world.sync("get_shipments")
        double.requests.clear()
        double.state.stopped_at = "2026-03-05T11:55:00.000Z"
        moved(double.state, 2001, status="departure_port")
        await world.sync("get_shipments")
        assert asked(double, "/shipments")[0]["f.updated_at.gt"] == "2026-03-01T11:54:59.999Z"
        found = await world.listed("get_shipments")
        assert (found["2001"]["status"], found["2001"]["raw_status"]) == ("in_transit", "departure_port")
        assert found["2001"]["updated_date"] == "2026-03-05T11:55:00Z"
        assert await world.told("2001") == ["freight-shipment.updated"]

    double.state.shipments[2016]["updated_at"] = "2026-03-01T12:00:00.000Z"
    played(scene)


def test_a_window_is_asked_for_with_both_its_ends(double: FlexportDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        body = {
            "function_name": "get_shipments",
            "start_time": "2026-02-03T09:30:00Z",
            "end_time": "2026-02-05T00:00:00Z",
        }
        answer = await world.api.post("/connections/on-demand-syncs", json=body)
        assert answer.status_code in {200, 201, 202}, answer.text
        await world.sync()
        assert set(await world.listed("get_shipments")) == {"2003", "2004"}

    played(scene)


EXPECTED = (["pre_transit"] + 6 * ["in_transit"] + ["arrival_port"] + 4 * ["en_route_to_destination"]) + [
    "final_destination"
]


def test_every_status_of_the_vendor_has_one_of_the_contract() -> None:
    records = [shipment_record(row(2001 + number)) for number in range(len(STATUSES))]
    assert [record.status for record in records] == EXPECTED
    assert [record.raw_status for record in records] == list(STATUSES)


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        ({}, "pre_transit"),
        ({"actual_picked_up_in_full_date": "2026-02-01T00:00:00Z"}, "in_transit"),
        ({"actual_departure_date": "2026-02-01T00:00:00Z"}, "in_transit"),
        ({"actual_arrival_date": "2026-02-20T00:00:00Z"}, "arrival_port"),
        ({"actual_delivered_in_full_date": "2026-02-22T00:00:00Z"}, "final_destination"),
    ],
)
@pytest.mark.parametrize("said", ["on_the_moon", None])
def test_a_status_that_is_not_known_is_taken_from_the_dates(
    said: str | None, dates: dict[str, str], status: str
) -> None:
    record = shipment_record(row(2001, status=said, **dates))
    assert (record.status, record.raw_status) == (status, said)


def test_a_shipment_has_its_dates_in_utc_and_its_parties() -> None:
    record = shipment_record(row(2013))
    assert record.eta_date == "2026-02-24T20:00:00Z"
    assert record.shipment_date == "2026-02-03T22:00:00Z"
    assert record.arrival_date == "2026-02-26T02:00:00Z"
    assert (record.created_date, record.cost, record.shipment_method) == (
        "2026-02-13T09:30:00Z",
        None,
        "ocean",
    )
    more = record.additional_fields
    assert more["cargo_ready_date"] == "2026-01-20T00:00:00Z"
    assert more["actual_delivered_in_full_date"] == "2026-03-01T20:00:00Z"
    assert more["shippers"] == [{"id": "301", "reference_id": "example-ltd", "name": "Example Ltd"}]
    assert more["master_bill_number"] == "MB2013"


@pytest.mark.parametrize(
    "wrong",
    [{}, {"id": "x"}, row(2001, created_date="soon"), row(2001, updated_at="9999-12-31T23:00:00-08:00")],
)
def test_a_row_that_is_no_shipment_is_put_aside(wrong: dict[str, Any]) -> None:
    with pytest.raises(NotCanonical):
        canonical(operation("get_shipments").record, wrong)


def test_texts_of_any_kind_and_length_survive() -> None:
    name = "\N{PACKAGE}" * 300_000
    assert shipment_record(row(2001, name=name)).additional_fields["name"] == name


def test_a_booking_that_was_made_is_listed_as_it_was_answered(double: FlexportDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        await world.sync("get_bookings")
        made = await world.written(STAND, "create_booking")
        await world.is_listed("get_bookings", made["bookings"])
        assert await world.told(made["bookings"]["id"]) == ["freight-booking.created"]

    played(scene)


def test_a_booking_that_became_a_shipment_is_told_of(double: FlexportDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        await world.sync("get_bookings")
        double.state.bookings[5002] |= {
            "status": "shipment",
            "shipment": double.state.bookings[5001]["shipment"],
        }
        await world.sync("get_bookings")
        found = await world.listed("get_bookings")
        assert (found["5002"]["status"], found["5002"]["shipment_id"]) == ("shipped", "2016")
        assert await world.told("5002") == ["freight-booking.updated"]
        del double.state.bookings[5003]
        await world.sync("get_bookings")
        assert set(await world.listed("get_bookings")) == {"5001", "5002", "5004", "5005"}

    played(scene)


def test_bookings_are_filtered_by_what_they_are_known_by(double: FlexportDouble, played: Play) -> None:
    async def scene(world: VendorWorld) -> None:
        await world.sync("get_bookings")
        for query, ids in (
            ({"status": "booked"}, ["5002"]),
            ({"name[eq]": "Booking 4"}, ["5004"]),
            ({"shipment_id[eq]": "2016"}, ["5001"]),
        ):
            found = await world.get("/freight/bookings", **query)
            assert [record["id"] for record in found] == ids, query
        truck = await world.get("/freight/bookings/5004")
        assert (truck["shipment_method"], truck["full_load"], truck["payment_terms"]) == (
            "truck",
            False,
            "collect",
        )
        assert truck["products"] == [{"description": "Mugs", "hs_code": None, "export_description": None}]

    played(scene)


def test_a_double_that_wraps_what_was_written_is_understood_too(double: FlexportDouble, played: Play) -> None:
    """The specification describes the answer to a write bare; every other one has a response around it."""
    made = FlexportDouble().state
    booking = {**next(iter(made.bookings.values())), "id": 5006}
    double.state.bookings[5006] = booking
    wrapped = orjson.dumps({"_object": "/api/response", "version": 2, "self": "", "data": booking}).decode()
    double.misbehave("POST", "/bookings", "status_before", status=200, body=wrapped)

    async def scene(world: VendorWorld) -> None:
        assert (await world.written(STAND, "create_booking"))["bookings"]["id"] == "5006"

    played(scene)
