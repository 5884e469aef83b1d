"""The pages of connections: many of them, one with its lists, connecting anew, and what is wrong."""

import uuid

from playwright.sync_api import APIResponse, Page, Route, expect

from crossdock.cli.database import opened_database
from crossdock.doubles.faults import Fault
from crossdock.doubles.ongoing import OngoingDouble
from crossdock.doubles.server import running
from crossdock.settings import load_settings
from crossdock.storage import accounts
from crossdock.storage.tables import connections
from tests.support.install import PASSWORD, Install
from tests.web.signed_in import SignedIn, sign_in, signed_in

__all__ = ["signed_in"]

HOSTILE = "<img src=x onerror=alert(1)>"
MANY = 10_000


def filled(install: Install, count: int) -> None:
    with opened_database(load_settings(install.environment)) as database, database.transaction() as db:
        organisation = accounts.organisation_id(db, "acme")
        rows = [
            {
                "id": str(uuid.uuid4()),
                "organisation_id": organisation,
                "integration_type": "wms",
                "integration_name": "shipbob",
                "credentials": b"",
                "token_digest": uuid.uuid4().bytes,
                "created_at": 1.0,
                "customer_id": f"customer {number}",
            }
            for number in range(count)
        ]
        db.execute(connections.insert(), rows)


def test_a_sandbox_is_made_synced_paused_renamed_and_deleted(signed_in: SignedIn) -> None:
    page = signed_in.page
    signed_in.open("connections")
    expect(page.get_by_text("No account is connected yet")).to_be_visible()
    assert signed_in.faults() == []
    page.get_by_label("New sandbox").select_option("wms")
    page.get_by_role("button", name="Make it").click()
    page.get_by_role("button", name="Make it, really").click()
    orders = page.get_by_role("row").filter(has=page.get_by_text("get_orders", exact=True))
    expect(orders).to_contain_text("new", timeout=20_000)
    expect(orders).to_contain_text("waiting", timeout=20_000)
    assert signed_in.faults() == []
    page.get_by_role("button", name="Pause: get_orders").click()
    expect(orders).to_contain_text("paused")
    page.get_by_role("button", name="Resume: get_orders").click()
    expect(orders).to_contain_text("waiting")
    page.get_by_role("button", name="Sync now: get_orders").click()
    expect(orders).to_contain_text("as before", timeout=20_000)
    page.get_by_label("Customer").fill(HOSTILE)
    page.get_by_role("button", name="Change", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(HOSTILE)
    page.get_by_label("List", exact=True).select_option("get_orders")
    page.get_by_label("From", exact=True).fill("2026-01-02T00:00")
    page.get_by_label("To", exact=True).fill("2026-01-01T00:00")
    page.get_by_role("button", name="Read", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("end_time is before start_time")
    page.get_by_label("To", exact=True).fill("2026-01-03T00:00")
    page.get_by_role("button", name="Read", exact=True).click()
    expect(page.get_by_role("listitem").filter(has_text="get_orders")).to_contain_text(
        "completed", timeout=20_000
    )
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("button", name="Delete, really").click()
    expect(page.get_by_text("No account is connected yet")).to_be_visible()


def test_an_account_is_connected_breaks_and_is_connected_anew(signed_in: SignedIn) -> None:
    page = signed_in.page
    double = OngoingDouble(username="api", password=PASSWORD, goods_owners=[42])
    with running(double) as url:
        signed_in.open("connections")
        page.get_by_role("button", name="Connect an account").click()
        dialog = page.frame_locator("iframe")
        dialog.get_by_label("Search systems").fill("ongoing")
        dialog.get_by_role("button", name="Ongoing WMS").click()
        fields = {"User name": "api", "Password": PASSWORD, "Goods owner": "42", "URL": f"{url}/demo/api/v1/"}
        for label, value in fields.items():
            dialog.get_by_label(label).first.fill(value)
        dialog.get_by_role("button", name="Connect", exact=True).click()
        dialog.get_by_role("button", name="Done").click()
        page.get_by_role("link", name="wms/ongoing").click()
        expect(page.get_by_text("Healthy")).to_be_visible()
        double.faults.add(Fault("GET", "/orders", "status_before", status=403, times=50))
        page.get_by_role("button", name="Sync now: get_orders").click()
        expect(page.get_by_role("heading", name="What is wrong")).to_be_visible(timeout=20_000)
        expect(page.get_by_text("grant the permission at the vendor")).to_be_visible()
        assert signed_in.faults() == []
        double.faults.clear()
        page.get_by_role("button", name="Sync now: get_orders").click()
        expect(page.get_by_role("heading", name="What is wrong")).to_have_count(0, timeout=20_000)
        double.faults.add(Fault("GET", "/orders", "status_before", status=500, times=50))
        page.get_by_role("button", name="Sync now: get_orders").click()
        expect(page.get_by_text("It is tried again by itself")).to_be_visible(timeout=20_000)
        double.faults.clear()
        page.get_by_role("button", name="Reconnect").click()
        dialog = page.frame_locator("iframe")
        expect(dialog.get_by_role("heading", name="Connect Ongoing WMS")).to_be_visible()
        for label, value in fields.items():
            dialog.get_by_label(label).first.fill(value)
        dialog.get_by_role("button", name="Connect", exact=True).click()
        dialog.get_by_role("button", name="Done").click()
        expect(page.get_by_role("heading", name="What is wrong")).to_have_count(0, timeout=30_000)


def test_a_page_that_notices_its_deletion_first_still_leaves(signed_in: SignedIn) -> None:
    with signed_in.key() as key:
        made = key.post("/sandbox/generate-sandbox/wms").json()["connection_id"]
    page = signed_in.page
    signed_in.open(f"connections/{made}")
    held: list[tuple[Route, APIResponse]] = []

    def hold(route: Route) -> None:
        if route.request.method == "DELETE":
            held.append((route, route.fetch()))
        else:
            route.continue_()

    page.route("**/connections", hold)
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("button", name="Delete, really").click()
    expect(page.get_by_text("no connection of that id")).to_be_visible(timeout=20_000)
    [(route, answer)] = held
    route.fulfill(response=answer)
    expect(page.get_by_text("No account is connected yet")).to_be_visible()


def test_a_magic_link_is_made_and_withdrawn(signed_in: SignedIn) -> None:
    page = signed_in.page
    with signed_in.key() as key:
        made = key.post("/sandbox/generate-sandbox/cart").json()["connection_id"]
    signed_in.open(f"connections/magic-links?connection={made}")
    expect(page.get_by_label("Type", exact=True)).to_have_value("cart")
    page.get_by_label("Connects anew").fill("")
    page.get_by_label("Type", exact=True).select_option("wms")
    page.get_by_label("Customer", exact=True).fill("c-7")
    page.get_by_text("Limit what can be connected").click()
    page.get_by_label("Only these systems").fill("ongoin")
    page.get_by_role("button", name="Make a magic link").click()
    expect(page.get_by_label("Only these systems")).to_have_attribute("aria-invalid", "true")
    assert signed_in.faults() == []
    page.get_by_label("Only these systems").fill("ongoing, shipbob")
    page.get_by_label("Begins without").fill("get_returns")
    page.get_by_role("button", name="Make a magic link").click()
    address = page.get_by_role("status").locator("code").inner_text()
    row = page.get_by_role("row").filter(has_text="c-7")
    expect(row).to_contain_text("ongoing, shipbob")
    assert signed_in.faults() == []
    owner = page.context.new_page()
    owner.goto(f"{signed_in.server.url}/link/magic#{address.partition('#')[2]}")
    expect(owner.get_by_role("button", name="ShipBob")).to_be_visible()
    expect(owner.get_by_role("button", name="ShipHero")).to_have_count(0)
    row.get_by_role("button", name="Withdraw", exact=True).click()
    row.get_by_role("button", name="Withdraw, really").click()
    expect(page.get_by_text("No magic link was made yet.")).to_be_visible()
    owner.get_by_role("button", name="ShipBob").click()
    owner.get_by_label("Personal access token").fill("x")
    owner.get_by_label("Channel").fill("1")
    owner.get_by_role("button", name="Connect", exact=True).click()
    expect(owner.get_by_role("alert")).to_contain_text("The magic link")


def test_one_is_found_among_ten_thousand(signed_in: SignedIn) -> None:
    filled(signed_in.install, MANY)
    page = signed_in.page
    signed_in.open("connections")
    expect(page.get_by_text("10,000").first).to_be_visible()
    page.get_by_label("Id, customer or system").fill("customer 7777")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("cell", name="customer 7777")).to_be_visible()
    assert "search=customer" in page.url
    page.reload()
    expect(page.get_by_role("cell", name="customer 7777")).to_be_visible()


def test_a_viewer_looks_and_changes_nothing(signed_in: SignedIn, page: Page) -> None:
    with signed_in.key() as key:
        made = key.post("/sandbox/generate-sandbox/wms").json()["connection_id"]
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, signed_in.server, signed_in.install, "vic@example.com", "viewer")
    signed_in.open(f"connections/{made}")
    expect(page.get_by_role("heading", name="Lists")).to_be_visible()
    for name in ("Sync everything now", "Delete", "Reconnect"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
