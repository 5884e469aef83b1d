"""Accounts are connected in the dialog by agreeing at the vendor, in a window of its own."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from crossdock.doubles.server import running
from crossdock.doubles.shipbob import ShipBobDouble
from crossdock.doubles.shipbob import grant as shipbob
from crossdock.doubles.shopify import grant as shopify
from crossdock.doubles.shopify.app import ShopifyDouble
from tests.support.install import Install, Server
from tests.support.oauth import clients_file
from tests.web.accessibility import serious_faults


@pytest.fixture
def shop() -> Iterator[str]:
    with running(ShopifyDouble()) as url:
        yield url


@pytest.fixture
def warehouse() -> Iterator[str]:
    with running(ShipBobDouble(token="nobody's")) as url:
        yield url


@pytest.fixture
def server(tmp_path: Path, shop: str, warehouse: str) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clients_file(tmp_path, "cart/shopify", shopify.CLIENT_ID, shopify.CLIENT_SECRET, shop)
    clients = clients_file(tmp_path, "wms/shipbob", shipbob.CLIENT_ID, shipbob.CLIENT_SECRET, warehouse)
    settings = {
        "CROSSDOCK_OAUTH_CLIENTS": clients,
        "CROSSDOCK_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    started = Server(Install(tmp_path / "home", settings=settings)).start(port=port)
    yield started
    started.stop()


def test_a_shop_is_connected_by_agreeing_at_the_vendor(page: Page, server: Server, shop: str) -> None:
    with server.client(server.install.create_key()) as key:
        made = key.post("/magic-links", json={"integration_type": "cart"}).json()["magic_link"]
        page.goto(made["url"])
        page.get_by_role("button", name="Shopify").click()
        page.get_by_label("Shop domain").fill("not a shop")
        page.get_by_label("API URL").fill(shop)
        page.get_by_role("button", name="Go to Shopify").click()
        expect(page.get_by_label("Shop domain")).to_have_attribute("aria-invalid", "true")
        assert serious_faults(page) == []
        page.get_by_label("Shop domain").fill("example.myshopify.com")
        page.get_by_role("button", name="Go to Shopify").click()
        with page.context.expect_page() as opened:
            page.get_by_role("link", name="Agree at Shopify").click()
        expect(opened.value.get_by_text("The account is connected.")).to_be_visible()
        expect(page.get_by_role("heading", name="Shopify is connected")).to_be_visible()
        assert serious_faults(page) == []
        page.get_by_role("button", name="Done").click()
        expect(page.get_by_text("You can close this page")).to_be_visible()
        [connection] = key.get("/connections").json()["data"]
        assert connection["integration_name"] == "shopify"


def test_a_merchant_who_comes_back_with_a_form_says_no_channel(
    page: Page, server: Server, warehouse: str
) -> None:
    with server.client(server.install.create_key()) as key:
        made = key.post("/magic-links", json={"integration_type": "wms"}).json()["magic_link"]
        page.goto(made["url"])
        page.get_by_role("button", name="ShipBob").click()
        expect(page.get_by_label("Channel id")).not_to_have_attribute("required", "")
        expect(page.get_by_label("Personal access token")).to_have_count(0)
        page.get_by_label("API URL").fill(warehouse)
        page.get_by_role("button", name="Go to ShipBob").click()
        assert serious_faults(page) == []
        with page.context.expect_page() as opened:
            page.get_by_role("link", name="Agree at ShipBob").click()
        expect(opened.value.get_by_text("The account is connected.")).to_be_visible()
        assert "code=" not in opened.value.url
        expect(page.get_by_role("heading", name="ShipBob is connected")).to_be_visible()
        [connection] = key.get("/connections").json()["data"]
        assert connection["integration_name"] == "shipbob"
