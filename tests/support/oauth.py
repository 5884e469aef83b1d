"""Whoever connects an account by OAuth: holds a link, agrees at the vendor, and comes back."""

import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

from tests.support.install import Server


def clients_file(folder: Path, slug: str, client_id: str, client_secret: str, *also_at: str) -> str:
    """The path of a file for `CROSSDOCK_OAUTH_CLIENTS`, with one client more than it had."""
    path = folder / "clients.json"
    known_as = {"client_id": client_id, "client_secret": client_secret, "also_at": also_at}
    before = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps({**before, slug: known_as}))
    return str(path)


class Link:
    """A link, the server it is for, and the system that is connected with it."""

    def __init__(self, server: Server, key: str, slug: str, connection_id: str | None = None) -> None:
        self.server = server
        self.type, self.name = slug.split("/")
        wanted = {} if connection_id is None else {"connection_id": connection_id}
        with server.client(key) as organisation:
            self.token = organisation.post("/link/token", json=wanted).json()["link_token"]

    def ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """A request with the link's token."""
        headers = {"authorization": f"Bearer {self.token}"}
        return httpx.request(
            method, self.server.url + path, json=body, headers=headers, trust_env=False, timeout=60
        )

    def offered(self) -> Any:
        """What the dialog is told of the system."""
        [found] = [
            one
            for one in self.ask("GET", "/link/integrations").json()["data"]
            if one["integration_name"] == self.name
        ]
        return found

    def begin(self, **fields: str) -> httpx.Response:
        """Asks where to go."""
        given = {"integration_type": self.type, "integration_name": self.name, "fields": fields}
        return self.ask("POST", "/link/oauth", given)

    def agree(self, url: str) -> dict[str, str]:
        """What the vendor sends the owner back with, in the address or in a form."""
        answer = httpx.get(url, trust_env=False)
        if answer.status_code == 302:
            query = parse_qs(urlsplit(answer.headers["location"]).query)
            return {name: values[0] for name, values in query.items()}
        assert answer.status_code == 200, answer.text
        fields = re.findall(r'name="([^"]*)" value="([^"]*)"', answer.text)
        return {name: html.unescape(value) for name, value in fields}

    def come_back(self, told: dict[str, str]) -> httpx.Response:
        """Comes back by the address."""
        url = f"{self.server.url}/link/oauth/callback?{urlencode(told)}"
        return httpx.get(url, trust_env=False, timeout=60)

    def come_back_by_form(self, told: dict[str, str]) -> httpx.Response:
        """Comes back by a form that is posted."""
        return httpx.post(f"{self.server.url}/link/oauth/callback", data=told, trust_env=False, timeout=60)

    def result(self, handle: str) -> httpx.Response:
        """Asks how it ended."""
        return self.ask("POST", "/link/oauth/result", {"handle": handle})
