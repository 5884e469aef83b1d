"""`crossdock mcp`: the tools of one connection for a program that reasons."""

import asyncio

import httpx

from crossdock.errors import ApiError, Unavailable

EXTRA = 'pip install "crossdock[mcp]"'
TIMEOUT = 60.0
"""Seconds for one request to Crossdock; a write may wait for its vendor."""


def run_mcp(slug: str, url: str, api_key: str, access_token: str, *, allow_writes: bool) -> None:
    """Serves until standard input ends. Raises `Unavailable` when Crossdock or the SDK is not there."""
    try:
        from crossdock.agent.server import serve  # noqa: PLC0415
    except ImportError as error:
        raise Unavailable(f"The Model Context Protocol needs its SDK: {EXTRA}") from error
    headers = {"x-trackstar-api-key": api_key, "x-trackstar-access-token": access_token}

    async def run() -> None:
        async with httpx.AsyncClient(base_url=url, headers=headers, timeout=TIMEOUT) as http:
            await serve(http, slug, allow_writes=allow_writes)

    try:
        asyncio.run(run())
    except httpx.HTTPStatusError as error:
        answer = error.response
        raise ApiError(f"Crossdock at {url} answered {answer.status_code}: {answer.text}") from error
    except httpx.HTTPError as error:
        raise Unavailable(f"Crossdock at {url} does not answer: {type(error).__name__}.") from error
