"""`crossdock mcp`: an agent's tools, spoken to by the official SDK's own client over stdio."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx
import orjson
import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

from crossdock.agent.tools import Connection
from tests.support.install import Install
from tests.support.world import World, a_return, connected_world

Scene = Callable[[ClientSession], Awaitable[Any]]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A Crossdock on SQLite with an Ongoing account."""
    with connected_world(Install(tmp_path_factory.mktemp("home"))) as connected:
        yield connected


def _with_tools(world: World, scene: Scene, *more: str) -> Any:
    environment = world.install.environment | {
        "CROSSDOCK_MCP_KEY": world.key,
        "CROSSDOCK_MCP_TOKEN": world.token,
    }
    arguments = ["-m", "crossdock", "mcp", "wms/ongoing", "--url", world.server.url, *more]
    parameters = StdioServerParameters(command=sys.executable, args=arguments, env=environment)

    async def run() -> Any:
        async with stdio_client(parameters) as streams, ClientSession(*streams) as session:
            await session.initialize()
            return await scene(session)

    return asyncio.run(run())


def _decoded(result: Any) -> Any:
    return orjson.loads(result.content[0].text)


def test_every_definition_is_small_and_every_operation_is_there(world: World) -> None:
    async def scene(session: ClientSession) -> Any:
        return (await session.list_tools()).tools

    tools = _with_tools(world, scene)
    names = [tool.name for tool in tools]
    assert {"create_return", "create_order", "get_orders", "accepted_values"} <= set(names)
    for tool in tools:
        told = tool.model_dump(by_alias=True, exclude_none=True)
        assert len(orjson.dumps(told)) < 4096, tool.name


def test_writes_are_dry_runs_until_they_are_allowed(world: World) -> None:
    body = a_return()

    async def scene(session: ClientSession) -> Any:
        return await session.call_tool("create_return", {"body": body})

    shown = _decoded(_with_tools(world, scene))
    assert shown["dry_run"] is True
    assert world.in_warehouse(body["return_number"]) is None
    written = _decoded(_with_tools(world, scene, "--allow-writes"))
    assert written["data"]["order_id"] == body["order_id"]
    assert world.in_warehouse(body["return_number"]) is not None


def test_a_refusal_reaches_the_agent_with_its_places(world: World) -> None:
    async def scene(session: ClientSession) -> Any:
        return await session.call_tool("create_return", {"body": a_return(line_items=[])})

    result = _with_tools(world, scene)
    assert result.is_error
    assert [row["pointer"] for row in _decoded(result)["errors"]] == ["/line_items"]


def test_accepted_values_and_fields_are_looked_up(world: World) -> None:
    async def scene(session: ClientSession) -> Any:
        values = {"operation": "create_return", "field": "line_items.return_cause.code"}
        return [
            _decoded(await session.call_tool("accepted_values", values)),
            _decoded(await session.call_tool("describe_fields", {"operation": "create_return"})),
            _decoded(await session.call_tool("accepted_values", {**values, "field": "nothing"})),
        ]

    values, fields, missing = _with_tools(world, scene)
    assert "13" in values["values"]
    assert "line_items" in fields["schema"]["properties"]
    assert "create_return has no field nothing" in missing["error"]


def test_lists_are_read_with_filters(world: World) -> None:
    async def scene(session: ClientSession) -> Any:
        page = await session.call_tool("get_orders", {"limit": 1, "filters": {"status[eq]": "open"}})
        wrong = await session.call_tool("get_orders", {"filters": {"colour[eq]": "red"}})
        missing = await session.call_tool("get_orders", {"id": "nothing"})
        return _decoded(page), wrong.is_error, missing.is_error

    page, wrong, missing = _with_tools(world, scene)
    assert set(page) == {"data", "next_token", "total_count"}
    assert wrong
    assert missing


@pytest.mark.parametrize("slug", ["wms/extensiv", "wms/shipbob", "wms/shiphero", "wms/sandbox"])
def test_the_tools_of_every_system_are_small(world: World, slug: str) -> None:
    with world.server.client(world.key) as http:
        document = http.get(f"/integrations/{slug}/write-info").json()
        info = http.get(f"/integrations/{slug}").json()["data"][0]
        connection = Connection(document, info, http.get("/openapi.json").json())
    for tool in connection.tools():
        assert len(orjson.dumps(tool.definition)) < 4096, tool.name


def test_a_server_that_is_not_there_is_told(world: World) -> None:
    gone = httpx.URL(world.server.url).copy_with(port=1)
    arguments = ["mcp", "wms/ongoing", "--api-key", "x", "--access-token", "y", "--url", str(gone)]
    done = world.install.run(*arguments, ok=False)
    assert done.returncode != 0
    assert "does not answer" in done.stderr
