"""`POST /wms/returns` against calling the vendor directly, against a bare proxy, and in memory."""

import itertools
import time
from statistics import median
from typing import Any

import httpx
import orjson

from benchmarks.load import post_json, throughput
from benchmarks.pair import Side, compare
from benchmarks.result import Result
from benchmarks.servers import GOODS_OWNER, Connected, connected, reference
from benchmarks.write_info import FEW_ROUNDS

VENDOR_LATENCY = 0.020
WRITERS = 32
MEMORY_WRITERS = 8
LONGEST_MEMORY_RUN = 400.0
"""Seconds."""

_numbers = itertools.count(1)


def a_return() -> dict[str, Any]:
    """A body for Crossdock, with a return number of its own."""
    line = {"sku": "TEST-SKU", "expected_quantity": 1, "return_cause": {"code": "1"}}
    return {"return_number": f"A-{next(_numbers)}", "order_id": "1001", "line_items": [line]}


def a_return_order(order_line_id: int) -> dict[str, Any]:
    """What it becomes at Ongoing."""
    line = {
        "returnOrderRowNumber": "1",
        "customerOrderLine": {"orderLineId": order_line_id},
        "toBeReturnedNumberOfItems": 1,
        "returnCause": {"code": "1"},
    }
    return {
        "goodsOwnerId": GOODS_OWNER,
        "returnOrderNumber": f"B-{next(_numbers)}",
        "customerOrder": {"orderId": 1001},
        "returnOrderLines": [line],
    }


def order_line_id(world: Connected) -> int:
    """The line of order 1001 that has TEST-SKU."""
    order = httpx.get(f"{world.double}/orders/1001", auth=("u", "p"), trust_env=False).json()
    return int(order["orderLines"][0]["id"])


async def measure_latency(rounds: int, writes: int) -> list[Result]:
    """One writer; the reference makes the same three vendor calls, since that is what a write takes."""
    with connected(VENDOR_LATENCY) as world:
        line = order_line_id(world)
        async with (
            httpx.AsyncClient(base_url=world.crossdock.url, headers=world.headers, trust_env=False) as ours,
            httpx.AsyncClient(base_url=world.double, auth=("u", "p"), trust_env=False) as vendor,
        ):
            medians = []
            for _ in range(rounds):
                a, b = [], []
                for _ in range(writes):
                    a.append(await _timed(_through_crossdock(ours)))
                    b.append(await _timed(_directly(vendor, line)))
                medians.append((median(a), median(b)))
    return [
        Result(
            name=f"POST /wms/returns, vendor of {VENDOR_LATENCY * 1000:.0f} ms, against its three calls",
            ratios=[a / b for a, b in medians],
            ours=f"{median(a for a, _ in medians) * 1000:.1f} ms",
            reference=f"{median(b for _, b in medians) * 1000:.1f} ms",
            at_most=1.25,
        )
    ]


async def _timed(work: Any) -> float:
    started = time.perf_counter()
    await work
    return time.perf_counter() - started


async def _through_crossdock(client: httpx.AsyncClient) -> None:
    (await client.post("/wms/returns", json=a_return())).raise_for_status()


async def _directly(client: httpx.AsyncClient, line: int) -> None:
    (await client.get("/orders/1001")).raise_for_status()
    put = await client.put("/returnOrders", json=a_return_order(line))
    (await client.get(f"/returnOrders/{put.json()['returnOrderId']}")).raise_for_status()


async def measure_throughput(rounds: int, seconds: float) -> list[Result]:
    """32 writers; the reference is a proxy of the same framework and client that only forwards."""
    with connected(VENDOR_LATENCY) as world, reference("proxy", world.double) as bare:
        line = order_line_id(world)
        url = world.crossdock.url + "/wms/returns"

        def to_crossdock() -> bytes:
            return post_json(url, world.headers, orjson.dumps(a_return()))

        results = []
        for path, name, at_least in (
            ("/three", f"{WRITERS} writers, against a proxy that makes the same three calls", 0.5),
            ("/one", f"{WRITERS} writers, against a proxy that forwards one call", None),
        ):

            def to_proxy(to: str = bare.url + path) -> bytes:
                return post_json(to, {}, orjson.dumps(a_return_order(line)))

            results.append(
                await compare(
                    name,
                    Side(world.crossdock, to_crossdock),
                    Side(bare, to_proxy),
                    rounds=rounds if at_least else FEW_ROUNDS,
                    seconds=seconds,
                    connections=WRITERS,
                    at_least=at_least,
                )
            )
        return results


async def measure_memory(writes: int) -> list[Result]:
    """Resident size after the first write and after many more."""
    with connected() as world:
        await _post_many(world, 1)
        started = world.crossdock.megabytes()
        await _post_many(world, writes)
        ended = world.crossdock.megabytes()
    return [
        Result(
            name=f"growth of memory over {writes:,} writes, in MB",
            ratios=[ended - started],
            ours=f"{ended:.0f} MB",
            reference=f"{started:.0f} MB after the first",
            at_most=10,
        )
    ]


async def _post_many(world: Connected, count: int) -> None:
    url = world.crossdock.url + "/wms/returns"

    def make() -> bytes:
        return post_json(url, world.headers, orjson.dumps(a_return()))

    rate = await throughput(
        url, make, connections=min(MEMORY_WRITERS, count), seconds=LONGEST_MEMORY_RUN, requests=count
    )
    if rate.answered != count:
        raise RuntimeError(f"{rate.answered} of {count} writes were answered in {rate.seconds:.0f} s")
