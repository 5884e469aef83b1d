"""A Crossdock in this process with a carrier connected, spoken to over HTTP without a socket."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from crossdock.app import create_app
from crossdock.connections.install import NewConnection, connect
from crossdock.connections.keys import create_api_key
from crossdock.http.service import Service, open_service
from crossdock.settings import load_settings
from tests.support.prepared import prepared


@dataclass
class CarrierWorld:
    """The service, a key of one organisation, and its connections by the carrier's name."""

    service: Service
    runner: asyncio.Runner
    client: httpx.AsyncClient
    key: str
    connections: dict[str, NewConnection] = field(default_factory=dict)

    def connected(self, carrier: str, org: str = "acme", **fields: str) -> NewConnection:
        if carrier not in self.connections:
            integration = self.service.catalog.get("carrier", carrier)
            made = self.runner.run(
                connect(
                    self.service.database,
                    self.service.vault,
                    self.service.vendors,
                    integration,
                    organisation=org,
                    fields=fields,
                )
            )
            self.connections[carrier] = made
        return self.connections[carrier]

    def headers(self, carrier: str) -> dict[str, str]:
        return {
            "x-trackstar-api-key": self.key,
            "x-trackstar-access-token": self.connected(carrier).access_token,
        }

    def call(self, carrier: str, method: str, path: str, **more: Any) -> httpx.Response:
        return self.runner.run(self.client.request(method, path, headers=self.headers(carrier), **more))

    def anybody(self, path: str) -> httpx.Response:
        """A request without key or token."""
        return self.runner.run(self.client.get(path))

    def upload(self, carrier: str, content: bytes, name: str = "invoice.csv") -> httpx.Response:
        return self.call(carrier, "POST", "/carrier/files", files={"file": (name, content)})

    def taken(self, carrier: str, content: bytes, name: str = "invoice.csv") -> dict[str, Any]:
        """An upload that has to succeed: the file."""
        answer = self.upload(carrier, content, name)
        assert answer.status_code == 200, answer.text
        data: dict[str, Any] = answer.json()["data"]
        return data

    def items(self, carrier: str, query: str = "") -> list[dict[str, Any]]:
        answer = self.call(carrier, "GET", f"/carrier/invoice-line-items{query}")
        assert answer.status_code == 200, answer.text
        data: list[dict[str, Any]] = answer.json()["data"]
        return data


@contextmanager
def carrier_world(home: Path, **settings: str) -> Iterator[CarrierWorld]:
    """Settings as in the environment, without `CROSSDOCK_`."""
    environ = {f"CROSSDOCK_{name}": value for name, value in settings.items()}
    environ |= {
        "CROSSDOCK_HOME": str(prepared(home)),
        "CROSSDOCK_READS_PER_SECOND": "0",
        "CROSSDOCK_WRITES_PER_SECOND": "0",
    }
    with asyncio.Runner() as runner:
        service = open_service(load_settings(environ))
        app = create_app(service)
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://crossdock")
        try:
            key = create_api_key(service.database, "acme", read_only=False).key
            yield CarrierWorld(service, runner, client, key)
        finally:
            runner.run(client.aclose())
            runner.run(service.aclose())
