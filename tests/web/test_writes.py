"""The write explorer: finding what a return needs, sending one, and reading what became of it."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from crossdock.doubles.ongoing import OngoingDouble
from crossdock.doubles.server import running
from tests.web.signed_in import SignedIn, signed_in

__all__ = ["signed_in"]


@pytest.fixture
def warehouse() -> Iterator[tuple[OngoingDouble, str]]:
    double = OngoingDouble()
    with running(double) as url:
        yield double, f"{url}/demo/api/v1/"
    assert double.violations == []


def fill_in(page: Page, number: str, quantity: str = "2") -> None:
    page.get_by_label("return_number").fill(number)
    page.get_by_label("order_id").fill("1001")
    page.get_by_role("button", name="Add", exact=True).first.click()
    page.get_by_label("sku").fill("TEST-SKU")
    page.get_by_label("expected_quantity").fill(quantity)
    page.get_by_label("code", exact=False).select_option("13")
    page.get_by_label("return_reason").select_option("wrong size")


def test_a_return_is_found_out_filled_in_previewed_and_sent(
    signed_in: SignedIn, warehouse: tuple[OngoingDouble, str]
) -> None:
    double, url = warehouse
    made = signed_in.install.connect(url)
    page = signed_in.page
    signed_in.open("writes")
    page.get_by_label("Account or integration").select_option(f"connection:{made.id}")
    page.get_by_label("Write", exact=True).select_option("create_return")
    fields = page.get_by_role("table", name="The fields of POST /wms/returns")
    required = fields.get_by_role("row").filter(has=page.get_by_text("required", exact=True))
    expect(required.first).to_be_visible()
    assert [row.get_by_role("cell").first.locator("code").inner_text() for row in required.all()] == [
        "return_number",
        "order_id",
        "line_items",
        "line_items[].sku",
        "line_items[].expected_quantity",
        "line_items[].return_cause.code",
    ]
    expect(fields).to_contain_text("PUT /returnOrders#/returnOrderLines/*/returnCause/code")
    expect(fields).to_contain_text("this account's own values")
    assert signed_in.faults() == []

    fill_in(page, "RMA-77", quantity="0")
    expect(page.get_by_text("Each line at least one unit", exact=False).last).to_be_visible()
    page.get_by_label("expected_quantity").fill("2")
    page.get_by_label("return_reason").select_option("damaged")
    expect(page.locator(".fault", has_text="wrong size")).to_be_visible()
    page.get_by_label("return_reason").select_option("wrong size")
    expect(page.locator(".fault")).to_have_count(0)
    assert signed_in.faults() == []

    page.get_by_role("button", name="Preview the vendor's request").click()
    preview = page.get_by_role("region", name="The vendor's request, which was not sent").last
    expect(preview).to_contain_text('"returnOrderNumber": "RMA-77"')
    assert double.owner(42).return_orders.get("RMA-77") is None

    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Sent. The record is")).to_be_visible()
    assert double.owner(42).return_orders["RMA-77"]
    put = page.locator("details", has=page.locator("summary", has_text="PUT"))
    put.locator("summary").click()
    expect(put.get_by_role("region", name="Sent to the vendor")).to_contain_text("RMA-77")
    assert signed_in.faults() == []

    page.get_by_label("order_id").fill("999999")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("999999")


def test_the_snippets_do_what_they_say(signed_in: SignedIn, warehouse: tuple[OngoingDouble, str]) -> None:
    double, url = warehouse
    made = signed_in.install.connect(url)
    page = signed_in.page
    signed_in.open(f"writes?account=connection:{made.id}&action=create_return")
    environment = {
        **os.environ,
        "CROSSDOCK_KEY": signed_in.install.create_key(),
        "CROSSDOCK_TOKEN": made.access_token,
        "NO_PROXY": "*",
    }
    fill_in(page, "RMA 'quoted' \"$HOME\" \\ ö")
    for number, (language, command) in enumerate(
        [
            ("curl", ["bash", "-c"]),
            ("Python", [sys.executable, "-c"]),
            ("JavaScript", ["node", "--input-type=module", "-e"]),
        ]
    ):
        name = f"RMA '{number}' \"$HOME\" ö"
        page.get_by_label("return_number").fill(name)
        page.get_by_role("button", name=language, exact=True).click()
        text = page.locator("pre[aria-label='As a program']").inner_text()
        assert made.access_token not in text
        # Each is a program of its own, and would repeat the Idempotency-Key of the one before.
        done = subprocess.run(
            [*command, text.replace("Idempotency-Key", f"X-Ignored-{number}")],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert double.owner(42).return_orders.get(name) is not None, done.stdout + done.stderr


def test_two_integrations_side_by_side(signed_in: SignedIn) -> None:
    page = signed_in.page
    signed_in.open(
        "writes?account=integration:wms/ongoing&action=create_order&compare=integration:wms/shiphero"
    )
    table = page.get_by_role("table", name="The fields of POST /wms/orders")
    expect(table.get_by_role("columnheader", name="wms/shiphero")).to_be_visible()
    expect(table.get_by_text("not taken").first).to_be_visible()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    assert signed_in.faults() == []
