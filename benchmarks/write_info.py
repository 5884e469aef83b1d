"""Cached write-info against a bare ASGI app that gives the same bytes on the same server."""

from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from benchmarks.load import get, throughput
from benchmarks.result import Result
from benchmarks.servers import connected, reference

CONNECTIONS = 16
PATH = "/integrations/wms/ongoing/write-info?operation=create_return"


async def measure(rounds: int, seconds: float) -> list[Result]:
    """With key and token, as 304, and with the key alone."""
    with connected() as world, TemporaryDirectory() as folder:
        url = world.crossdock.url + PATH
        async with httpx.AsyncClient(headers=world.headers, trust_env=False) as client:
            first = (await client.get(url)).raise_for_status()
        body, etag = Path(folder) / "body", first.headers["etag"]
        body.write_bytes(first.content)
        with reference("bytes", body, etag) as bare:
            key_only = {"x-trackstar-api-key": world.headers["x-trackstar-api-key"]}
            conditional = {**world.headers, "if-none-match": etag}
            pairs = [
                ("write-info, cached, key and token", world.headers, 200, 0.6),
                ("write-info, 304", conditional, 304, 0.6),
                ("write-info, cached, key alone", key_only, 200, None),
            ]
            results = []
            for name, headers, status, target in pairs:
                ours, theirs = get(url, headers), get(bare.url + PATH, headers)
                rates: list[tuple[float, float]] = []
                for _ in range(rounds):
                    a = await _rate(url, ours, seconds, status)
                    b = await _rate(bare.url, theirs, seconds, status)
                    rates.append((a, b))
                results.append(throughput_result(name, rates, target))
            return results


async def _rate(url: str, request: bytes, seconds: float, status: int) -> float:
    return await throughput(url, lambda: request, connections=CONNECTIONS, seconds=seconds, expected=status)


def throughput_result(name: str, rates: list[tuple[float, float]], target: float | None) -> Result:
    """The ratio ours to reference of each round, and the medians of both rates."""
    middle = len(rates) // 2
    return Result(
        name=name,
        ratios=[ours / theirs for ours, theirs in rates],
        ours=f"{sorted(a for a, _ in rates)[middle]:,.0f}/s",
        reference=f"{sorted(b for _, b in rates)[middle]:,.0f}/s",
        at_least=target,
    )
