"""Ongoing's Goods Owner REST API over the warehouse, every request and answer checked."""

import asyncio
import logging
from base64 import b64decode
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from crossdock.doubles.faults import Answer, Dropped, Fault, Faults, cut_connection
from crossdock.doubles.ongoing.seed import seed
from crossdock.doubles.ongoing.warehouse import (
    DEFAULT_CAUSES,
    RETURN_STATUSES,
    GoodsOwner,
    Model,
    Refused,
    ReturnCause,
    Warehouse,
    parse_return_cause,
)
from crossdock.doubles.specification import Call, Specification, Violation

log = logging.getLogger(__name__)

API = "/api/v1"
CONTROL = "/_double/"
LOGGED_CALLS = 1000


class OngoingDouble:
    """An ASGI application. Tests may reach into `warehouse`, `faults`, `violations`, `calls` and `counts`.

    Any prefix may stand before `/api/v1`, as the real API has the warehouse's name there. Any user name,
    password and goods owner is accepted unless told which. `latency` is in seconds.
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
        self.warehouse = Warehouse(list(return_causes))
        self.faults = Faults()
        self.violations: list[str] = []
        self.calls: deque[tuple[str, str]] = deque(maxlen=LOGGED_CALLS)
        self.counts: Counter[str] = Counter()
        self.latency = latency
        self._username = username
        self._password = password
        self._goods_owners = None if goods_owners is None else set(goods_owners)
        self._specification = Specification(
            Path(__file__).parent / "specification" / "openapi.json", prefix=API
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application, served by uvicorn."""
        request = Request(scope, receive)
        path = request.url.path
        try:
            if path.startswith(CONTROL):
                answer = await self._control(request, path.removeprefix(CONTROL))
            else:
                answer = await self._answer(request, path)
        except Dropped:
            cut_connection(send)
            return
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(answer.body))]
        headers += [(name.encode(), value.encode()) for name, value in answer.headers.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _answer(self, request: Request, path: str) -> Answer:
        if self.latency:
            await asyncio.sleep(self.latency)
        if API + "/" not in path:
            return _json({"message": "Ongoing's API is under /api/v1/."}, 404)
        relative = path[path.index(API) + len(API) :]
        try:
            call = self._specification.operation(request.method, relative)
            self.calls.append((call.method, relative))
            self.counts[f"{call.method} {call.path}"] += 1
            if early := await self._misbehaviour(call, "before"):
                return early
            if not self._authenticated(request.headers.get("authorization")):
                return _json({"message": "Authorization has been denied for this request."}, 401)
            body = await request.body()
            query, decoded = self._specification.check_request(call, _query(request), body)
            answer = self._handle(call, query, decoded)
            self._specification.check_answer(call, answer)
        except Violation as violation:
            log.exception("specification violation")
            self.violations.append(str(violation))
            return _json({"message": f"specification violation: {violation}"}, 500)
        except Refused as refused:
            return _json({"message": refused.message}, refused.status)
        return await self._misbehaviour(call, "after") or _json(answer)

    async def _misbehaviour(self, call: Call, when: Any) -> Answer | None:
        fault = self.faults.take(call.method, call.path, when)
        return await self.faults.happen(fault) if fault else None

    def _authenticated(self, header: str | None) -> bool:
        scheme, _, encoded = (header or "").partition(" ")
        if scheme.lower() != "basic":
            return False
        username, _, password = b64decode(encoded).decode().partition(":")
        return self._username in (None, username) and self._password in (None, password)

    def _handle(self, call: Call, query: Model, body: Any) -> Any:
        handlers: dict[str, Callable[[Call, Model, Any], Any]] = {
            "GET /returnOrders/returnCauses": self._return_causes,
            "GET /returnOrders/statuses": lambda *_: {"returnOrderStatuses": RETURN_STATUSES},
            "GET /returnOrders": self._return_orders,
            "PUT /returnOrders": self._put_return_order,
            "GET /returnOrders/{returnOrderId}": self._return_order,
            "GET /orders": self._orders,
            "GET /orders/{orderId}": self._order,
            "GET /articles": self._articles,
            "GET /articles/{articleSystemId}": self._article,
            "GET /warehouses": lambda *_: self.warehouse.warehouses,
        }
        handler = handlers.get(f"{call.method} {call.path}")
        if handler is None:
            raise Refused(f"This double does not have {call.method} {call.path}.", 501)
        return handler(call, query, body)

    def owner(self, goods_owner_id: int) -> GoodsOwner:
        """The goods owner, seeded when it is new. Raises `Refused` when it is not one of those accepted."""
        if self._goods_owners is not None and goods_owner_id not in self._goods_owners:
            raise Refused(f"You do not have access to goods owner {goods_owner_id}.", 403)
        known = self.warehouse.goods_owners
        if goods_owner_id not in known:
            known[goods_owner_id] = GoodsOwner(goods_owner_id)
            seed(self.warehouse, known[goods_owner_id])
        return known[goods_owner_id]

    def _return_causes(self, call: Call, query: Model, body: Any) -> Any:  # noqa: ARG002
        self.owner(query["goodsOwnerId"])
        rows = [
            {
                "code": cause.code,
                "name": cause.name,
                "isRemoveCause": cause.is_remove_cause,
                "isChangeCause": cause.is_change_cause,
                "isReturnCommentMandatory": cause.is_return_comment_mandatory,
                "id": index,
            }
            for index, cause in enumerate(self.warehouse.return_causes, start=1)
        ]
        return {"returnCauses": rows}

    def _return_orders(self, call: Call, query: Model, body: Any) -> Any:  # noqa: ARG002
        found = list(self.owner(query["goodsOwnerId"]).return_orders.values())
        if "returnOrderNumbers" in query:
            found = [
                r for r in found if r["returnOrderInfo"]["returnOrderNumber"] in query["returnOrderNumbers"]
            ]
        if "customerOrderNumbers" in query:
            numbers = query["customerOrderNumbers"]
            found = [r for r in found if r["customerOrderInfo"]["orderNumber"] in numbers]
        return found

    def _put_return_order(self, call: Call, query: Model, body: Any) -> Any:  # noqa: ARG002
        return_order_id = self.warehouse.put_return_order(self.owner(body["goodsOwnerId"]), body)
        return {"returnOrderId": return_order_id, "message": "OK"}

    def _return_order(self, call: Call, query: Model, body: Any) -> Any:  # noqa: ARG002
        wanted = int(call.path_parameters["returnOrderId"])
        if wanted not in self.warehouse.return_orders:
            raise Refused(f"Return order {wanted} does not exist.", 404)
        return self.warehouse.return_orders[wanted]

    def _orders(self, call: Call, query: Model, body: Any) -> Any:  # noqa: ARG002
        found = list(self.owner(query["goodsOwnerId"]).orders.values())
        numbers = set(query.get("orderNumbers", []))
        if "orderNumber" in query:
            numbers.add(query["orderNumber"])
        return [o for o in found if not numbers or o["orderInfo"]["orderNumber"] in numbers]

    def _order(self, call: Call, query: Model, body: Any) -> Any:  # noqa: ARG002
        wanted = int(call.path_parameters["orderId"])
        for owner in self.warehouse.goods_owners.values():
            if wanted in owner.orders:
                return owner.orders[wanted]
        raise Refused(f"Order {wanted} does not exist.", 404)

    def _articles(self, call: Call, query: Model, body: Any) -> Any:  # noqa: ARG002
        found = sorted(
            self.owner(query["goodsOwnerId"]).articles.values(), key=lambda a: a["articleSystemId"]
        )
        if "articleNumber" in query:
            found = [a for a in found if a["articleNumber"] == query["articleNumber"]]
        found = [a for a in found if a["articleSystemId"] >= query.get("articleSystemIdFrom", 0)]
        return found[: query.get("maxArticlesToGet", len(found))]

    def _article(self, call: Call, query: Model, body: Any) -> Any:  # noqa: ARG002
        wanted = int(call.path_parameters["articleSystemId"])
        for owner in self.warehouse.goods_owners.values():
            for article in owner.articles.values():
                if article["articleSystemId"] == wanted:
                    return article
        raise Refused(f"Article {wanted} does not exist.", 404)

    async def _control(self, request: Request, door: str) -> Answer:
        """Doors for whoever runs the double in another process: state, orders, causes, faults."""
        match request.method, door:
            case "GET", "state":
                return _json(self.state())
            case "POST", "orders":
                order = await request.json()
                lines = [(line["sku"], line["quantity"]) for line in order["lines"]]
                owner = self.owner(order["goodsOwnerId"])
                return _json(
                    {"orderId": self.warehouse.add_order(owner, lines, order_id=order.get("orderId"))}
                )
            case "PUT", "return-causes":
                self.warehouse.return_causes = [parse_return_cause(text) for text in await request.json()]
                return _json({})
            case "POST", "faults":
                self.faults.add(Fault(**await request.json()))
                return _json({})
            case "DELETE", "faults":
                self.faults.clear()
                return _json({})
        return _json({"message": "no such door of the double"}, 404)

    def state(self) -> Model:
        """Return orders by goods owner and number, calls by operation, calls that hang, and violations."""
        return {
            "return_orders": {
                str(owner.id): owner.return_orders for owner in self.warehouse.goods_owners.values()
            },
            "counts": dict(self.counts),
            "hanging": self.faults.hanging,
            "violations": self.violations,
        }


def _query(request: Request) -> list[tuple[str, str]]:
    return parse_qsl(request.scope["query_string"].decode(), keep_blank_values=True)


def _json(value: Any, status: int = 200) -> Answer:
    return Answer(status, orjson.dumps(value))
