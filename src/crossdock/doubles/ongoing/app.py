"""Ongoing's Goods Owner REST API over the warehouse, every request and answer checked.

The specification describes answers of status 200 only: the form of every other one, `{"message": "..."}`,
is ours.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers

from crossdock.doubles.double import Door
from crossdock.doubles.ongoing.access import Access
from crossdock.doubles.ongoing.asked import Asked
from crossdock.doubles.ongoing.causes import DEFAULT_CAUSES, ReturnCause
from crossdock.doubles.ongoing.control import doors
from crossdock.doubles.ongoing.operations import OPERATIONS
from crossdock.doubles.ongoing.seed import seed
from crossdock.doubles.ongoing.warehouse import GoodsOwner, Warehouse
from crossdock.doubles.rest import RestDouble
from crossdock.doubles.specification import Call, specification_of

FILE = Path(__file__).parent / "specification" / "openapi.json"
API = "/api/v1"


class OngoingDouble(RestDouble):
    """An ASGI application.

    Any prefix may stand before `/api/v1`: the real API has the warehouse's name there. Any user name,
    password and positive goods owner is accepted unless told which. Tests may reach into `state` (the
    warehouse, also as `warehouse`) besides what every double shows.
    """

    def __init__(
        self,
        *,
        return_causes: Sequence[ReturnCause] = DEFAULT_CAUSES,
        username: str | None = None,
        password: str | None = None,
        goods_owners: Iterable[int] | None = None,
        latency: float = 0.0,
    ) -> None:
        super().__init__(specification_of(FILE, API), OPERATIONS, api=API, latency=latency)
        self.warehouse = Warehouse(list(return_causes))
        self._seeding = threading.Lock()
        self._access = Access(username, password, goods_owners)

    @property
    def state(self) -> Warehouse:
        """What the double keeps: return causes, goods owners, their articles, orders and return orders."""
        return self.warehouse

    def owner(self, goods_owner_id: int) -> GoodsOwner:
        """The goods owner, seeded when it is new. Raises `Refused` when it is not one of those accepted."""
        self._access.check(goods_owner_id)
        known = self.warehouse.goods_owners
        # Tests ask from their own thread while calls come in on the server's.
        with self._seeding:
            if goods_owner_id not in known:
                known[goods_owner_id] = GoodsOwner(goods_owner_id)
                seed(self.warehouse, known[goods_owner_id])
        return known[goods_owner_id]

    def add_order(
        self,
        goods_owner_id: int,
        lines: Sequence[tuple[str, int]],
        order_id: int | None = None,
        ordered: Sequence[int] | None = None,
    ) -> int:
        """An order of (SKU, shipped quantity) lines, its articles made where they are new; its id.

        `ordered` has each line's ordered quantity where it differs. Raises `Refused` and `ValueError`.
        """
        return self.warehouse.add_order(self.owner(goods_owner_id), lines, order_id=order_id, ordered=ordered)

    def receive_return(self, return_order_id: int, share: float = 1.0) -> None:
        """Books that share of every line of a return order as arrived. Raises `KeyError` for no such id."""
        owner, return_order = self.warehouse.return_orders[return_order_id]
        self.warehouse.receive_return(owner, return_order["returnOrderInfo"]["returnOrderNumber"], share)

    def caller(self, call: Call, headers: Headers) -> str:  # noqa: ARG002
        """The user name. Raises `Refused`."""
        return self._access.user(headers.get("authorization", ""))

    def asked(self, caller: str, parameters: Mapping[str, Any], body: Any) -> Asked:
        """As the operations have it."""
        return Asked(
            self.warehouse,
            parameters,
            body,
            owner=partial(self._owner_for, caller),
            sees=partial(self._access.sees, caller),
        )

    def _owner_for(self, user: str, goods_owner_id: int) -> GoodsOwner:
        owner = self.owner(goods_owner_id)
        self._access.named(user, goods_owner_id)
        return owner

    def state_shown(self) -> dict[str, Any]:
        """Return orders by goods owner and number."""
        owners = self.state.goods_owners.values()
        return {"return_orders": {str(owner.id): owner.return_orders for owner in owners}}

    def doors(self) -> Mapping[tuple[str, str], Door]:
        """Doors for orders and return causes."""
        return doors(self)
