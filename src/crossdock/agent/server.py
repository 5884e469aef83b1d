"""The Model Context Protocol server of one connection, over standard input and output."""

import re
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import httpx
import orjson
from mcp import types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from crossdock import __version__
from crossdock.agent.tools import (
    JSON,
    LOOK_UPS,
    SOME,
    Connection,
    Tool,
    accepted_values,
    describe_fields,
)

Arguments = Mapping[str, Any]


class Agent:
    """Answers calls of tools by requests of the contract. Writes are dry runs unless they are allowed."""

    def __init__(self, http: httpx.AsyncClient, connection: Connection, *, allow_writes: bool) -> None:
        self._http = http
        self._connection = connection
        self._tools = {tool.name: tool for tool in connection.tools()}
        self._allow_writes = allow_writes

    def definitions(self) -> list[Mapping[str, Any]]:
        """Every tool as it is told, the look-ups last."""
        return [self._told(tool) for tool in self._tools.values()] + list(LOOK_UPS)

    def _told(self, tool: Tool) -> Mapping[str, Any]:
        if not tool.writes or self._allow_writes:
            return tool.definition
        text = f"{tool.definition['description']} Dry run: shows the vendor's request, sends nothing."
        return {**tool.definition, "description": text}

    async def call(self, name: str, arguments: Arguments) -> tuple[Any, bool]:
        """The decoded answer, and whether it is a refusal."""
        try:
            if name == "accepted_values":
                return accepted_values(self._connection, **arguments), False
            if name == "describe_fields":
                return describe_fields(self._connection, **arguments), False
            tool = self._tools[name]
            answer = await (self._write(tool, arguments) if tool.writes else self._read(tool, arguments))
        except (LookupError, TypeError) as error:
            return {"error": f"{name}: {error}"}, True
        except httpx.HTTPError as error:
            return {"error": f"Crossdock did not answer: {type(error).__name__}"}, True
        return orjson.loads(answer.content), answer.status_code >= httpx.codes.BAD_REQUEST

    async def _write(self, tool: Tool, arguments: Arguments) -> httpx.Response:
        headers = {"idempotency-key": arguments.get("idempotency_key") or uuid.uuid4().hex}
        if not self._allow_writes:
            headers = {"x-dry-run": "true"}
        body = arguments.get("body", {})
        path = _filled(tool.path, arguments)
        if tool.media is None:
            return await self._http.request(tool.method, path, headers=headers)
        if tool.media == JSON:
            return await self._http.request(tool.method, path, headers=headers, json=body)
        form = {name: (None, str(value)) for name, value in body.items()}
        return await self._http.request(tool.method, path, headers=headers, files=form)

    async def _read(self, tool: Tool, arguments: Arguments) -> httpx.Response:
        if "id" in arguments and tool.item is not None:
            *_, parameter = re.findall(r"\{(\w+)\}", tool.item)
            return await self._http.get(_filled(tool.item, {**arguments, parameter: arguments["id"]}))
        query = {"limit": str(arguments.get("limit", SOME)), **arguments.get("filters", {})}
        if "page_token" in arguments:
            query["page_token"] = arguments["page_token"]
        return await self._http.get(_filled(tool.path, arguments), params=query)


def _filled(path: str, arguments: Arguments) -> str:
    """The path with its parameters. Raises `LookupError` for one that is missing."""

    def value(found: re.Match[str]) -> str:
        if found[1] not in arguments:
            raise LookupError(f"{found[1]} is missing")
        return quote(str(arguments[found[1]]), safe="")

    return re.sub(r"\{(\w+)\}", value, path)


async def known(http: httpx.AsyncClient, slug: str) -> Connection:
    """What Crossdock says of the connection. Raises `httpx.HTTPStatusError` when it refuses."""
    path = f"/integrations/{slug}"
    document, info, openapi = [
        (await http.get(where)).raise_for_status().json()
        for where in (f"{path}/write-info", path, "/openapi.json")
    ]
    return Connection(document, info["data"][0], openapi)


async def serve(http: httpx.AsyncClient, slug: str, *, allow_writes: bool) -> None:
    """Answers until the client closes its end. Raises `httpx.HTTPError` when Crossdock cannot be asked."""
    agent = Agent(http, await known(http, slug), allow_writes=allow_writes)

    async def list_tools(context: Any, asked: Any) -> types.ListToolsResult:  # noqa: ARG001
        return types.ListToolsResult.model_validate({"tools": agent.definitions()})

    async def call_tool(context: Any, asked: types.CallToolRequestParams) -> types.CallToolResult:  # noqa: ARG001
        answer, refused = await agent.call(asked.name, asked.arguments or {})
        content = [{"type": "text", "text": orjson.dumps(answer).decode()}]
        return types.CallToolResult.model_validate({"content": content, "isError": refused})

    server: Server[Any] = Server(
        "crossdock",
        version=__version__,
        instructions=f"The writes and reads of one account of {slug}. A refusal names the field "
        "that is wrong by a JSON Pointer, and says what would be right.",
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())
