"""Runs the benchmarks and prints their table."""

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence

import uvloop

from benchmarks import (
    carrier_invoices,
    catalog,
    cold,
    credits,
    pages,
    reads,
    syncs,
    ticks,
    tryton,
    validation,
    vendure,
    webhooks,
    write_info,
    writes,
)
from benchmarks.result import Result, table

NAMES = (
    "write-info",
    "catalog",
    "cold",
    "validation",
    "latency",
    "throughput",
    "credits",
    "memory",
    "ticks",
    "reads",
    "webhooks",
    "syncs",
    "carrier-invoices",
    "vendure",
    "tryton",
    "pages",
)


async def measure(name: str, *, quick: bool) -> Sequence[Result]:  # noqa: PLR0912  (one case a name)
    """The results of one benchmark."""
    rounds = 3 if quick else 7
    seconds = 1.0 if quick else 1.5
    found: Sequence[Result] = ()
    match name:
        case "write-info":
            found = await write_info.measure(rounds, seconds)
        case "catalog":
            found = await catalog.measure(3 if quick else 5, 1.0)
        case "cold":
            found = await cold.measure(30 if quick else 200)
        case "validation":
            found = validation.measure(rounds)
        case "latency":
            found = await writes.measure_latency(rounds, 10 if quick else 20)
        case "throughput":
            found = await writes.measure_throughput(rounds, 2.0 if quick else 3.0)
        case "credits":
            found = await credits.measure(75.0 if quick else 180.0)
        case "ticks":
            found = await ticks.measure(200 if quick else 1_000)
        case "reads":
            found = await reads.measure(rounds, seconds, 200_000 if quick else reads.MANY)
        case "webhooks":
            found = await webhooks.measure(rounds, 1_000 if quick else 3_000)
        case "syncs":
            found = await syncs.measure(1 if quick else 5, 20_000 if quick else 100_000)
        case "carrier-invoices":
            found = await carrier_invoices.measure(3, 100_000 if quick else 1_000_000)
        case "vendure":
            found = await vendure.measure(1 if quick else 3, 1_000 if quick else 10_000)
        case "tryton":
            found = tryton.measure(1 if quick else 3, 1_000 if quick else 10_000)
        case "pages":
            size = (1_000, 50_000) if quick else (10_000, 1_000_000)
            found = await asyncio.to_thread(pages.measure, rounds, *size)
        case "memory":
            found = await writes.measure_memory(1_000 if quick else 10_000)
    return found


def main() -> None:
    """`python -m benchmarks [NAME ...] [--quick]`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of {', '.join(NAMES)}; default all")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    options = parser.parse_args()
    unknown = set(options.names) - set(NAMES)
    if unknown:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    results: list[Result] = []
    for name in options.names or NAMES:
        started = time.perf_counter()
        results += uvloop.run(measure(name, quick=options.quick))
        print(f"{name}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
    print(table(results))


if __name__ == "__main__":
    main()
