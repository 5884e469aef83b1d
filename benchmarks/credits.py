"""What several callers together get out of an account that is charged credits, and how often it is refused.

ShipHero's double charges as `crossdock.doubles.shiphero.credits` says. Nothing is accelerated.
"""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec

from benchmarks.result import Result
from crossdock.catalog import Catalog
from crossdock.connector import Asked, Integration, Reads, WriteOperation
from crossdock.connector.client import VendorClient
from crossdock.connector.pool import VendorPool
from crossdock.doubles.server import running
from crossdock.doubles.shiphero import credits as purse
from crossdock.doubles.shiphero.app import ShipHeroDouble
from crossdock.doubles.shiphero.declined import Declined
from crossdock.doubles.shiphero.stand import REFRESH_TOKEN, STAND
from crossdock.integrations.wms.shiphero.order_record import read_order

CALLERS = 8
SETTLED_AFTER = 60.0
"""Seconds from the start; by then the credits that were saved up are spent."""
TARGET = 0.95
TIMEOUT = 120.0


class _Ledger(purse.Credits):
    """The double's purse, which notes when it was charged and when it refused."""

    def __init__(self) -> None:
        super().__init__()
        self.charged: list[tuple[float, int]] = []
        self.refused: list[float] = []

    def spend(self, amount: int) -> None:
        super().spend(amount)
        self.charged.append((time.monotonic(), amount))

    def demand(self, required: int) -> None:
        try:
            super().demand(required)
        except Declined:
            self.refused.append(time.monotonic())
            raise


async def measure(seconds: float) -> list[Result]:
    """Writes alone, and writes that are read back as Crossdock does; each at an account of its own."""
    found = await asyncio.gather(
        _measured("orders written", seconds, read_back=False),
        _measured("orders written and read back", seconds, read_back=True),
    )
    return [result for results in found for result in results]


async def _measured(name: str, seconds: float, *, read_back: bool) -> list[Result]:
    async with _account() as (ledger, client, integration):
        [operation] = [w for w in integration.writes if w.action.name == "create_order"]
        started = time.monotonic()
        until = started + seconds
        callers = [_caller(client, operation, until, read_back=read_back) for _ in range(CALLERS)]
        written = sum(await asyncio.gather(*callers))
    settled = started + SETTLED_AFTER
    charged = sum(amount for at, amount in ledger.charged if settled <= at < until)
    allowed = purse.INCREMENT_RATE * (until - settled)
    refused = [at - started for at in ledger.refused]
    early = sum(at < SETTLED_AFTER for at in refused)
    return [
        Result(
            name=f"credits used by {CALLERS} callers after a minute, {name}",
            ratios=[charged / allowed],
            ours=f"{charged / (until - settled):.1f} credits/s; {written} orders in {seconds:.0f} s",
            reference=f"{purse.INCREMENT_RATE} credits/s",
            at_least=TARGET,
        ),
        Result(
            name="requests refused for lack of credits after a minute",
            ratios=[len(refused) - early],
            ours=f"{early} before",
            reference=f"{len(ledger.charged)} charged",
            at_most=0,
        ),
    ]


@asynccontextmanager
async def _account() -> AsyncIterator[tuple[_Ledger, VendorClient, Integration]]:
    double = ShipHeroDouble(refresh_token=REFRESH_TOKEN)
    ledger = double.credits = _Ledger()
    integration = Catalog.installed().get("wms", "shiphero")
    pool = VendorPool(allow_private_networks=True, timeout=TIMEOUT)
    with running(double) as url:
        try:
            yield ledger, pool.client(integration, STAND.credentials(url)), integration
        finally:
            await pool.aclose()
    if double.violations:
        raise RuntimeError(f"the double objects: {double.violations[0]}")


_numbers = itertools.count(1)


async def _caller(
    client: VendorClient, operation: WriteOperation[Any], until: float, *, read_back: bool
) -> int:
    """Writes orders one after the other; how many were written."""
    written = 0
    while time.monotonic() < until:
        asked = _order(operation)
        [request] = _requests(operation.translate(asked, Reads()))
        answer = await client.write(request)
        if answer.status != 200:
            continue
        written += 1
        if read_back:
            await client.read(read_order(asked.account, operation.written_id(asked, [answer])))
    return written


def _requests(translated: Any) -> list[Any]:
    return list(translated) if isinstance(translated, list | tuple) else [translated]


def _order(operation: WriteOperation[Any]) -> Asked[Any]:
    number = next(_numbers)
    address = {
        "full_name": "Ada Example",
        "address1": "1 Sample Street",
        "city": "Springfield",
        "state": "IL",
        "postal_code": "62701",
        "country": "US",
    }
    line = {"sku": "SKU-01", "quantity": 1, "unit_price": 9.99}
    body = {"order_number": f"B-{number}", "ship_to_address": address, "line_items": [line]}
    reference = f"{number:036d}"
    return Asked({}, msgspec.convert(body, operation.body, strict=False), "", reference)
