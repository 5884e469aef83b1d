"""Ongoing's list of N orders: `python -m benchmarks.order_pages N double`, or `bytes`.

`double` is the Ongoing double itself, with one order of its seed N times under other numbers; it checks every
answer against the specification. `bytes` gives the same rows from prepared bytes, faster than any system.
"""

import sys
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import orjson
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from crossdock.cli.server import server_config
from crossdock.doubles.ongoing import OngoingDouble
from crossdock.doubles.ongoing.stand import GOODS_OWNER
from crossdock.listening import listen
from crossdock.schemas.times import wire_time

FIRST = 100_000
PAGE = 1000


MOMENT = "2000-01-01T00:00:00Z"
DAYS = 25
STARTED = datetime.now(UTC)


def _moment(at: int, count: int) -> str:
    """When an order was changed: they are spread over the days that a first sync goes back."""
    return wire_time(STARTED - timedelta(days=DAYS) * (1 - at / count))


def _first_from(moment: str, count: int) -> int:
    """The first order that was changed at a moment or later."""
    part = 1 - (STARTED - datetime.fromisoformat(moment)) / timedelta(days=DAYS)
    return min(count - 1, max(0, int(part * count)))


def filled_double(count: int) -> OngoingDouble:
    """The double with that many orders more."""
    double = OngoingDouble()
    orders = double.owner(GOODS_OWNER).orders
    rows = [row for page in pages(count) for row in orjson.loads(page)]
    orders.clear()
    orders.update({row["orderInfo"]["orderId"]: row for row in rows})
    return double


def pages(count: int) -> list[bytes]:
    """Every page as the bytes of its answer."""
    orders = OngoingDouble().owner(GOODS_OWNER).orders
    shipped = max(orders.values(), key=lambda order: len(orjson.dumps(order)))
    shipped["orderInfo"]["advanced"] = {"orderHeaderUpdated": MOMENT}
    text = orjson.dumps(shipped)
    number = str(shipped["orderInfo"]["orderId"]).encode()
    rows = [
        text.replace(b'"orderId":' + number, b'"orderId":%d' % (FIRST + at))
        .replace(orjson.dumps(shipped["orderInfo"]["orderNumber"]), b'"SO-%d"' % at)
        .replace(MOMENT.encode(), _moment(at, count).encode())
        for at in range(count)
    ]
    return [b"[" + b",".join(rows[at : at + PAGE]) + b"]" for at in range(0, count, PAGE)]


def app(prepared: list[bytes], count: int) -> ASGIApp:
    """`GET .../orders` by `orderIdFrom`, whole pages, all sent; anything else is an empty list."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
        body = b"[]"
        query = parse_qs(scope["query_string"].decode())
        if scope["path"].endswith("/orders") and "orderStatusTo" not in query:
            changed = query.get("orderUpdatedTimeFrom") or query.get("orderStatusChangedTimeFrom") or [MOMENT]
            first = FIRST + _first_from(changed[0], count)
            at = (int(query.get("orderIdFrom", [str(first)])[0]) - FIRST) // PAGE
            body = prepared[at] if at < len(prepared) else b"[]"
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return answer


def main() -> None:
    """Serves on a free port that it prints."""
    count = int(sys.argv[1])
    served: ASGIApp = filled_double(count) if sys.argv[2] == "double" else app(pages(count), count)
    listening, url = listen("127.0.0.1", 0)
    print(f"listens on {url}", flush=True)
    uvicorn.Server(server_config(served, lifespan="off")).run(sockets=[listening])


if __name__ == "__main__":
    main()
