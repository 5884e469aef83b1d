"""A shop is connected in the dialog by agreeing at the vendor, in a window of its own."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from crossdock.doubles.server import running
from crossdock.doubles.shopify.app import ShopifyDouble
from crossdock.doubles.shopify.grant import CLIENT_ID, CLIENT_SECRET
from tests.support.install import Install, Server
from tests.support.oauth import clients_file
from tests.web.accessibility import serious_faults


@pytest.fixture
def shop() -> Iterator[str]:
    with running(ShopifyDouble()) as url:
        yield url


@pytest.fixture
def server(tmp_path: Path, shop: str) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "CROSSDOCK_OAUTH_CLIENTS": clients_file(tmp_path, "cart/shopify", CLIENT_ID, CLIENT_SECRET, shop),
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
