"""Keys, people, the audit and the log of requests, in a browser."""

import csv
import io

from playwright.sync_api import expect

from tests.web.signed_in import PASSWORD, SignedIn, sign_in, signed_in

__all__ = ["signed_in"]

HOSTILE = '=HYPERLINK("http://x") <img src=x onerror=alert(1)>'


def test_a_key_is_made_used_and_revoked(signed_in: SignedIn) -> None:
    page = signed_in.page
    signed_in.open("keys")
    page.get_by_label("Name of the new key").fill(HOSTILE)
    page.get_by_label("may only read").check()
    page.get_by_role("button", name="Make a key").click()
    made = page.get_by_role("status").filter(has_text="not shown again").locator("code").inner_text()
    row = page.get_by_role("row").filter(has_text="HYPERLINK")
    expect(row).to_contain_text("reads")
    assert signed_in.faults() == []
    with signed_in.server.client(made) as key:
        assert key.get("/connections").status_code == 200
        row.get_by_role("button", name="Revoke").click()
        page.get_by_role("button", name="Revoke, really").click()
        expect(row).to_contain_text("revoked")
        assert key.get("/connections").status_code == 401
    page.reload()
    expect(page.get_by_role("row").filter(has_text="HYPERLINK")).to_contain_text("revoked")
    assert made not in page.content()


def test_somebody_is_invited_and_the_audit_knows(signed_in: SignedIn) -> None:
    page = signed_in.page
    signed_in.open("users")
    page.get_by_label("Name", exact=True).fill("=cmd|' /C calc'!A0")
    page.get_by_label("E-mail").fill("bob@example.com")
    page.get_by_role("button", name="Invite", exact=True).click()
    link = page.get_by_role("status").filter(has_text="Hand this link").locator("code").inner_text()
    expect(page.get_by_role("row").filter(has_text="bob@example.com")).to_contain_text("invited")
    assert signed_in.faults() == []
    browser = page.context.browser
    assert browser is not None
    theirs = browser.new_context()
    bob = theirs.new_page()
    bob.goto(link)
    bob.get_by_label("Password").fill(PASSWORD)
    bob.get_by_role("button", name="Sign in").click()
    pages = bob.get_by_role("navigation", name="Pages")
    expect(pages.get_by_role("link", name="API keys")).to_be_visible()
    expect(pages.get_by_role("link", name="Audit")).to_have_count(0)
    bob.goto(f"{signed_in.server.url}/dashboard/users")
    expect(bob.get_by_role("alert")).to_contain_text("This is for admins")

    page.get_by_label("Role of =cmd").select_option("viewer")
    expect(page.get_by_label("Role of =cmd")).to_have_value("viewer")
    page.get_by_role("row").filter(has_text="ada@example.com").get_by_role("button", name="Disable").click()
    expect(page.get_by_role("alert")).to_contain_text("last admin")

    signed_in.open("audit")
    table = page.get_by_role("table", name="Who did what")
    expect(table.get_by_text("user.invited", exact=True).first).to_be_visible()
    assert signed_in.faults() == []
    page.get_by_role("searchbox", name="What").fill("user.changed")
    page.get_by_role("button", name="Filter").click()
    expect(table.get_by_role("row")).to_have_count(2)
    with page.expect_download() as begun:
        page.get_by_role("link", name="Export as CSV").click()
    rows = list(csv.reader(io.StringIO(begun.value.path().read_text())))
    assert [row[5] for row in rows[1:]] == ["user.changed"]
    page.get_by_label("Since").fill("yesterday")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("alert")).to_contain_text("/since")
    theirs.close()


def test_a_password_is_changed_on_ones_own_page(signed_in: SignedIn) -> None:
    page = signed_in.page
    signed_in.open("account")
    page.get_by_label("Password until now").fill("not this")
    page.get_by_label("New password").fill("another good password")
    page.get_by_role("button", name="Change").click()
    expect(page.get_by_label("Password until now")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Password until now").fill(PASSWORD)
    page.get_by_label("New password").fill("another good password")
    page.get_by_role("button", name="Change").click()
    expect(page.get_by_text("The password is changed")).to_be_visible()
    assert signed_in.faults() == []


def test_a_request_is_found_by_its_id_with_what_it_caused(signed_in: SignedIn) -> None:
    with signed_in.key() as key:
        made = key.post("/sandbox/generate-sandbox/wms").json()
        asked = key.get("/wms/orders", headers={"x-trackstar-access-token": made["access_token"]})
        missing = key.get("/wms/orders/%3Cscript%3Ealert(1)")
    page = signed_in.page
    signed_in.open("requests")
    expect(page.get_by_role("link", name="GET /wms/orders", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="GET /wms/orders/%3Cscript%3Ealert(1)")).to_be_visible()
    assert signed_in.faults() == []
    page.get_by_label("Request id").fill(asked.headers["x-request-id"])
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("link", name="GET /wms/orders", exact=True).click()
    expect(page.get_by_role("heading", name="One call")).to_be_visible()
    expect(page.get_by_role("region", name="Request: headers")).to_contain_text(
        '"x-trackstar-api-key": "[redacted]"'
    )
    expect(page.get_by_role("link", name=asked.headers["x-request-id"])).to_be_visible()
    assert signed_in.faults() == []
    assert missing.status_code == 401


def test_a_viewer_sees_no_way_to_change_things(signed_in: SignedIn) -> None:
    page = signed_in.page
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, signed_in.server, signed_in.install, "vic@example.com", "viewer")
    pages = page.get_by_role("navigation", name="Pages")
    for hidden in ("API keys", "Users", "Audit"):
        expect(pages.get_by_role("link", name=hidden)).to_have_count(0)
    page.goto(f"{signed_in.server.url}/dashboard/keys")
    expect(page.get_by_role("alert")).to_contain_text("admins and developers")
