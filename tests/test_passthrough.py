"""`POST /wms/passthrough`: a caller's own request, with the account's credentials and nowhere else to go."""

import asyncio
import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from crossdock.catalog import Catalog
from crossdock.connections.access import Connection
from crossdock.connector.pool import VendorPool
from crossdock.doubles.server import running
from crossdock.errors import NotImplementedByIntegration
from crossdock.writes.passthrough import Passthrough, pass_through
from tests.support.install import PASSWORD, Install, Server
from tests.support.world import World

CAUSES = {"returnCauses": [{"code": "1", "name": "damaged"}]}


@dataclass
class Echo:
    """A vendor that tells what it was asked. Return causes make it pass for Ongoing when it is connected."""

    seen: list[dict[str, Any]] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        await self._answer(request, await request.body())(scope, receive, send)

    def _answer(self, request: Request, body: bytes) -> Response:
        path = request.url.path.partition("/api/v1")[2]
        if path == "/returnOrders/returnCauses":
            return Response(orjson.dumps(CAUSES), media_type="application/json")
        seen = {
            "method": request.method,
            "path": path,
            "query": request.url.query,
            "headers": dict(request.headers),
            "body": body.decode(),
        }
        self.seen.append(seen)
        if path == "/away":
            return Response(status_code=302, headers={"location": "http://127.0.0.2/stolen"})
        if path == "/bytes":
            return Response(b"\xff\xfe\x00", media_type="application/octet-stream")
        if path == "/text":
            return Response("plain words", status_code=418, headers={"set-cookie": "session=1"})
        if path == "/nothing":
            return Response(status_code=204)
        return Response(orjson.dumps({"seen": path}), headers={"x-vendor": "yes"})


@pytest.fixture(scope="module")
def echo_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Echo, Install, Server, str, str]]:
    install = Install(tmp_path_factory.mktemp("echo"), settings={"CROSSDOCK_VENDOR_TIMEOUT": "3"})
    echo = Echo()
    with running(echo) as url:
        key, made = install.create_key(), install.connect(f"{url}/x/api/v1/")
        server = Server(install).start()
        try:
            yield echo, install, server, key, made.access_token
        finally:
            server.stop()


EchoWorld = tuple[Echo, Install, Server, str, str]


def passed(world: EchoWorld, **request: Any) -> httpx.Response:
    _, _, server, key, token = world
    with server.client(key, token) as api:
        return api.post("/wms/passthrough", json=request)


def test_credentials_are_added_and_the_answer_is_wrapped(echo_world: EchoWorld) -> None:
    echo = echo_world[0]
    answer = passed(
        echo_world,
        method="POST",
        path="/orders/a%20b",
        params={"goodsOwnerId": 42, "deep": True},
        headers={"X-Extra": "1", "Authorization": "Basic bWluZQ==", "Connection": "close", "Host": "x"},
        data={"name": "value"},
    )
    assert answer.status_code == 200
    assert answer.json()["status_code"] == 200
    assert answer.json()["body"] == {"seen": "/orders/a b"}
    assert answer.json()["headers"]["x-vendor"] == "yes"
    seen = echo.seen[-1]
    assert (seen["method"], seen["query"]) == ("POST", "goodsOwnerId=42&deep=true")
    assert orjson.loads(seen["body"]) == {"name": "value"}
    assert seen["headers"]["x-extra"] == "1"
    assert seen["headers"]["authorization"] != "Basic bWluZQ=="
    assert seen["headers"]["host"].startswith("127.0.0.1:")
    assert PASSWORD not in answer.text


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [("/text", 418, "plain words"), ("/nothing", 204, None), ("/bytes", 200, "//4A")],
)
def test_whatever_the_vendor_answers_is_a_200_of_ours(
    echo_world: EchoWorld, path: str, status: int, body: Any
) -> None:
    answer = passed(echo_world, method="GET", path=path)
    assert answer.status_code == 200
    assert (answer.json()["status_code"], answer.json()["body"]) == (status, body)
    assert "set-cookie" not in answer.json()["headers"]


def test_a_redirect_is_answered_and_not_followed(echo_world: EchoWorld) -> None:
    answer = passed(echo_world, method="GET", path="/away").json()
    assert answer["status_code"] == 302
    assert answer["headers"]["location"] == "http://127.0.0.2/stolen"


@pytest.mark.parametrize(
    "path",
    [
        "http://127.0.0.2/x",
        "//127.0.0.2/x",
        "/\\127.0.0.2/x",
        "/%2f127.0.0.2/x",
        "orders",
        "",
        "/../secret",
        "/a/../../secret",
        "/a/%2e%2e/secret",
        "/a/%252e%252e/secret",
        "/a/..%2fsecret",
        "/a/..\\secret",
        "/a?b=1",
        "/a#b",
        "/a\r\nX: 1",
        "/a%0d%0aX:1",
        "/@127.0.0.2/" + "x" * 2000,
    ],
)
def test_no_path_leads_elsewhere(echo_world: EchoWorld, path: str) -> None:
    before = len(echo_world[0].seen)
    answer = passed(echo_world, method="GET", path=path)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/path"
    assert len(echo_world[0].seen) == before


@pytest.mark.parametrize(
    ("request_", "pointer"),
    [
        ({"method": "TRACE", "path": "/a"}, "/method"),
        ({"path": "/a"}, "/method"),
        ({"method": "GET", "path": "/a", "url": "http://x"}, "/url"),
        ({"method": "GET", "path": "/a", "data": {}}, "/data"),
        ({"method": "GET", "path": "/a", "headers": {"a b": "c"}}, "/headers/a b"),
        ({"method": "GET", "path": "/a", "headers": {"x": "a\r\nb: c"}}, "/headers/x"),
        ({"method": "GET", "path": "/a", "headers": {"x": None}}, "/headers/x"),
        ({"method": "POST", "path": "/a", "data": "text"}, "/data"),
    ],
)
def test_a_request_that_cannot_be_made_is_refused(
    echo_world: EchoWorld, request_: dict[str, Any], pointer: str
) -> None:
    answer = passed(echo_world, **request_)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_a_read_only_key_reads(echo_world: EchoWorld) -> None:
    _, install, server, _, token = echo_world
    with server.client(install.create_key(read_only=True), token) as api:
        assert api.post("/wms/passthrough", json={"method": "GET", "path": "/a"}).status_code == 200
        assert api.post("/wms/passthrough", json={"method": "DELETE", "path": "/a"}).status_code == 403


def test_a_limited_connection_has_none(world: World) -> None:
    made = world.install.connect(f"{world.double_url}/demo/api/v1/", only=["create_return"])
    with world.server.client(world.key, made.access_token) as api:
        answer = api.post("/wms/passthrough", json={"method": "GET", "path": "/warehouses"})
    assert answer.status_code == 403


def test_no_answer_is_told_apart_by_what_it_may_have_changed(world: World) -> None:
    for method, status in (("GET", 502), ("PUT", 504)):
        world.double.misbehave(method, "/returnOrders", "drop_before")
        with world.api as api:
            answer = api.post("/wms/passthrough", json={"method": method, "path": "/returnOrders"})
        assert (answer.status_code, answer.json()["origin"]) == (status, "integration")
        assert "Idempotency-Key" not in answer.json()["error"]


def test_in_the_sandbox_it_reaches_that_sandbox_only(tmp_path: Path) -> None:
    install = Install(tmp_path / "home")
    keys = [install.create_key(org) for org in ("one", "other")]
    server = Server(install).start()
    try:
        with server.client(keys[0], "") as api:
            token = api.post("/sandbox/generate-sandbox/wms").json()["access_token"]
        with server.client(keys[1], "") as api:
            other = api.post("/sandbox/generate-sandbox/wms").json()["connection_id"]
        with server.client(keys[0], token) as api:
            own = api.post("/wms/passthrough", json={"method": "GET", "path": "/orders"}).json()
            strange = {"method": "GET", "path": f"/../{other}/orders"}
            assert api.post("/wms/passthrough", json=strange).status_code == 422
    finally:
        server.stop()
    assert own["status_code"] == 200
    assert own["body"]["items"]


def test_a_system_without_http_of_its_own_has_none(world: World) -> None:
    ongoing = Catalog.installed().get("wms", "ongoing")
    without = dataclasses.replace(ongoing, passthrough=False)
    connection = Connection("id", "org", without, {}, None)
    pool = VendorPool(allow_private_networks=False, timeout=1)
    with pytest.raises(NotImplementedByIntegration, match="passthrough is not implemented for Ongoing WMS"):
        asyncio.run(pass_through(pool, connection, Passthrough("GET", "/orders")))
