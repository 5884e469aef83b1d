"""The write explorer: finding what a return needs, sending one, and reading what became of it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from crossdock.doubles.ongoing import OngoingDouble, ReturnCause, parse_return_cause
from crossdock.doubles.server import running
from tests.web.signed_in import SignedIn, sign_in, signed_in

__all__ = ["signed_in"]
Warehouse = tuple[OngoingDouble, str]
OWNER = 42


@pytest.fixture
def warehouse() -> Iterator[Warehouse]:
    double = OngoingDouble()
    with running(double) as url:
        yield double, f"{url}/demo/api/v1/"
    assert double.violations == []


def open_return(signed_in: SignedIn, url: str, view: str = "try") -> str:
    """The explorer at the returns of a new account; its access token."""
    made = signed_in.install.connect(url)
    signed_in.open(f"writes?account=connection:{made.id}&action=create_return&view={view}")
    if view == "try":
        expect(signed_in.page.get_by_role("heading", name="Try it")).to_be_visible()
    return made.access_token


def fill_in(page: Page, number: str, quantity: str = "2") -> None:
    page.get_by_label("return_number").fill(number)
    page.get_by_label("order_id").fill("1001")
    page.get_by_label("sku").fill("TEST-SKU")
    page.get_by_label("expected_quantity").fill(quantity)


def send(page: Page) -> None:
    page.get_by_role("button", name="Send", exact=True).click()


def faults(page: Page) -> list[str]:
    return page.locator(".field .fault:visible").all_inner_texts()


def returns(double: OngoingDouble) -> dict[str, object]:
    return dict(double.owner(OWNER).return_orders)


def test_what_a_return_needs_is_found_out(signed_in: SignedIn, warehouse: Warehouse) -> None:
    made = signed_in.install.connect(warehouse[1])
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

    def row(field: str) -> str:
        return fields.get_by_role("row").filter(has=page.get_by_text(field, exact=True)).inner_text()

    assert "PUT /returnOrders /returnOrderLines/*/returnCause/code" in row("line_items[].return_cause.code")
    assert "this account's own values" in row("line_items[].return_cause.code")
    assert "/customerOrderLine/orderLineId computed" in row("line_items[].sku")
    assert "computed" not in row("line_items[].expected_quantity")
    assert "kept here, sent to nobody" in row("trackstar_tags")
    expect(page.get_by_text("Each SKU stands in the body once")).to_be_visible()
    assert signed_in.faults() == []


def test_a_fault_is_at_its_field_while_typing_and_goes_when_it_is_mended(
    signed_in: SignedIn, warehouse: Warehouse
) -> None:
    page = signed_in.page
    open_return(signed_in, warehouse[1])
    assert faults(page) == []
    page.get_by_label("return_number").fill("none")
    assert 'must not be null, empty, or the word "null" or "none"' in faults(page)
    fill_in(page, "RMA-1", quantity="0")
    expect(page.get_by_label("expected_quantity")).to_have_attribute("aria-invalid", "true")
    assert faults(page) == ["must be at least 1"]
    page.get_by_label("expected_quantity").fill("2")
    assert faults(page) == []
    page.get_by_label("order_id").fill("A-1001")
    expect(page.get_by_label("order_id")).to_have_accessible_description(
        re.compile("a number from 1 to 2147483647")
    )
    page.get_by_label("order_id").fill("1001")
    page.get_by_text("return_cause", exact=True).first.click()
    page.get_by_label("return_reason").select_option("damaged")
    assert faults(page) == ["is required"]
    page.get_by_label("code").select_option("13")
    assert faults(page) == ['must be "wrong size"']
    assert signed_in.faults() == []
    page.get_by_label("return_reason").select_option("wrong size")
    assert faults(page) == []
    assert '"code": "13"' in page.get_by_role("region", name="As a program").last.inner_text()
    page.get_by_label("code").select_option("")
    page.get_by_label("return_reason").select_option("")
    assert faults(page) == []
    assert "return_cause" not in page.get_by_role("region", name="As a program").last.inner_text()


def test_a_return_is_previewed_sent_and_read(signed_in: SignedIn, warehouse: Warehouse) -> None:
    double, url = warehouse
    page = signed_in.page
    open_return(signed_in, url)
    fill_in(page, "RMA-77")
    page.get_by_role("button", name="Preview the vendor's request").click()
    expect(page.get_by_text("/demo/api/v1/returnOrders")).to_be_visible()
    preview = page.get_by_role("region", name="Request 1, which was not sent")
    expect(preview).to_contain_text('"returnOrderNumber": "RMA-77"')
    expect(preview).to_contain_text("[redacted]")
    assert returns(double) == {}

    send(page)
    expect(page.get_by_text("Sent. The record is")).to_be_visible()
    expect(page.get_by_role("region", name="The record", exact=True)).to_contain_text(
        '"return_number": "RMA-77"'
    )
    assert list(returns(double)) == ["RMA-77"]
    put = page.locator("details", has=page.locator("summary", has_text="PUT"))
    put.locator("summary").click()
    expect(put.get_by_role("region", name="Sent to the vendor")).to_contain_text("RMA-77")
    expect(put.get_by_role("region", name="Answered by the vendor")).to_contain_text("returnOrderId")
    assert signed_in.faults() == []


def test_the_servers_faults_stand_at_their_fields_until_those_change(
    signed_in: SignedIn, warehouse: Warehouse
) -> None:
    page = signed_in.page
    open_return(signed_in, warehouse[1])
    fill_in(page, "RMA-1", quantity="1")
    page.get_by_label("order_id").fill("999999")
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("999999")
    expect(page.get_by_label("order_id")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("tracking_number").fill("1Z")
    expect(page.get_by_label("order_id")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("order_id").fill("1001")
    expect(page.get_by_label("order_id")).not_to_have_attribute("aria-invalid", "true")
    send(page)
    expect(page.get_by_text("Sent. The record is")).to_be_visible()


def test_a_lost_answer_is_asked_for_again_and_nothing_is_written_twice(
    signed_in: SignedIn, warehouse: Warehouse
) -> None:
    double, url = warehouse
    page = signed_in.page
    open_return(signed_in, url)
    fill_in(page, "RMA-1")
    keys = []

    def lose(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        route.fetch()
        route.abort()

    page.route("**/wms/returns", lose, times=1)
    send(page)
    expect(page.get_by_text("Whether it was sent is not known")).to_be_visible()
    puts = double.counts["PUT /returnOrders"]
    assert puts == 1
    with page.expect_request("**/wms/returns") as again:
        send(page)
    assert again.value.headers["idempotency-key"] == keys[0]
    expect(page.get_by_text("This had been sent before")).to_be_visible()
    assert double.counts["PUT /returnOrders"] == puts
    with page.expect_request("**/wms/returns") as another:
        send(page)
    assert another.value.headers["idempotency-key"] != keys[0]


LANGUAGES = [
    ("curl", ["bash", "-c"]),
    ("Python", [sys.executable, "-c"]),
    ("JavaScript", ["node", "--input-type=module", "-e"]),
]


def run_snippets(signed_in: SignedIn, token: str, folder: Path) -> Iterator[str]:
    """Runs the program of each language as it is shown, after whoever asks has filled in the form for it."""
    environment = {
        **os.environ,
        "CROSSDOCK_KEY": signed_in.install.create_key(),
        "CROSSDOCK_TOKEN": token,
        "NO_PROXY": "*",
    }
    for language, command in LANGUAGES:
        yield language
        page = signed_in.page
        page.get_by_role("button", name=language, exact=True).click()
        text = page.get_by_role("region", name="As a program").last.inner_text()
        assert environment["CROSSDOCK_KEY"] not in text
        assert token not in text
        done = subprocess.run(
            [*command, text],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert '"error"' not in done.stdout, done.stdout


def test_the_snippets_do_what_they_say(signed_in: SignedIn, warehouse: Warehouse, tmp_path: Path) -> None:
    double, url = warehouse
    token = open_return(signed_in, url)
    fill_in(signed_in.page, "RMA")
    names = []
    for language in run_snippets(signed_in, token, tmp_path):
        names.append(f"RMA '{language}' \"$HOME\" \\ö `id`")
        signed_in.page.get_by_label("return_number").fill(names[-1])
    assert list(returns(double)) == names


def test_a_file_is_sent_from_the_page_and_by_the_snippets(
    signed_in: SignedIn, warehouse: Warehouse, tmp_path: Path
) -> None:
    double, url = warehouse
    made = signed_in.install.connect(url)
    page = signed_in.page
    signed_in.open(f"writes?account=connection:{made.id}&action=attach_file&view=try")
    page.get_by_label("Path: order_id").fill("1001")
    for language in run_snippets(signed_in, made.access_token, tmp_path):
        file = tmp_path / f"it's {language}.pdf"
        file.write_bytes(b"%PDF-1.4")
        page.get_by_label("file required", exact=True).set_input_files(file)
    send(page)
    expect(page.get_by_text(re.compile("^Sent"))).to_be_visible()
    names = [file["fileName"] for files in double.warehouse.files.values() for file in files]
    assert sorted(names) == sorted(f"it's {language}.pdf" for language, _ in LANGUAGES)


def test_a_write_without_a_body_needs_only_its_record(signed_in: SignedIn, warehouse: Warehouse) -> None:
    made = signed_in.install.connect(warehouse[1])
    page = signed_in.page
    signed_in.open(f"writes?account=connection:{made.id}&action=cancel_order&view=try")
    preview = page.get_by_role("button", name="Preview the vendor's request")
    expect(preview).to_be_disabled()
    page.get_by_label("Path: order_id").fill("1001")
    preview.click()
    expect(page.get_by_role("region", name="Request 1, which was not sent")).to_be_visible()
    assert "--data-raw" not in page.get_by_role("region", name="As a program").last.inner_text()


def test_two_integrations_side_by_side(signed_in: SignedIn) -> None:
    page = signed_in.page
    signed_in.open(
        "writes?account=integration:wms/ongoing&action=create_order&compare=integration:wms/shiphero"
    )
    table = page.get_by_role("table", name="The fields of POST /wms/orders")
    expect(table.get_by_role("columnheader", name="wms/shiphero")).to_be_visible()
    expect(
        table.get_by_role("row", name=re.compile("^warehouse_id differs required .* not taken"))
    ).to_be_visible()
    same = table.get_by_role("row", name=re.compile("^order_number required"))
    expect(same).to_contain_text("POST /graphql /variables/data/order_number")
    assert signed_in.faults() == []
    page.get_by_label("Only what differs").check()
    expect(same).to_have_count(0)
    page.get_by_role("link", name="Try it").click()
    expect(page.get_by_text("Choose a connection to preview or send.")).to_be_visible()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_disabled()


def test_thousands_of_values_are_searched(signed_in: SignedIn) -> None:
    causes = [ReturnCause(str(number), f"cause {number}") for number in range(5_000)]
    with running(OngoingDouble(return_causes=causes)) as url:
        open_return(signed_in, f"{url}/demo/api/v1/", "fields")
        page = signed_in.page
        row = page.get_by_role("row").filter(has=page.get_by_text("line_items[].return_cause.return_reason"))
        row.get_by_text("all 5000 values").click()
        row.get_by_label("Search the values of").fill("4321")
        expect(row.get_by_text("1 of 5000 are shown")).to_be_visible()
        expect(row.get_by_text("cause 4321")).to_be_visible()
        assert signed_in.faults() == []
        page.get_by_role("link", name="Try it").click()
        fill_in(page, "RMA-1")
        page.get_by_text("return_cause", exact=True).first.click()
        page.get_by_label("code").press_sequentially("432")
        assert page.locator("datalist").first.locator("option").count() < 60
        assert faults(page) == []
        reason = page.get_by_role("combobox", name="return_reason")
        reason.press_sequentially("cause 9")
        assert faults(page) == ['must be "cause 432"']
        reason.fill("cause 432")
        assert faults(page) == []
        page.get_by_label("code").fill("5000")
        assert faults(page) == ["must be one of 5000 values"]
        assert signed_in.faults() == []


def test_what_a_vendor_calls_its_values_is_text(signed_in: SignedIn, warehouse: Warehouse) -> None:
    double, url = warehouse
    trap = "<img src=x onerror=alert(1)>"
    double.warehouse.return_causes = [
        parse_return_cause(f"13={trap}"),
        parse_return_cause("2=written off:remove"),
    ]
    page = signed_in.page
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    open_return(signed_in, url, "fields")
    expect(page.locator("code.value", has_text=trap)).to_be_visible()
    expect(page.get_by_text("written off", exact=False)).to_be_visible()
    page.get_by_role("link", name="Try it").click()
    fill_in(page, "RMA-1")
    page.get_by_text("return_cause", exact=True).first.click()
    page.get_by_label("code").select_option("13")
    page.get_by_label("return_reason").select_option(trap)
    send(page)
    expect(page.get_by_role("region", name="The record", exact=True)).to_contain_text(trap)
    pictures = [picture.get_attribute("src") for picture in page.locator("img").all()]
    assert pictures == ["/assets/crossdock.svg"]


def test_viewers_are_told_why_they_cannot_send(signed_in: SignedIn, warehouse: Warehouse) -> None:
    made = signed_in.install.connect(warehouse[1])
    browser = signed_in.page.context.browser
    assert browser is not None
    other = browser.new_context()
    page = other.new_page()
    sign_in(page, signed_in.server, signed_in.install, "vic@example.com", "viewer")
    page.goto(
        f"{signed_in.server.url}/dashboard/writes?account=connection:{made.id}&action=create_return&view=try"
    )
    fill_in(page, "RMA-1", quantity="0")
    assert faults(page) == ["must be at least 1"]
    expect(page.get_by_text("Preview and sending are for developers and admins.")).to_be_visible()
    for name in ("Preview the vendor's request", "Send"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_disabled()
    other.close()
