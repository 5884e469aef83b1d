"""The first start and signing in, in a browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.install import Install, Server
from tests.web.accessibility import serious_faults
from tests.web.signed_in import PASSWORD, SignedIn, sign_in, signed_in

__all__ = ["signed_in"]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    started = Server(Install(tmp_path / "home", new=True)).start()
    yield started
    started.stop()


def test_the_first_account_is_made_and_signs_in_again(server: Server, page: Page) -> None:
    assert server.process is not None
    assert server.process.stdout is not None
    link = re.search(r"http\S+", server.process.stdout.readline())
    assert link
    page.goto(link[0])
    expect(page.get_by_role("heading", name="First start")).to_be_visible()
    assert "#" not in page.url
    assert serious_faults(page) == []
    page.get_by_label("Organisation").fill("acme")
    page.get_by_label("Your name").fill("<b>Ada</b>")
    page.get_by_label("E-mail").fill("ada@example.com")
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_label("Password")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_text("<b>Ada</b>, admin")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert serious_faults(page) == []
    page.get_by_label("E-mail").fill("ada@example.com")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("is not right")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    expect(page.get_by_role("navigation", name="Pages")).to_be_visible()


def test_an_invitation_is_used_once(server: Server, page: Page) -> None:
    told = server.install.run("users", "invite", "bob@example.com", "--org", "acme").stdout.strip()
    link = f"{server.url}/dashboard/invitation#{told.partition('#')[2]}"
    page.goto(link)
    expect(page.get_by_role("heading", name="Choose a password")).to_be_visible()
    assert serious_faults(page) == []
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("bob@example.com, developer")).to_be_visible()
    page.goto(link)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("unknown, used or expired")


def test_a_page_goes_on_when_its_server_comes_back(signed_in: SignedIn) -> None:
    signed_in.open("connections")
    server, page = signed_in.server, signed_in.page
    port = int(server.url.rpartition(":")[2])
    server.stop()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer")
    server.start(port=port)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_somebody_else_signs_in_beside(signed_in: SignedIn) -> None:
    browser = signed_in.page.context.browser
    assert browser is not None
    other = browser.new_context()
    page = other.new_page()
    sign_in(page, signed_in.server, signed_in.install, "vic@example.com", "viewer")
    expect(page.get_by_text("vic@example.com, viewer")).to_be_visible()
    expect(signed_in.page.get_by_text("ada@example.com, admin")).to_be_visible()
    other.close()
