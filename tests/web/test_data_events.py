"""Records and events: a sandbox order is shipped, told to an endpoint, found again, and told once more."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.support.receiver import Receiver, receiving
from tests.web.signed_in import SignedIn, signed_in

__all__ = ["signed_in"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def sandbox(signed_in: SignedIn) -> dict[str, Any]:
    with signed_in.key() as key:
        made: dict[str, Any] = key.post("/sandbox/generate-sandbox/wms").json()
    return made


def test_an_order_is_shipped_and_its_event_delivered_and_replayed(
    signed_in: SignedIn, receiver: Receiver
) -> None:
    made = sandbox(signed_in)
    page = signed_in.page
    signed_in.open(f"connections/{made['connection_id']}")
    orders = page.get_by_role("row").filter(has=page.get_by_text("get_orders", exact=True))
    expect(orders).to_contain_text("waiting", timeout=20_000)
    signed_in.open("events/endpoints")
    page.get_by_label("URL").fill("not a url")
    page.get_by_label("Description").fill("=1+1 <b>ERP</b>")
    page.get_by_label("URL").fill(receiver.url)
    page.get_by_label("Event types").fill("order.updated, nothing.happened")
    page.get_by_role("button", name="Add the endpoint").click()
    expect(page.get_by_role("alert")).to_contain_text("event_types")
    page.get_by_label("Event types").fill("order.updated, order.created")
    page.get_by_role("button", name="Add the endpoint").click()
    expect(page.get_by_text("is signed with this secret")).to_be_visible()
    expect(page.get_by_role("cell", name="=1+1 <b>ERP</b>")).to_be_visible()
    assert signed_in.faults() == []

    signed_in.open(f"data?connection={made['connection_id']}&resource=/wms/orders")
    page.get_by_label("Filter by").select_option("status[eq]")
    page.get_by_label("Value").fill("open")
    page.get_by_role("button", name="Add the filter").click()
    table = page.get_by_role("table", name="Records of /wms/orders")
    expect(table.get_by_role("link").first).to_be_visible()
    assert signed_in.faults() == []
    table.get_by_role("link").first.click()
    expect(page.get_by_role("region", name="The record")).to_contain_text('"status": "open"')
    page.get_by_label("New tag").fill("rush")
    page.get_by_role("button", name="Add the tag").click()
    expect(page.get_by_role("button", name="Remove the tag rush")).to_be_visible()
    page.get_by_role("button", name="Ship it", exact=True).click()
    expect(page.get_by_role("region", name="The record")).to_contain_text('"status": "fulfilled"')
    history = page.get_by_role("table", name="How it changed")
    expect(history).to_contain_text("order.updated")
    expect(history).to_contain_text("status")
    page.get_by_text("What the vendor said").click()
    expect(page.get_by_role("region", name="What the vendor said")).to_be_visible()
    assert signed_in.faults() == []

    signed_in.open("events?event_type=order.updated")
    page.get_by_role("link", name="order.updated").first.click()
    attempts = page.get_by_role("table", name="Attempts to deliver")
    expect(attempts.get_by_role("cell", name="204")).to_be_visible(timeout=20_000)
    before = len(receiver.received)
    page.get_by_role("button", name="Deliver again").click()
    expect(page.get_by_text("1 delivery is on its way.")).to_be_visible()
    expect(attempts).to_have_count(2, timeout=20_000)
    expect(attempts.get_by_role("cell", name="204")).to_have_count(2, timeout=20_000)
    assert len(receiver.received) > before
    assert signed_in.faults() == []


def test_an_endpoint_is_changed_its_secret_rotated_and_removed(
    signed_in: SignedIn, receiver: Receiver
) -> None:
    page = signed_in.page
    signed_in.open("events/endpoints")
    page.get_by_label("URL").fill(receiver.url)
    page.get_by_role("button", name="Add the endpoint").click()
    page.get_by_role("link", name=receiver.url).click()
    secrets = page.get_by_role("status", name="Secrets that are valid now").locator("code")
    page.get_by_role("button", name="Show the secrets").click()
    expect(secrets).to_have_count(1)
    page.get_by_role("button", name="Rotate the secret").click()
    expect(secrets).to_have_count(2)
    assert signed_in.faults() == []
    page.get_by_role("button", name="Disable").click()
    expect(page.get_by_role("button", name="Enable")).to_be_visible()
    page.get_by_label("From").fill("2026-01-01T00:00:00Z")
    page.get_by_role("textbox", name="To").fill("2026-01-02T00:00:00Z")
    page.get_by_role("button", name="Deliver again").click()
    expect(page.get_by_role("alert")).to_contain_text("The endpoint is disabled")
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("button", name="Delete, really").click()
    expect(page.get_by_text("There is nothing here.")).to_be_visible()


def test_a_filter_that_is_refused_is_told_in_the_servers_words(signed_in: SignedIn) -> None:
    made = sandbox(signed_in)
    page = signed_in.page
    signed_in.open(
        f"data?connection={made['connection_id']}&resource=/wms/orders&f.created_date[gte]=yesterday"
    )
    expect(page.get_by_role("alert")).to_contain_text("must be a date")


def test_a_list_below_a_record_is_found_from_it(signed_in: SignedIn) -> None:
    made = sandbox(signed_in)
    page = signed_in.page
    signed_in.open(f"data?connection={made['connection_id']}&resource=/wms/warehouses")
    page.get_by_role("table").get_by_role("link").first.click(timeout=20_000)
    page.get_by_role("link", name="/locations").click()
    expect(page.get_by_role("heading", level=2)).to_have_count(0)
    expect(page.get_by_label("Resource")).to_have_value(re.compile("/wms/warehouses/.+/locations"))
    page.get_by_label("Filter by").select_option("type[eq]")
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_role("region", name="The record")).to_contain_text('"type": "shelf"')
    page.get_by_text("What the vendor said").click()
    expect(page.get_by_role("region", name="What the vendor said")).to_be_visible()
    assert signed_in.faults() == []


def test_two_people_change_one_record(signed_in: SignedIn) -> None:
    made = sandbox(signed_in)
    page = signed_in.page
    with signed_in.server.client(signed_in.install.create_key(), made["access_token"]) as api:
        product = api.post("/wms/products", json={"name": "A mug", "sku": "MUG-OF-TWO"}).json()["data"]
        path = f"/wms/products/{product['id']}"
        signed_in.open(
            f"data?connection={made['connection_id']}&resource=/wms/products&record={product['id']}"
        )
        page.get_by_role("link", name="update_product").click()
        expect(page.get_by_label("Path: product_id")).to_have_value(product["id"])
        page.wait_for_load_state("networkidle")
        assert api.put(path, json={"name": "A red mug <b>"}).status_code == 200
        page.get_by_label("name", exact=True).fill("A blue mug")
        page.get_by_role("button", name="Send", exact=True).click()
        conflict = page.get_by_role("region", name="Somebody changed the record meanwhile").first
        expect(conflict).to_contain_text("A red mug <b>")
        assert api.get(path).json()["data"]["name"] == "A red mug <b>"
        assert signed_in.faults() == []
        page.get_by_role("button", name="I have seen it").click()
        page.wait_for_load_state("networkidle")
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.get_by_text("Sent. The record is")).to_be_visible()
        assert api.get(path).json()["data"]["name"] == "A blue mug"
