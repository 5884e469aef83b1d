"""A sandbox's record is edited in the data explorer: faults, saving, its events, and somebody else's edit."""

import json
import re
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.receiver import Receiver, receiving
from tests.web.signed_in import SignedIn, sign_in, signed_in

__all__ = ["signed_in"]

EDITOR = "The sandbox's own record"
CONFLICT = "Somebody changed the record meanwhile"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


@pytest.fixture
def api(signed_in: SignedIn) -> Iterator[httpx.Client]:
    """A client with a key and the token of a sandbox, whose first sync is done."""
    with signed_in.key() as key:
        made = key.post("/sandbox/generate-sandbox/wms").json()
        key.headers["x-trackstar-access-token"] = made["access_token"]
        until = time.monotonic() + 30
        while not key.get("/wms/orders").json().get("data"):
            assert time.monotonic() < until
            time.sleep(0.2)
        yield key


def open_order(signed_in: SignedIn, api: httpx.Client, page: Page) -> dict[str, Any]:
    """Opens the editor of an open order; the order."""
    order: dict[str, Any] = api.get("/wms/orders", params={"status[eq]": "open"}).json()["data"][0]
    connection_id = api.get("/connections").json()["data"][0]["connection_id"]
    page.goto(
        f"{signed_in.server.url}/dashboard/data?connection={connection_id}"
        f"&resource=/wms/orders&record={order['id']}"
    )
    expect(page.get_by_role("region", name="The record")).to_be_visible()
    return order


def editor(page: Page) -> Locator:
    """The opened editor, when it has the record."""
    page.get_by_text("Edit it", exact=True).click()
    found = page.get_by_label(EDITOR)
    expect(found).to_have_value(re.compile(r"^\{"))
    return found


def change(field: Locator, **members: Any) -> None:
    """Types other members into the record that the editor has."""
    field.fill(json.dumps({**json.loads(field.input_value()), **members}, indent=2))


def test_an_order_is_edited_faults_are_told_and_its_event_is_delivered(
    signed_in: SignedIn, api: httpx.Client, receiver: Receiver
) -> None:
    page = signed_in.page
    told = api.post("/webhooks/endpoints", json={"url": receiver.url, "event_types": ["order.updated"]})
    assert told.status_code == 200, told.text
    order = open_order(signed_in, api, page)
    field = editor(page)
    save = page.get_by_role("button", name="Save", exact=True)
    expect(page.get_by_text("Nothing is changed.")).to_be_visible()
    expect(save).to_be_disabled()
    assert signed_in.faults() == []

    own = field.input_value()
    field.fill(own.replace('"order_number":', '"order_number"', 1))
    line = own[: own.index('"order_number"')].count("\n") + 1
    expect(page.get_by_text(f"This is no JSON at line {line}, column ")).to_be_visible()
    expect(save).to_be_disabled()
    field.fill("[]")
    expect(page.get_by_text("This is no JSON object.")).to_be_visible()
    field.fill(own)

    change(field, status="shiped", order_numbr="x", reference_id="<b>=1+1</b>")
    expect(page.get_by_text("Changed: ")).to_contain_text("status")
    save.click()
    faults = page.get_by_role("list", name="What the record cannot be")
    expect(faults).to_contain_text("/status 'shiped' is not one of the accepted values")
    expect(faults).to_contain_text("partially_fulfilled, fulfilled")
    expect(faults).to_contain_text("/order_numbr unknown field; did you mean 'order_number'?")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert signed_in.faults() == []
    assert api.get(f"/wms/orders/{order['id']}").json()["data"]["status"] == "open"

    change(field, status="packed")
    field.fill(json.dumps({k: v for k, v in json.loads(field.input_value()).items() if k != "order_numbr"}))
    save.click()
    expect(page.get_by_text("Saved; its events are told.")).to_be_visible()
    expect(faults).to_have_count(0)
    record = page.get_by_role("region", name="The record", exact=True)
    expect(record).to_contain_text('"status": "packed"')
    expect(record).to_contain_text("<b>=1+1</b>")
    expect(field).to_have_value(re.compile(r"^\{"))
    history = page.get_by_role("table", name="How it changed")
    expect(history).to_contain_text("order.updated")
    expect(history).to_contain_text('status was "open"')
    assert signed_in.faults() == []
    until = time.monotonic() + 20
    while not receiver.received:
        assert time.monotonic() < until
        time.sleep(0.1)
    event = receiver.received[-1].event
    assert event["previous_attributes"]["status"] == "open"
    assert event["data"]["status"] == "packed"


def test_two_people_edit_one_record(signed_in: SignedIn, api: httpx.Client) -> None:
    page = signed_in.page
    order = open_order(signed_in, api, page)
    field = editor(page)
    path = f"/sandbox/records/wms/orders/{order['id']}"
    assert api.patch(path, json={"trading_partner": "Hers <b>"}).status_code == 200
    change(field, reference_id="Mine")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("region", name=CONFLICT).first).to_contain_text("Hers <b>")
    assert signed_in.faults() == []
    assert api.get(f"/wms/orders/{order['id']}").json()["data"]["reference_id"] != "Mine"
    page.get_by_role("button", name="I have seen it: put my changes into it").click()
    expect(page.get_by_role("region", name=CONFLICT)).to_have_count(0)
    expect(page.get_by_text("Changed: reference_id")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved; its events are told.")).to_be_visible()
    record = api.get(f"/wms/orders/{order['id']}").json()["data"]
    assert (record["reference_id"], record["trading_partner"]) == ("Mine", "Hers <b>")


def test_what_is_taken_out_is_null_and_what_is_typed_can_be_left(
    signed_in: SignedIn, api: httpx.Client
) -> None:
    page = signed_in.page
    order = open_order(signed_in, api, page)
    field = editor(page)
    own = json.loads(field.input_value())
    field.fill(json.dumps({name: value for name, value in own.items() if name != "total_tax"}))
    expect(page.get_by_text("Changed: total_tax")).to_be_visible()
    page.get_by_role("button", name="Begin again").click()
    expect(page.get_by_text("Nothing is changed.")).to_be_visible()
    field.fill(json.dumps({name: value for name, value in own.items() if name != "total_tax"}))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved; its events are told.")).to_be_visible()
    assert api.get(f"/wms/orders/{order['id']}").json()["data"]["total_tax"] is None


def test_a_viewer_has_no_editor(signed_in: SignedIn, api: httpx.Client, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, signed_in.server, signed_in.install, "viewer@example.com", role="viewer")
    open_order(signed_in, api, page)
    expect(page.get_by_text("What the vendor said")).to_be_visible()
    expect(page.get_by_text("Edit it", exact=True)).to_have_count(0)
    context.close()
