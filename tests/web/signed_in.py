"""A dashboard that somebody has opened and signed in to. Import the fixture `signed_in`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.support.install import Install, Server
from tests.web.accessibility import serious_faults

PASSWORD = "correct horse battery"
SLOWEST = 15_000


@dataclass
class SignedIn:
    """A page of the dashboard, the server behind it, and its organisation `acme`."""

    page: Page
    server: Server
    install: Install

    def open(self, path: str) -> None:
        """Goes to a page of the dashboard and waits until it has its heading."""
        self.page.goto(f"{self.server.url}/dashboard/{path}")
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    def key(self) -> httpx.Client:
        """A client with a new API key of the organisation."""
        return self.server.client(self.install.create_key())

    def faults(self) -> list[str]:
        """What axe finds on the page as it is, in light and in dark."""
        found = []
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            found += [f"{scheme}: {fault}" for fault in serious_faults(self.page)]
        self.page.emulate_media(color_scheme="light")
        return found


def sign_in(page: Page, server: Server, install: Install, email: str, role: str = "admin") -> None:
    """Signs in by an invitation, as a person does."""
    told = install.run("users", "invite", email, "--org", "acme", "--role", role).stdout.strip()
    page.goto(f"{server.url}/dashboard/invitation#{told.partition('#')[2]}")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("navigation", name="Pages")).to_be_visible()


@pytest.fixture
def signed_in(page: Page, tmp_path: Path) -> Iterator[SignedIn]:
    """Ada, an admin of `acme`, in a dashboard of her own, whose server also does the background work."""
    install = Install(tmp_path / "home")
    server = Server(install, works=True).start()
    sign_in(page, server, install, "ada@example.com")
    yield SignedIn(page, server, install)
    page.close()
    server.stop()
