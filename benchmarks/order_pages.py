"""Ongoing's list of orders, answered from prepared bytes: `python -m benchmarks.order_pages N`.

The rows are those of the Ongoing double, one order with other numbers N times. It is leaner than the double,
which checks every answer against the specification, so that what is measured is the reading.
"""

import sys
from urllib.parse import parse_qs

import orjson
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from crossdock.cli.server import server_config
from crossdock.doubles.ongoing.stand import GOODS_OWNER, STAND
from crossdock.listening import listen

FIRST = 100_000
PAGE = 500


def pages(count: int) -> list[bytes]:
    """Every page as the bytes of its answer."""
    double = STAND.double() if STAND.double else None
    orders = double.owner(GOODS_OWNER).orders if double else {}  # type: ignore[attr-defined]
    shipped = max(orders.values(), key=lambda order: len(orjson.dumps(order)))
    text = orjson.dumps(shipped)
    number = str(shipped["orderInfo"]["orderId"]).encode()
    rows = [
        text.replace(b'"orderId":' + number, b'"orderId":%d' % (FIRST + at)).replace(
            orjson.dumps(shipped["orderInfo"]["orderNumber"]), b'"SO-%d"' % at
        )
        for at in range(count)
    ]
    return [b"[" + b",".join(rows[at : at + PAGE]) + b"]" for at in range(0, count, PAGE)]


def app(prepared: list[bytes]) -> ASGIApp:
    """`GET .../orders` by `orderIdFrom`; anything else is an empty list."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
        body = b"[]"
        if scope["path"].endswith("/orders"):
            query = parse_qs(scope["query_string"].decode())
            at = (int(query.get("orderIdFrom", [str(FIRST)])[0]) - FIRST) // PAGE
            body = prepared[at] if at < len(prepared) else b"[]"
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return answer


def main() -> None:
    """Serves on a free port that it prints."""
    prepared = pages(int(sys.argv[1]))
    listening, url = listen("127.0.0.1", 0)
    print(f"listens on {url}", flush=True)
    uvicorn.Server(server_config(app(prepared), lifespan="off")).run(sockets=[listening])


if __name__ == "__main__":
    main()
