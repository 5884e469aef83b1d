"""A Crossdock in this process whose organisation generated a sandbox of some type."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from crossdock.app import create_app
from crossdock.connections.keys import create_api_key
from crossdock.http.service import Service, open_service
from crossdock.settings import load_settings
from tests.support.prepared import prepared


@dataclass
class Generated:
    """What a scene talks to: the service behind a client with key and token."""

    service: Service
    connection_id: str
    runner: asyncio.Runner
    client: httpx.AsyncClient

    def call(self, method: str, path: str, json: Any = None) -> httpx.Response:
        """One request of the contract."""
        body = {} if json is None else {"json": json}
        return self.runner.run(self.client.request(method, path, **body))

    def get(self, path: str) -> Any:
        """What a read answers under `data`."""
        answer = self.call("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    def write(self, method: str, path: str, json: Any = None) -> Any:
        """The record of a write that has to succeed."""
        answer = self.call(method, path, json)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    def refused(self, status: int, pointers: list[str], method: str, path: str, json: Any = None) -> str:
        """The words of a write that has to be refused about those fields."""
        answer = self.call(method, path, json)
        assert answer.status_code == status, answer.text
        told = dict.fromkeys(row["pointer"] for row in answer.json().get("errors", []))
        assert list(told) == pointers, answer.text
        return str(answer.json()["error"])

    def sync(self) -> None:
        """Every list is read that is due."""
        self.runner.run(self.service.syncs.run_connection(self.connection_id))


@contextmanager
def generated(home: Path, integration_type: str) -> Iterator[Generated]:
    """An install on SQLite in that folder with the sandbox of that type."""
    environment = {
        "CROSSDOCK_HOME": str(prepared(home)),
        "CROSSDOCK_READS_PER_SECOND": "0",
        "CROSSDOCK_WRITES_PER_SECOND": "0",
    }
    service = open_service(load_settings(environment))
    key = create_api_key(service.database, "acme", read_only=False).key
    with asyncio.Runner() as runner:
        transport = httpx.ASGITransport(create_app(service))
        client = httpx.AsyncClient(
            transport=transport, base_url="http://crossdock", headers={"x-trackstar-api-key": key}
        )
        made = runner.run(client.post(f"/sandbox/generate-sandbox/{integration_type}"))
        assert made.status_code == 200, made.text
        client.headers["x-trackstar-access-token"] = made.json()["access_token"]
        yield Generated(service, made.json()["connection_id"], runner, client)
        runner.run(client.aclose())
        runner.run(service.aclose())
