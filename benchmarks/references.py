"""The bare references, served by uvicorn as Crossdock itself is: `python -m benchmarks.references ...`."""

import sqlite3
import sys
from base64 import b64encode
from collections.abc import Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from crossdock.cli.server import server_config
from crossdock.listening import listen


def same_bytes(body: bytes, etag: str) -> ASGIApp:
    """Answers the same bytes to everything; an empty 304 when it is asked with any `If-None-Match`.

    An empty `etag` is none.
    """
    named = [(b"etag", etag.encode())] if etag else []
    headers = [*named, (b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]

    async def app(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
        if any(name == b"if-none-match" for name, _ in scope["headers"]):
            await send({"type": "http.response.start", "status": 304, "headers": named})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


CROSSDOCKS_LIMITS = httpx.Limits(max_connections=200, max_keepalive_connections=100)
"""Those of `crossdock.connector.client`: with httpx's own 20 the proxy would connect anew all the time."""


def proxy(vendor: str) -> ASGIApp:
    """Forwards and nothing else: `/three` makes the three calls that a write makes, `/one` the middle one."""
    # The header is made once, as Crossdock does; `auth=` would make it anew for each call.
    basic = {"authorization": "Basic " + b64encode(b"u:p").decode()}
    client = httpx.AsyncClient(
        base_url=vendor, headers=basic, timeout=30, trust_env=False, limits=CROSSDOCKS_LIMITS
    )

    async def three(request: Request) -> Response:
        body = orjson.loads(await request.body())
        (await client.get(f"/orders/{body['customerOrder']['orderId']}")).raise_for_status()
        put = (await client.put("/returnOrders", json=body)).raise_for_status()
        answer = await client.get(f"/returnOrders/{put.json()['returnOrderId']}")
        return _passed_on(answer)

    async def one(request: Request) -> Response:
        content = await request.body()
        answer = await client.put(
            "/returnOrders", content=content, headers={"content-type": "application/json"}
        )
        return _passed_on(answer)

    @asynccontextmanager
    async def lifespan(_: Any) -> Any:
        yield
        await client.aclose()

    routes = [Route("/three", three, methods=["POST"]), Route("/one", one, methods=["POST"])]
    return Starlette(routes=routes, lifespan=lifespan)


def _passed_on(answer: httpx.Response) -> Response:
    return Response(answer.content, answer.status_code, media_type="application/json")


async def accepts(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
    """Takes whatever it is sent and says nothing."""
    more = True
    while more:
        more = (await receive()).get("more_body", False)
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def joined_rows(path: str, connection_id: str) -> ASGIApp:
    """Answers the orders of a connection: one query, and the bytes of its rows joined."""
    database = sqlite3.connect(path, check_same_thread=False)
    query = (
        "SELECT CAST(data AS BLOB) FROM records WHERE connection_id = ? AND resource = 'orders' "
        "AND deleted_at IS NULL ORDER BY id LIMIT 1000"
    )

    async def app(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
        rows = database.execute(query, (connection_id,)).fetchall()
        body = b'{"data":[' + b",".join(row[0] for row in rows) + b"]}"
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


def _app(kind: str, arguments: Sequence[str]) -> ASGIApp:
    match kind:
        case "bytes":
            return same_bytes(Path(arguments[0]).read_bytes(), arguments[1])
        case "accepts":
            return accepts
        case "rows":
            return joined_rows(*arguments)
        case _:
            return proxy(*arguments)


def main() -> None:
    """Serves the reference that the arguments name, on a free port that it prints."""
    kind, *arguments = sys.argv[1:]
    app = _app(kind, arguments)
    listening, url = listen("127.0.0.1", 0)
    print(f"listens on {url}", flush=True)
    config = server_config(app, lifespan="on" if kind == "proxy" else "off")
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
