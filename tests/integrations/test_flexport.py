"""Flexport through Crossdock's own door: what a booking becomes there, and what comes back."""

import asyncio
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from crossdock.catalog import Catalog
from crossdock.cli.database import opened_database
from crossdock.connections.install import NewConnection, connect
from crossdock.connections.vault import open_vault
from crossdock.connector.pool import VendorPool
from crossdock.doubles.flexport import FlexportDouble
from crossdock.doubles.flexport.network import add_entity
from crossdock.doubles.flexport.stand import KEY, STAND, create_booking
from crossdock.doubles.server import running
from crossdock.doubles.stand import Surroundings
from crossdock.errors import Unprocessable
from crossdock.settings import load_settings
from tests.support.install import Install, Server

BOOKINGS = "/freight/bookings"

_numbers = itertools.count(1)


def unique(prefix: str) -> str:
    return f"{prefix}-{next(_numbers)}"


async def _connect(install: Install, fields: dict[str, str]) -> NewConnection:
    settings = load_settings(install.environment)
    vendors = VendorPool(allow_private_networks=True, timeout=settings.vendor_timeout)
    flexport = Catalog.installed().get("freight", "flexport")
    with opened_database(settings) as database:
        vault = open_vault(settings, database)
        made = await connect(database, vault, vendors, flexport, organisation="acme", fields=fields)
    await vendors.aclose()
    return made


@dataclass
class World:
    """A double of Flexport, and a Crossdock that is connected to it."""

    install: Install
    double: FlexportDouble
    double_url: str
    api: httpx.Client

    def written(self, body: Any) -> dict[str, Any]:
        """The record after a booking that is accepted, all of its fields used."""
        answer = self.api.post(BOOKINGS, json=body)
        assert answer.status_code == 200, answer.text
        said = answer.json()
        assert said["unused_fields"] == []
        record: dict[str, Any] = said["data"]
        return record

    def faults(self, body: Any) -> dict[str, str]:
        """Messages by pointer of a booking that write-info forbids."""
        answer = self.api.post(BOOKINGS, json=body)
        assert answer.status_code == 422, answer.text
        return {fault["pointer"]: fault["message"] for fault in answer.json()["errors"]}

    def shown(self, body: Any) -> Any:
        """The body that would be sent."""
        answer = self.api.post(BOOKINGS, json=body, headers={"x-dry-run": "true"})
        assert answer.status_code == 200, answer.text
        return answer.json()["vendor_request"]["body"]

    @property
    def sent(self) -> int:
        """How many bookings Flexport was asked for."""
        return self.double.counts["POST /bookings"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    install = Install(tmp_path_factory.mktemp("home"), settings={"CROSSDOCK_VENDOR_TIMEOUT": "4"})
    double = FlexportDouble(key=KEY)
    for number in range(120):
        add_entity(double.state, f"Supplier {number}", f"supplier-{number}", {"_object": "/address"})
    with running(double) as url:
        key = install.create_key()
        made = asyncio.run(_connect(install, dict(STAND.credentials(url))))
        server = Server(install).start()
        try:
            with server.client(key, made.access_token) as api:
                yield World(install, double, url, api)
        finally:
            server.stop()


@pytest.fixture
def world(served: World) -> Iterator[World]:
    served.double.faults.clear()
    served.double.counts.clear()
    yield served
    served.double.faults.clear()
    assert served.double.violations == []


def a_booking(**changes: Any) -> dict[str, Any]:
    """The stand's example; a change to `None` leaves the field out."""
    example = create_booking(Surroundings(unique("N"), lambda action, body, record_id="": {}))
    return {name: value for name, value in {**example.body, **changes}.items() if value is not None}


def with_cargo(**changes: Any) -> dict[str, Any]:
    cargo = {**a_booking()["cargo"], **changes}
    return {"cargo": {name: value for name, value in cargo.items() if value is not None}}


def with_ocean(**changes: Any) -> dict[str, Any]:
    ocean = {**a_booking()["ocean"], **changes}
    return {"ocean": {name: value for name, value in ocean.items() if value is not None}}


AIR = {name: a_booking()["ocean"][name] for name in ("incoterm", "products", "wants_pickup_service")}
TRUCK = {"full_load": False, "payment_terms": "prepaid", "product_description": "Mugs"}
UNIT = a_booking()["cargo"]["shipping_units"][0]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"api_key": "wrong"}, {"/credential/api_key"}),
        ({"api_key": "two\nlines"}, {"/credential/api_key"}),
        ({"api_url": "ftp://api.flexport.com"}, {"/credential/api_url"}),
    ],
)
def test_credentials_are_tried_and_the_field_at_fault_is_named(
    world: World, changes: dict[str, str], fields: set[str]
) -> None:
    with pytest.raises(Unprocessable) as refused:
        asyncio.run(_connect(world.install, {**STAND.credentials(world.double_url), **changes}))
    assert {fault.pointer for fault in refused.value.faults} == fields


def test_write_info_has_the_companies_and_places_of_the_account(world: World) -> None:
    document = world.api.get("/integrations/freight/flexport/write-info").json()
    schema = document["components"]["schemas"]["CreatefreightBookingFlexportSchema"]
    companies = schema["properties"]["shipper_reference_id"]["enum"]
    assert companies[:3] == ["example-ltd", "example-llc", "sample-gmbh"]
    # More than one page of them.
    assert companies[-1] == "supplier-119"
    assert len(companies) == 123
    assert schema["properties"]["origin_reference_id"]["enum"] == ["factory-1", "warehouse-1", "factory-2"]
    left_out = str(document["info"]["x-left-out"])
    assert "304 Nameless Inc" in left_out
    assert "404 Somewhere" in left_out


def test_a_booking_arrives_with_everything_that_was_said(world: World) -> None:
    body = a_booking()
    record = world.written(body)
    assert (record["name"], record["status"], record["raw_status"]) == (
        body["name"],
        "submitted",
        "submitted",
    )
    assert (record["shipment_method"], record["full_load"], record["incoterm"]) == ("ocean", True, "FOB")
    assert record["shipper"] == {"id": "301", "reference_id": "example-ltd", "name": "Example Ltd"}
    assert record["origin"]["reference_id"] == "factory-1"
    assert record["origin"]["address"]["city"] == "Shenzhen"
    assert (record["origin_port_code"], record["destination_port_code"]) == ("CNYTN", "USLAX")
    for name in ("cargo_ready_date", "delivery_date", "notify_party", "special_instructions"):
        assert record[name] == body[name], name
    assert record["containers"] == {"forty_ft": 1}
    assert record["products"] == body["ocean"]["products"]
    said = {name: record["cargo"][name] for name in body["cargo"] if name != "shipping_units"}
    assert {**said, "shipping_units": record["cargo"]["shipping_units"]} == body["cargo"]
    assert record["cargo"]["lithium_battery_packings"] == []


def test_a_booking_becomes_what_the_specification_names(world: World) -> None:
    sent = world.shown(a_booking(cargo_ready_date="2030-05-01T23:30:00-08:00"))
    assert sent["cargo_ready_date"] == "2030-05-01"
    assert sent["ocean_booking"]["is_lcl"] is False
    assert (
        sent["ocean_booking"]["product_descriptions"][0]["description_for_export_customs_locale"] == "zh_CN"
    )
    [unit] = sent["cargo"]["shipping_units"]
    assert (unit["weight"], unit["length"]) == (
        {"value": 255.6, "unit": "kg"},
        {"value": 120.0, "unit": "cm"},
    )
    pounds = world.shown(a_booking(**with_cargo(weight=10.0, weight_unit="lb")))
    assert pounds["cargo"]["weight"] == {"value": 10.0, "unit": "lbs"}


def test_goods_go_by_air_and_by_road_too(world: World) -> None:
    from_hamburg = {"shipper_reference_id": "sample-gmbh", "origin_reference_id": "factory-2"}
    by_air = world.written(
        a_booking(ocean=None, air={**AIR, "destination_port_code": "USJFK"}, **from_hamburg)
    )
    assert (by_air["shipment_method"], by_air["destination_port_code"]) == ("air", "USJFK")
    by_road = world.written(a_booking(ocean=None, truck=TRUCK, **from_hamburg))
    assert (by_road["shipment_method"], by_road["full_load"], by_road["payment_terms"]) == (
        "truck",
        False,
        "prepaid",
    )
    assert by_road["products"][0]["description"] == "Mugs"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"ocean": None}, ""),
        ({"truck": TRUCK}, ""),
        ({"shipper_reference_id": "nobody"}, "/shipper_reference_id"),
        ({"name": ""}, "/name"),
        ({"cargo_ready_date": "tomorrow"}, "/cargo_ready_date"),
        (with_ocean(incoterm="ABC"), "/ocean/incoterm"),
        (with_ocean(products=[]), "/ocean/products"),
        (with_ocean(containers=None), "/ocean/containers"),
        (with_ocean(wants_pickup_service=False, origin_port_code=None), "/ocean/origin_port_code"),
        (with_cargo(contains_hazmat=None), "/cargo/contains_hazmat"),
        (with_cargo(weight_unit=None), "/cargo/weight_unit"),
        (with_cargo(weight=-1.0), "/cargo/weight"),
        (with_cargo(contains_lithium_ion_batteries=True), "/cargo/lithium_battery_packings"),
        (with_cargo(shipping_units=[]), "/cargo/shipping_units"),
        (with_cargo(shipping_units=[{**UNIT, "count": 0}]), "/cargo/shipping_units/0/count"),
        (
            with_cargo(shipping_units=[{"unit_type": "pallet", "count": 1}]),
            "/cargo/shipping_units/0/atomic_count",
        ),
    ],
)
def test_what_cannot_be_booked_is_refused_at_its_place(
    world: World, changes: dict[str, Any], pointer: str
) -> None:
    assert pointer in world.faults(a_booking(**changes))
    assert world.sent == 0


def test_weight_may_be_said_of_the_cargo_or_of_every_unit(world: World) -> None:
    of_units = with_cargo(weight=None, weight_unit=None, volume=None, volume_unit=None)
    assert world.written(a_booking(**of_units))["cargo"]["weight"] is None
    of_neither = with_cargo(weight=None, weight_unit=None, shipping_units=[{**UNIT, "measurements": {}}])
    assert any("weight" in place + words for place, words in world.faults(a_booking(**of_neither)).items())


def test_what_flexport_refuses_reaches_the_caller_in_its_words(world: World) -> None:
    answer = world.api.post(BOOKINGS, json=a_booking(**with_ocean(destination_port_code="XXXXX")))
    assert answer.status_code == 400
    assert answer.json()["error"] == "destination_port_loc_code XXXXX was not found"
    world.double.misbehave(
        "POST",
        "/bookings",
        "status_before",
        status=200,
        body='{"_object": "/api/response", "error": {"status": 422, "message": "No."}, "data": null}',
    )
    answer = world.api.post(BOOKINGS, json=a_booking())
    assert (answer.status_code, answer.json()["error"]) == (422, "No.")


def test_a_booking_whose_answer_was_lost_is_found_by_its_name(world: World) -> None:
    body, key = a_booking(), {"idempotency-key": unique("key")}
    world.double.misbehave("POST", "/bookings", "drop_after")
    assert world.api.post(BOOKINGS, json=body, headers=key).status_code >= 500
    again = world.api.post(BOOKINGS, json=body, headers=key)
    assert again.status_code == 200, again.text
    assert again.json()["data"]["name"] == body["name"]
    assert world.sent == 1


def test_a_booking_that_never_arrived_is_sent_again(world: World) -> None:
    """Of the same name there is one for another day, which is another booking."""
    body, key = a_booking(), {"idempotency-key": unique("key")}
    world.written({**body, "cargo_ready_date": "2030-05-02T00:00:00Z"})
    world.double.misbehave("POST", "/bookings", "drop_before")
    assert world.api.post(BOOKINGS, json=body, headers=key).status_code >= 500
    again = world.api.post(BOOKINGS, json=body, headers=key)
    assert again.status_code == 200, again.text
    assert again.json()["data"]["cargo_ready_date"] == "2030-05-01T00:00:00Z"
    # The one for another day, the one that was dropped, and the one sent again.
    assert world.sent == 3


def test_a_pause_that_flexport_asks_for_is_passed_on(world: World) -> None:
    world.double.misbehave("POST", "/bookings", "status_before", status=429, retry_after=25)
    answer = world.api.post(BOOKINGS, json=a_booking())
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "25")


def test_what_the_contract_has_not_for_forwarders_is_not_there(world: World) -> None:
    assert world.api.post("/freight/passthrough", json={}).status_code == 404
    assert world.api.put("/freight/shipments/2001/trackstar-tags", json={}).status_code == 404
    assert world.api.get("/wms/orders").status_code == 501
