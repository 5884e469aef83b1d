"""A Crossdock with a sandbox of each type, whose records are edited by hand."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import orjson
import sqlalchemy as sa

from crossdock.cli.database import opened_database
from crossdock.sandbox.site import Kind
from crossdock.settings import load_settings
from crossdock.storage.tables import sandbox_records, sandboxes
from tests.support.install import Install, Server

TYPES = ("wms", "cart", "erp", "freight")


@dataclass
class Sandboxes:
    """An organisation with a sandbox of each type: `staff` has the key alone, `api` the token of each too."""

    install: Install
    server: Server
    staff: httpx.Client
    api: Mapping[str, httpx.Client]
    ids: frozenset[str]
    """Of the sandboxes."""

    def own(self, kind: Kind, **wanted: Any) -> list[dict[str, Any]]:
        """The records that sandboxes keep of a kind, with those values."""
        columns = sandbox_records.c
        query = sa.select(columns.data).where(columns.kind == kind, columns.sandbox_id.in_(self.ids))
        settings = load_settings(self.install.environment)
        with opened_database(settings) as database, database.transaction(writes=False) as db:
            rows = [orjson.loads(text) for text in db.scalars(query.order_by(columns.sequence))]
        return [row for row in rows if all(row.get(name) == value for name, value in wanted.items())]

    def edit(
        self, path: str, record_id: str, patch: Any, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """An edit of a record of `type/resource`."""
        return self.staff.patch(f"/sandbox/records/{path}/{record_id}", json=patch, headers=headers)

    def edited(self, path: str, record_id: str, patch: Any) -> dict[str, Any]:
        """The record after an edit that has to succeed."""
        answer = self.edit(path, record_id, patch)
        assert answer.status_code == 200, answer.text
        record: dict[str, Any] = answer.json()["data"]
        return record

    def faults(self, path: str, record_id: str, patch: Any) -> dict[str, str]:
        """What is wrong with an edit, by place; nothing of it is stored."""
        answer = self.edit(path, record_id, patch)
        assert answer.status_code == 422, answer.text
        assert answer.json()["origin"] == "trackstar"
        return {fault["pointer"]: fault["message"] for fault in answer.json()["errors"]}

    def raw(self, path: str, record_id: str) -> dict[str, Any]:
        """What the sandbox itself says of a record, as it is stored."""
        answer = self.api[path.partition("/")[0]].get(f"/{path}/{record_id}/raw")
        assert answer.status_code == 200, answer.text
        record: dict[str, Any] = answer.json()["data"]
        return record

    def events(self, record_id: str) -> list[dict[str, Any]]:
        """The events of a record, the oldest first."""
        answer = self.staff.get("/webhooks/events", params={"record_id": record_id})
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["data"]
        return found[::-1]

    def stock(self, sku: str) -> dict[str, Any]:
        """The inventory item of a SKU."""
        return self.own("inventory", sku=sku)[0]


@contextmanager
def sandboxes_of(install: Install) -> Iterator[Sandboxes]:
    """A running server with the sandboxes of an organisation `acme`."""
    install.settings["CROSSDOCK_READS_PER_SECOND"] = "0"
    install.settings["CROSSDOCK_WRITES_PER_SECOND"] = "0"
    key = install.create_key()
    server = Server(install).start()
    with server.client(key) as staff:
        made = {name: staff.post(f"/sandbox/generate-sandbox/{name}").json() for name in TYPES}
        api = {name: server.client(key, one["access_token"]) for name, one in made.items()}
        with opened_database(load_settings(install.environment)) as database, database.transaction() as db:
            ids = frozenset(db.scalars(sa.select(sandboxes.c.id)))
        yield Sandboxes(install, server, staff, api, ids)
        for client in api.values():
            client.close()
    server.stop()
