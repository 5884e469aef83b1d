"""Connecting accounts by the dialog: from a page of another origin, by a magic link, and anew."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import FrameLocator, Page, Route, expect

from crossdock.doubles.ongoing import OngoingDouble
from crossdock.doubles.server import running
from tests.support.install import PASSWORD, Install, Server
from tests.web.accessibility import serious_faults

SHOP_PAGE = """<!doctype html><html lang="en"><head><title>A shop of somebody else</title>
<script src="{crossdock}/link/main.js"></script></head><body><h1>Settings</h1>
<button id="open">Connect</button><p id="said">-</p><script>
const seen = [];
window.addEventListener("message", event => seen.push(String(event.data)));
const said = text => document.getElementById("said").textContent = text;
Trackstar.init({{
  getLinkToken: async () => (await (await fetch("/link-token")).text()),
  onSuccess: async (code, name) => said(`${{name}}: ${{await (await fetch("/store?code=" + code)).text()}}`),
  onClose: () => said("closed"),
  onLoad: () => said("loaded"),
  {options}
}});
document.getElementById("open").onclick = () => Trackstar.open({{}});
</script></body></html>"""


class Shop:
    """Another company's site, with the server side that keeps its API key."""

    def __init__(self, server: Server, key: str) -> None:
        self.options = ""
        self.body: dict[str, Any] = {}
        self.exchanged: list[dict[str, Any]] = []
        self.last_token = ""
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                with server.client(key) as crossdock:
                    if self.path == "/link-token":
                        shop.last_token = crossdock.post("/link/token", json=shop.body).json()["link_token"]
                        told = shop.last_token
                    elif self.path.startswith("/store?code="):
                        code = self.path.partition("=")[2]
                        made = crossdock.post("/link/exchange", json={"auth_code": code}).json()
                        shop.exchanged.append(made)
                        told = made.get("connection_id", "refused")
                    else:
                        told = SHOP_PAGE.format(crossdock=server.url, options=shop.options)
                kind = "text/html" if self.path == "/" else "text/plain"
                self.send_response(200)
                self.send_header("content-type", kind)
                self.end_headers()
                self.wfile.write(told.encode())

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        # Another name of the same machine is another origin.
        self.url = f"http://localhost:{self._http.server_address[1]}/"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    started = Server(Install(tmp_path / "home"), works=True).start()
    yield started
    started.stop()


@pytest.fixture
def key(server: Server) -> str:
    return server.install.create_key()


@pytest.fixture
def shop(server: Server, key: str) -> Iterator[Shop]:
    made = Shop(server, key)
    yield made
    made.close()


@pytest.fixture
def warehouse() -> Iterator[str]:
    double = OngoingDouble(username="api", password=PASSWORD, goods_owners=[42])
    with running(double) as url:
        yield f"{url}/demo/api/v1/"


def opened(page: Page, shop: Shop) -> FrameLocator:
    page.goto(shop.url)
    expect(page.locator("#said")).to_have_text("loaded")
    page.get_by_role("button", name="Connect").click()
    return page.frame_locator("iframe")


def fill_in(place: FrameLocator | Page, url: str, password: str = PASSWORD) -> None:
    for label, value in (("User name", "api"), ("Password", password), ("Goods owner", "42"), ("URL", url)):
        place.get_by_label(label).first.fill(value)
    place.get_by_role("button", name="Connect", exact=True).click()


def test_an_account_is_connected_from_a_page_of_another_origin(
    page: Page, shop: Shop, warehouse: str, server: Server, key: str
) -> None:
    shop.body = {"customer_id": "customer-7"}
    dialog = opened(page, shop)
    expect(dialog.get_by_role("heading", name="Connect an account")).to_be_focused()
    expect(dialog.get_by_role("button", name="Sandbox")).to_have_count(0)
    dialog.get_by_label("Search systems").fill("ongo")
    expect(dialog.get_by_text("1 system", exact=True)).to_be_visible()
    frame = page.frames[1]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert serious_faults(frame) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("heading", name="Connect Ongoing WMS")).to_be_focused()
    assert serious_faults(frame) == []
    fill_in(dialog, warehouse, password="wrong")
    expect(dialog.get_by_label("Password")).to_have_attribute("aria-invalid", "true")
    assert serious_faults(frame) == []
    fill_in(dialog, warehouse)
    expect(dialog.get_by_role("heading", name="Ongoing WMS is connected")).to_be_visible()
    orders = dialog.get_by_role("listitem").filter(has_text="get_orders")
    expect(orders).to_contain_text("may be read")
    dialog.get_by_role("button", name="Done").click()
    expect(page.locator("#said")).to_contain_text("ongoing: ")
    expect(page.locator("iframe")).to_have_count(0)
    [made] = shop.exchanged
    assert made["customer_id"] == "customer-7"
    with server.client(key, made["access_token"]) as api:
        assert api.get("/wms/orders").status_code == 200
    # What the page could hear was only that the dialog is there.
    assert page.evaluate("seen") == ["crossdock:ready"]
    assert PASSWORD not in page.content()
    with server.client() as link:
        used = link.get("/link/integrations", headers={"authorization": f"Bearer {shop.last_token}"})
    assert (used.status_code, used.json()["error"]) == (401, "The link was used already; ask for a new one.")


def test_the_sandbox_closing_and_what_may_be_chosen(page: Page, shop: Shop) -> None:
    shop.options = 'sandbox: true, integrationType: "wms", integrationAllowList: ["ongoing", "shipbob"],'
    dialog = opened(page, shop)
    expect(dialog.get_by_role("list").get_by_role("button")).to_have_count(3)
    expect(dialog.get_by_role("heading", name="Connect an account")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#said")).to_have_text("closed")
    expect(page.get_by_role("button", name="Connect")).to_be_focused()
    page.get_by_role("button", name="Connect").click()
    dialog.get_by_role("button", name="Sandbox").click()
    dialog.get_by_role("button", name="Connect", exact=True).click()
    dialog.get_by_role("button", name="Done").click()
    expect(page.locator("#said")).to_contain_text("sandbox: ")
    assert shop.exchanged[0]["integration_name"] == "sandbox"


def test_however_it_is_closed_what_is_connected_is_told(page: Page, shop: Shop) -> None:
    shop.options = "sandbox: true,"
    dialog = opened(page, shop)
    dialog.get_by_role("button", name="WMS Sandbox").click()
    dialog.get_by_role("button", name="Connect", exact=True).click()
    expect(dialog.get_by_role("heading", name="WMS Sandbox is connected")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#said")).to_contain_text("sandbox: ")
    # In the moment of connecting, too: nobody else gets the code of what is connected then.
    held: list[Route] = []
    page.route("**/link/connect", lambda route: held.append(route))  # noqa: PLW0108  (Playwright wants a function)
    page.get_by_role("button", name="Connect").click()
    dialog.get_by_role("button", name="Cart Sandbox").click()
    with page.expect_request("**/link/connect"):
        dialog.get_by_role("button", name="Connect", exact=True).click()
    page.evaluate("said('-'); Trackstar.close()")
    expect(page.locator("iframe")).to_be_hidden()
    expect(page.locator("#said")).to_have_text("-")
    held[0].continue_()
    expect(page.locator("#said")).to_contain_text("sandbox: ")
    expect(page.locator("iframe")).to_have_count(0)
    assert [made["available_endpoints"][0].split("/")[1] for made in shop.exchanged] == ["wms", "cart"]


def test_one_allowed_system_is_gone_to_at_once_and_reinstalling_keeps_the_connection(
    page: Page, shop: Shop, warehouse: str, server: Server, key: str
) -> None:
    before = server.install.connect(warehouse, password=PASSWORD)
    shop.body = {"connection_id": before.id}
    dialog = opened(page, shop)
    expect(dialog.get_by_role("heading", name="Connect Ongoing WMS")).to_be_visible()
    expect(dialog.get_by_role("button", name="Back")).to_have_count(0)
    fill_in(dialog, warehouse)
    dialog.get_by_role("button", name="Done").click()
    expect(page.locator("#said")).to_contain_text(before.id)
    with server.client(key, before.access_token) as api:
        assert api.get("/wms/orders").status_code == 200


def test_links_that_are_not_good_are_told_in_words(page: Page, shop: Shop, server: Server) -> None:
    page.goto(shop.url)
    page.route("**/link-token", lambda route: route.fulfill(body="crossdock_link_forged"))
    page.get_by_role("button", name="Connect").click()
    expect(page.frame_locator("iframe").get_by_role("alert")).to_contain_text("The link is not known.")
    assert (
        httpx.get(f"{server.url}/link/dialog")
        .headers["content-security-policy"]
        .endswith("frame-ancestors *")
    )


def test_a_magic_link_connects_one_account(page: Page, server: Server, key: str, warehouse: str) -> None:
    with server.client(key) as api:
        asked = {
            "integration_allow_list": ["ongoing"],
            "customer_id": "c-1",
            "disabled_functions": ["get_returns"],
        }
        made = api.post("/magic-links", json=asked).json()["magic_link"]
    secret = made["url"].partition("#")[2]
    address = f"{server.url}/link/magic#{secret}"
    page.goto(address)
    expect(page.get_by_role("heading", name="Connect Ongoing WMS")).to_be_visible()
    assert "#" not in page.url
    assert serious_faults(page) == []
    second = page.context.new_page()
    second.goto(address)
    expect(second.get_by_role("heading", name="Connect Ongoing WMS")).to_be_visible()
    fill_in(page, warehouse)
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("You can close this page")).to_be_visible()
    fill_in(second, warehouse)
    expect(second.get_by_role("alert")).to_contain_text("connected with this magic link already")
    second.goto("about:blank")
    second.goto(address)
    expect(second.get_by_role("alert")).to_contain_text("connected with this magic link already")
    with server.client(key) as api:
        [connection] = api.get("/connections").json()["data"]
        assert connection["customer_id"] == "c-1"
        [returns] = [one for one in connection["sync_schedules"] if one["function_name"] == "get_returns"]
        assert returns["sync_status"] == "disabled"
