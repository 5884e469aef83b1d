"""The catalog and every integration's write-info against a bare ASGI app that gives the same bytes."""

from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from benchmarks.accounts import installed
from benchmarks.load import get
from benchmarks.pair import Side, compare
from benchmarks.result import Result
from benchmarks.servers import MODULE, Process, reference, serving
from benchmarks.write_info import CONNECTIONS

TARGET = 0.6


async def measure(rounds: int, seconds: float) -> list[Result]:
    """`GET /integrations/wms`, and the whole document of each integration: of its account if there is one."""
    async with installed() as here:
        with serving(*MODULE, "crossdock", "serve", "--port", "0", env=dict(here.env)) as crossdock:
            keyed = {"x-trackstar-api-key": here.key}
            results = [await _compared(crossdock, "/integrations/wms", keyed, rounds, seconds)]
            for slug, token in here.tokens.items():
                headers = keyed if token is None else {**keyed, "x-trackstar-access-token": token}
                path = f"/integrations/{slug}/write-info"
                results.append(await _compared(crossdock, path, headers, rounds, seconds))
    return results


async def _compared(
    crossdock: Process, path: str, headers: dict[str, str], rounds: int, seconds: float
) -> Result:
    request = get(crossdock.url + path, headers)
    async with httpx.AsyncClient(headers=headers, trust_env=False) as client:
        answer = (await client.get(crossdock.url + path)).raise_for_status()
    with TemporaryDirectory() as folder:
        body = Path(folder) / "body"
        body.write_bytes(answer.content)
        with reference("bytes", body, answer.headers.get("etag", "")) as bare:
            return await compare(
                f"GET {path}, {len(answer.content) / 1000:,.0f} kB",
                Side(crossdock, lambda: request),
                Side(bare, lambda: get(bare.url + path, headers)),
                rounds=rounds,
                seconds=seconds,
                connections=CONNECTIONS,
                at_least=TARGET,
            )
