"""The Flexport double: what it keeps, and what it refuses in Flexport's own form."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from crossdock.doubles.flexport import FlexportDouble
from crossdock.doubles.flexport.seed import OCEAN, STATUSES, a_booking, cargo
from crossdock.doubles.server import running


@dataclass
class Api:
    """A double and who speaks to it."""

    double: FlexportDouble
    client: httpx.Client

    def get(self, path: str, **query: Any) -> Any:
        """The data of a read."""
        answer = self.client.get(path, params={name.replace("__", "."): v for name, v in query.items()})
        assert answer.status_code == 200, answer.text
        assert answer.json()["_object"] == "/api/response"
        return answer.json()["data"]

    def refused(self, method: str, path: str, status: int, body: Any = None, **params: Any) -> str:
        """The words of a call that is refused."""
        answer = self.client.request(method, path, json=body, **params)
        assert answer.status_code == status, answer.text
        error = answer.json()["error"]
        assert (error["_object"], error["status"]) == ("/api/error", status)
        return str(error["message"])


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[FlexportDouble, str]]:
    double = FlexportDouble(key="secret")
    with running(double) as url:
        yield double, url


@pytest.fixture
def api(served: tuple[FlexportDouble, str]) -> Iterator[Api]:
    double, url = served
    double.state = FlexportDouble().state
    double.violations.clear()
    headers = {"authorization": "Bearer secret", "flexport-version": "2"}
    with httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=30) as client:
        yield Api(double, client)


def ids(page: Any) -> list[Any]:
    return [row["id"] for row in page["data"]]


def test_a_page_links_to_those_beside_it(api: Api) -> None:
    first = api.get("/shipments", per=6, direction="asc")
    assert (ids(first), first["prev"], first["total_count"]) == (list(range(2001, 2007)), None, 16)
    second = api.get("/shipments", **httpx.URL(first["next"]).params)
    assert ids(second) == list(range(2007, 2013))
    last = api.get("/shipments", per=6, direction="asc", page=3)
    assert (ids(last), last["next"]) == (list(range(2013, 2017)), None)
    assert api.double.violations == []


def test_the_newest_comes_first_unless_asked_otherwise(api: Api) -> None:
    assert ids(api.get("/shipments"))[:2] == [2016, 2015]
    assert ids(api.get("/bookings")) == [5005, 5004, 5003, 5002, 5001]
    assert ids(api.get("/bookings", sort="created_at", direction="asc"))[0] == 5001


def test_shipments_are_found_by_when_they_changed(api: Api) -> None:
    moment = "2026-02-12T09:30:00.250Z"
    by_change = {"sort": "updated_at", "direction": "asc"}
    assert ids(api.get("/shipments", f__updated_at__gt=moment, **by_change))[0] == 2013
    assert (
        ids(api.get("/shipments", f__updated_at__gt="2026-02-12T10:30:00.249+01:00", **by_change))[0] == 2012
    )
    assert ids(api.get("/shipments", f__updated_at__lt=moment, **by_change))[-1] == 2011
    assert "f.updated_at.gt" in api.refused("GET", "/shipments", 400, params={"f.updated_at.gt": "soon"})
    moved = api.client.post("/_double/move-shipment", json={"id": 2001, "status": "departure_port"})
    assert moved.status_code == 200
    assert ids(api.get("/shipments", **by_change))[-1] == 2001


def test_there_is_a_shipment_of_every_status(api: Api) -> None:
    assert [api.get("/shipments/" + str(2001 + n))["status"] for n in range(13)] == list(STATUSES)
    assert ids(api.get("/shipments", f__status="gated_out")) == [2012]
    assert "2999" in api.refused("GET", "/shipments/2999", 404)


def test_a_booking_is_kept_and_becomes_a_shipment(api: Api) -> None:
    answer = api.client.post("/bookings", json=a_booking("PO 7", ocean_booking=OCEAN))
    assert answer.status_code == 200, answer.text
    made = answer.json()
    assert (made["_object"], made["status"], made["transportation_mode"]) == (
        "/booking",
        "submitted",
        "ocean",
    )
    assert api.get(f"/bookings/{made['id']}") == made
    assert ids(api.get("/bookings", f__name="PO 7")) == [made["id"]]
    shipped = api.client.post("/_double/ship-booking", json={"id": made["id"]}).json()["id"]
    assert api.get(f"/shipments/{shipped}")["booking"]["id"] == made["id"]
    assert api.get(f"/bookings/{made['id']}")["shipment"]["id"] == shipped
    assert api.double.violations == []


AIR = {name: OCEAN[name] for name in ("incoterm", "product_descriptions", "wants_pickup_service")}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"shipper_entity_ref": "nobody"}, "shipper_entity_ref nobody was not found"),
        ({"destination_address_ref": "nowhere"}, "destination_address_ref nowhere was not found"),
        ({"ocean_booking": OCEAN, "air_booking": AIR}, "exactly one"),
        ({"ocean_booking": {**OCEAN, "origin_port_loc_code": "XXXXX"}}, "XXXXX was not found"),
        (
            {"ocean_booking": None, "air_booking": {**AIR, "wants_pickup_service": False}},
            "is required without",
        ),
        ({"origin_address_ref": "factory-1"}, "description_for_export_customs is required"),
        ({"cargo": cargo(shipping_units=[])}, "cargo.shipping_units is required"),
        ({"cargo": cargo(contains_li_ion=True)}, "lithium_batteries_packing_types is required"),
        ({"cargo": cargo(shipping_units=[{"count": 1, "unit_type": "pallet"}])}, "atomic_count"),
        ({"cargo": cargo(shipping_units=[{"count": 1, "unit_type": "sack"}])}, "need a unit_type"),
    ],
)
def test_a_booking_that_cannot_be(api: Api, changes: dict[str, Any], words: str) -> None:
    body = {**a_booking("PO 8", ocean_booking=OCEAN), **changes}
    body = {name: value for name, value in body.items() if value is not None}
    assert words in api.refused("POST", "/bookings", 400, body)
    assert len(api.double.state.bookings) == 5
    assert api.double.violations == []


def test_a_body_that_breaks_the_specification_is_a_violation(api: Api) -> None:
    body = a_booking("PO 9", ocean_booking=OCEAN, colour="red")
    assert "specification violation" in api.refused("POST", "/bookings", 500, body)
    assert len(api.double.violations) == 1


def test_a_filter_that_is_not_understood_is_not_ignored(api: Api) -> None:
    assert "f.sku" in api.refused("GET", "/shipments", 501, params={"f.sku": "MUG-11"})


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"authorization": "Bearer wrong"}, 401),
        ({"authorization": ""}, 401),
        ({"flexport-version": "1"}, 400),
    ],
)
def test_the_key_and_the_version_are_asked_for(api: Api, headers: dict[str, str], status: int) -> None:
    api.refused("GET", "/bookings", status, headers=headers)


def test_places_and_companies_are_listed_with_their_references(api: Api) -> None:
    assert [row["ref"] for row in api.get("/network/company_entities")["data"]] == [
        "example-ltd",
        "example-llc",
        "sample-gmbh",
        None,
    ]
    assert ids(api.get("/network/locations", f__ref="factory-2")) == ["403"]
