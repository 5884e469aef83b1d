"""A Crossdock that is connected to a real Vendure, which can also be asked and changed directly."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from crossdock.doubles.server import running
from crossdock.doubles.vendure import Shop, VendureDouble, VendureServer, running_server, shared_server
from crossdock.doubles.vendure.stand import STAND
from tests.support import forked
from tests.support.install import Install, Server


@dataclass
class Site:
    """`double` stands before Vendure and can be told to misbehave; `shop` is Vendure itself."""

    install: Install
    double: VendureDouble
    url: str
    shop: Shop
    api: httpx.Client
    connection_id: str

    def written(self, method: str, path: str, body: Any, **headers: str) -> dict[str, Any]:
        """The record after a write that is accepted, all of its fields used."""
        answer = self.api.request(method, path, json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        said = answer.json()
        assert said["unused_fields"] == []
        record: dict[str, Any] = said["data"]
        assert said["id"] == record["id"]
        return record

    def refused(self, method: str, path: str, body: Any, **headers: str) -> dict[str, Any]:
        """The body of a refusal, with its status."""
        answer = self.api.request(method, path, json=body, headers=headers)
        assert answer.status_code >= 400, answer.text
        said: dict[str, Any] = answer.json()
        return said | {"status": answer.status_code}

    def sync(self, *functions: str, ok: bool = True) -> list[dict[str, Any]]:
        """Reads lists now; a row for each, by what the command line prints."""
        wanted = [part for name in functions for part in ("--function", name)]
        command = ["-m", "crossdock", "sync", "cart/vendure", "--connection", self.connection_id, "--json"]
        done = forked.run([*command, *wanted], self.install.environment, within=120)
        assert (done.returncode == 0) is ok, done.stderr + done.stdout
        rows: list[dict[str, Any]] = json.loads(done.stdout)
        return rows

    def events(self, event_type: str) -> list[dict[str, Any]]:
        """The payloads that were announced of a type, newest first."""
        answer = self.api.get("/webhooks/events", params={"event_type": event_type, "limit": "100"})
        assert answer.status_code == 200, answer.text
        return [event["payload"] for event in answer.json()["data"]]


@contextmanager
def site_of(home: Path, server: VendureServer) -> Iterator[Site]:
    """A Crossdock of its own and an account between it and a server."""
    install = Install(home, settings={"CROSSDOCK_VENDOR_TIMEOUT": "20", "CROSSDOCK_WRITE_LEASE": "2"})
    double, shop = VendureDouble(server), Shop(server.url)
    with running(double) as url:
        key = install.create_key()
        pairs = STAND.credentials(url).items()
        fields = [part for name, value in pairs for part in ("--credential", f"{name}={value}")]
        made = json.loads(install.run("connect", "cart/vendure", "--org", "acme", *fields).stdout)
        crossdock = Server(install).start()
        try:
            with crossdock.client(key, made["access_token"]) as api:
                yield Site(install, double, url, shop, api, made["connection_id"])
        finally:
            crossdock.stop()
            shop.close()
    assert STAND.credentials(url)["password"] not in crossdock.log


@contextmanager
def shared_site(home: Path) -> Iterator[Site]:
    """A site before the server of this process."""
    with site_of(home, shared_server()) as site:
        yield site


@contextmanager
def own_site(home: Path) -> Iterator[Site]:
    """A site before a server of its own, which may be stopped."""
    with running_server() as server, site_of(home, server) as site:
        yield site


@contextmanager
def well_behaved(site: Site) -> Iterator[Site]:
    """The site for one test: without faults; a request that Vendure's schema refuses is a failure."""
    site.double.faults.clear()
    site.double.counts.clear()
    yield site
    site.double.faults.clear()
    assert site.double.violations == []
