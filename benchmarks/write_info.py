"""Cached write-info against a bare ASGI app that gives the same bytes on the same server."""

from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from benchmarks.load import get
from benchmarks.pair import Side, compare
from benchmarks.result import Result
from benchmarks.servers import Process, connected, reference

CONNECTIONS = 16
FEW_ROUNDS = 3
"""For a pair without a target."""
PATH = "/integrations/wms/ongoing/write-info?operation=create_return"


async def measure(rounds: int, seconds: float) -> list[Result]:
    """With key and token, as 304, and with the key alone."""
    with connected() as world, TemporaryDirectory() as folder:
        key_only = {"x-trackstar-api-key": world.headers["x-trackstar-api-key"]}
        results = []
        for headers, name, target in (
            (world.headers, "write-info, cached, key and token", 0.6),
            (key_only, "write-info, cached, key alone", None),
        ):
            answer = await _ask(world.crossdock, headers)
            body, etag = Path(folder) / "body", answer.headers["etag"]
            body.write_bytes(answer.content)
            # The document of the key alone is another one, so its reference has other bytes too.
            with reference("bytes", body, etag) as bare:
                kinds = [(name, headers, 200, target)]
                if "x-trackstar-access-token" in headers:
                    kinds.append(("write-info, 304", {**headers, "if-none-match": etag}, 304, 0.6))
                for kind, sent, status, at_least in kinds:
                    results.append(
                        await compare(
                            kind,
                            _side(world.crossdock, sent, status),
                            _side(bare, sent, status),
                            rounds=rounds if at_least else FEW_ROUNDS,
                            seconds=seconds,
                            connections=CONNECTIONS,
                            at_least=at_least,
                        )
                    )
        return results


async def _ask(crossdock: Process, headers: dict[str, str]) -> httpx.Response:
    async with httpx.AsyncClient(headers=headers, trust_env=False) as client:
        return (await client.get(crossdock.url + PATH)).raise_for_status()


def _side(process: Process, headers: dict[str, str], status: int) -> Side:
    request = get(process.url + PATH, headers)
    return Side(process, lambda: request, status)
