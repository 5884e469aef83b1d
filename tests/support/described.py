"""The service's own document, and a Crossdock with somebody who may open each of its doors."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher

from crossdock.app import create_app
from crossdock.connections import passwords, people
from crossdock.connections.passwords import hashed
from crossdock.http.doors import DESCRIPTION
from tests.support.sandbox_world import SandboxWorld, sandbox_world

JSON = "application/json"
REF = "#/components/schemas/"
DOCUMENT = DESCRIPTION.document
SCHEMAS = DOCUMENT["components"]["schemas"]
PASSWORD = "correct horse battery"

Schema = Mapping[str, Any]
Operation = tuple[str, str]
"""A method and a path of the document."""

OPERATIONS: Mapping[Operation, Mapping[str, Any]] = {
    (method.upper(), path): operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}


def resolved(schema: Schema) -> dict[str, Any]:
    """A schema with what it refers to, as one object."""
    name = schema.get("$ref", "").removeprefix(REF)
    return {**SCHEMAS.get(name, {}), **schema}


@dataclass
class Doors:
    """The service, and what opens its doors: headers by the names of the document's security schemes."""

    client: httpx.AsyncClient
    world: SandboxWorld
    opened_by: Mapping[str, Mapping[str, str]]
    tokens: Mapping[str, str]
    """Access tokens by the first segment of the paths they are for; all others are for the warehouse's."""
    in_path: Mapping[str, str]

    def ask(
        self, at: Operation, content: bytes | None = None, media_type: str = JSON, query: str = ""
    ) -> httpx.Response:
        """A request with a body, or without one, by whoever the document says may send it."""
        method, path = at
        path = re.sub(r"\{([a-z_]+)\}", lambda found: self.in_path.get(found[1], "nothing"), path)
        headers = {} if content is None else {"content-type": media_type}
        for one in OPERATIONS[at]["security"][:1]:
            for name in one:
                headers |= self.opened_by[name]
        if "x-trackstar-access-token" in headers:
            own = self.tokens.get(path.split("/")[1])
            headers |= {} if own is None else {"x-trackstar-access-token": own}
        return self.world.runner.run(
            self.client.request(method, path + query, content=content, headers=headers)
        )

    def send(self, at: Operation, body: Any, media_type: str = JSON) -> httpx.Response:
        """A request with that body as JSON."""
        return self.ask(at, json.dumps(body).encode(), media_type)


@contextmanager
def every_door(home: Path) -> Iterator[Doors]:
    """A Crossdock in this process with sandboxes, an admin who is signed in, a link and a webhook endpoint.

    Passwords are hashed in no time there.
    """
    with pytest.MonkeyPatch.context() as patch, sandbox_world(home) as world:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        key = dict(world.client.headers)
        with world.service.database.transaction() as db:
            code = people.first_start_code(db) or ""
            opened = people.first_start(db, code, "acme", "Ada", "ada@example.com", hashed(PASSWORD))
        transport = httpx.ASGITransport(create_app(world.service))
        client = httpx.AsyncClient(transport=transport, base_url="http://crossdock")
        tokens = {
            type_: world.call("POST", f"/sandbox/generate-sandbox/{type_}").json()["access_token"]
            for type_ in ("cart", "erp", "freight", "carrier")
        }
        link = world.call("POST", "/link/token").json()["link_token"]
        endpoint = world.call("POST", "/webhooks/endpoints", {"url": "https://93.184.216.34/hook"}).json()[
            "data"
        ]
        yield Doors(
            client,
            world,
            {
                "key": {"x-trackstar-api-key": key["x-trackstar-api-key"]},
                "token": {"x-trackstar-access-token": key["x-trackstar-access-token"]},
                "link": {"authorization": f"Bearer {link}"},
                "session": {
                    "cookie": f"crossdock_session={opened.token}",
                    "x-crossdock-csrf": opened.csrf_token,
                },
            },
            tokens,
            {
                "endpoint_id": endpoint["id"],
                "function_name": "get_orders",
                "integration_type": "wms",
                "resource": "orders",
            },
        )
        world.runner.run(client.aclose())
