"""Pictures of every page for the documentation: `scripts/screenshots`."""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from crossdock.doubles.ongoing import OngoingDouble
from crossdock.doubles.server import running
from tests.support.install import PASSWORD, Install, Server
from tests.support.receiver import receiving
from tests.web.conftest import FLAGS
from tests.web.signed_in import sign_in

SIZE = {"width": 1280, "height": 800}


def main(folder: Path) -> None:
    """Starts what is to be shown, and goes from page to page."""
    folder.mkdir(parents=True, exist_ok=True)
    double = OngoingDouble(username="api", password=PASSWORD, goods_owners=[42])
    with (
        tempfile.TemporaryDirectory() as home,
        running(double) as url,
        receiving() as receiver,
        sync_playwright() as playwright,
    ):
        install = Install(Path(home))
        server = Server(install, works=True).start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_context(viewport=SIZE).new_page()  # type: ignore[arg-type]

        def take(name: str) -> None:
            page.wait_for_load_state("networkidle")
            page.screenshot(path=folder / f"{name}.png")

        _tour(page, server, install, f"{url}/demo/api/v1/", receiver.url, take)
        browser.close()
        server.stop()


def _tour(
    page: Page, server: Server, install: Install, warehouse: str, receiver: str, take: Callable[[str], None]
) -> None:
    def go(path: str) -> None:
        page.goto(server.url + path)

    go("/dashboard/first-start")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    take("first-start")
    go("/dashboard/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    take("sign-in")
    account = install.connect(warehouse, password=PASSWORD)
    with server.client(install.create_key()) as key:
        sandbox = key.post("/sandbox/generate-sandbox/wms").json()
        key.post("/webhooks/endpoints", json={"url": receiver, "description": "ERP bridge"})
        link = key.post("/magic-links", json={}).json()["magic_link"]["url"].partition("#")[2]
    sign_in(page, server, install, "admin@example.com")
    go(f"/dashboard/connections/{sandbox['connection_id']}")
    orders = page.get_by_role("row").filter(has=page.get_by_text("get_orders", exact=True))
    expect(orders).to_contain_text("as before", timeout=30_000)
    expect(page.get_by_text("first sync")).to_have_count(0)
    take("connection")
    go("/dashboard/connections")
    expect(page.get_by_role("row")).to_have_count(3)
    take("connections")
    go("/dashboard/connections/magic-links")
    expect(page.get_by_role("table")).to_be_visible()
    take("magic-links")
    go(f"/dashboard/writes?account=connection:{account.id}&action=create_return")
    expect(page.get_by_role("table").first).to_be_visible()
    take("writes")
    page.get_by_role("link", name="Try it").click()
    page.get_by_label("return_number").fill("RMA-1")
    page.get_by_label("order_id").fill("1001")
    page.get_by_label("sku").fill("TEST-SKU")
    page.get_by_label("expected_quantity").fill("2")
    page.get_by_text("return_cause", exact=True).first.click()
    page.get_by_label("code").select_option("13")
    page.get_by_label("return_reason").select_option("wrong size")
    page.get_by_role("button", name="Preview the vendor's request").click()
    page.get_by_role("heading", name="The vendor's request").scroll_into_view_if_needed()
    take("writes-preview")
    go(
        "/dashboard/writes?account=integration:wms/ongoing&action=create_order&compare=integration:wms/shiphero"
    )
    expect(page.get_by_role("table").first).to_be_visible()
    take("writes-compared")
    _records(page, go, sandbox["connection_id"], take)
    for name in ("events", "events/endpoints", "requests", "keys", "users", "audit", "account"):
        go(f"/dashboard/{name}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        take(name.replace("/", "-"))
    _dialog(page, go, link, take)
    page.goto(f"{server.url}/reference")
    expect(page.locator(".opblock-tag").first).to_be_visible()
    take("reference")


def _records(page: Page, go: Callable[[str], None], connection: str, take: Callable[[str], None]) -> None:
    go(f"/dashboard/data?connection={connection}&resource=/wms/orders&f.status[eq]=open")
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("button", name="Ship it", exact=True).click()
    expect(page.get_by_role("table", name="How it changed")).to_contain_text("order.updated")
    take("record")
    go(f"/dashboard/data?connection={connection}&resource=/wms/orders")
    expect(page.get_by_role("table")).to_be_visible()
    take("data")
    go("/dashboard/events")
    page.get_by_role("link", name="order.updated").first.click()
    expect(page.get_by_role("table", name="Attempts")).to_contain_text("204", timeout=30_000)
    take("event")


def _dialog(page: Page, go: Callable[[str], None], link: str, take: Callable[[str], None]) -> None:
    go(f"/link/magic#{link}")
    expect(page.get_by_role("button", name="Ongoing WMS")).to_be_visible()
    take("connect")
    page.get_by_role("button", name="Ongoing WMS").click()
    take("connect-fields")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
