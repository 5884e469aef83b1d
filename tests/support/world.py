"""A connected Crossdock: what most tests talk to."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import sqlalchemy as sa

from crossdock.doubles.ongoing import OngoingDouble
from crossdock.doubles.server import running
from tests.support.install import Install, Server

GOODS_OWNER = 42
ORDER = "1001"

_numbers = itertools.count(1)


def return_number() -> str:
    """A return number that no other test uses."""
    return f"RMA-{next(_numbers)}"


def a_return(**changes: Any) -> dict[str, Any]:
    """A body that the account takes, with changes."""
    body: dict[str, Any] = {
        "return_number": return_number(),
        "order_id": ORDER,
        "line_items": [
            {
                "sku": "TEST-SKU",
                "expected_quantity": 2,
                "return_cause": {"code": "13", "return_reason": "wrong size"},
            }
        ],
    }
    return body | changes


@dataclass
class World:
    """A double, a server and an account between them."""

    install: Install
    server: Server
    double: OngoingDouble
    double_url: str
    key: str
    token: str
    connection_id: str

    @property
    def api(self) -> httpx.Client:
        """A client with the key and the token."""
        return self.server.client(self.key, self.token)

    def post(self, body: Any, **headers: str) -> httpx.Response:
        """`POST /wms/returns`."""
        with self.api as api:
            return api.post("/wms/returns", json=body, headers=headers)

    def write_info(
        self, token: str | None = None, operation: str | None = None, **headers: str
    ) -> httpx.Response:
        """Write-info, by default for the account."""
        params = {} if operation is None else {"operation": operation}
        with self.server.client(self.key, token or self.token) as api:
            return api.get("/integrations/wms/ongoing/write-info", params=params, headers=headers)

    def in_warehouse(self, number: str) -> dict[str, Any] | None:
        """The return order of that number in the warehouse itself."""
        return self.double.owner(GOODS_OWNER).return_orders.get(number)

    @property
    def puts(self) -> int:
        """How often a return order was put since the test began."""
        return self.double.counts["PUT /returnOrders"]


@contextmanager
def connected_world(install: Install) -> Iterator[World]:
    """A double, an account of it in the install, and a server."""
    double = OngoingDouble()
    with running(double) as double_url:
        key = install.create_key()
        made = install.connect(f"{double_url}/demo/api/v1/")
        server = Server(install).start()
        try:
            yield World(
                install=install,
                server=server,
                double=double,
                double_url=double_url,
                key=key,
                token=made.access_token,
                connection_id=made.id,
            )
        finally:
            server.stop()


def engine_of(world: World) -> sa.Engine:
    """The database of a world, for what no door shows."""
    url = world.install.database_url
    if url is None:
        return sa.create_engine(f"sqlite:///{world.install.home}/crossdock.db")
    return sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))


def state_of(world: World, key: str) -> str:
    """The journal's state of the write with that idempotency key."""
    with engine_of(world).connect() as db:
        query = sa.text("SELECT state FROM writes WHERE idempotency_key = :key")
        return str(db.execute(query, {"key": key}).scalar_one())


def change_write(world: World, key: str, assignment: str) -> None:
    """Changes the journal's row of that idempotency key, to make time pass."""
    with engine_of(world).begin() as db:
        db.execute(sa.text(f"UPDATE writes SET {assignment} WHERE idempotency_key = :key"), {"key": key})
