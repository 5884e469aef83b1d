"""A vendor's declared pace against the limit that its double keeps, over minutes that pass at once."""

import asyncio
from functools import partial

import pytest

from crossdock.catalog import Catalog
from crossdock.connector import Rate, VendorAnswer, VendorRequest, pace
from crossdock.connector.purse import Purse
from crossdock.doubles.shipbob.app import CALLS_PER_MINUTE
from crossdock.doubles.shipbob.rate_limit import RateLimit

INSTANT = 1e-6
"""Seconds that a turn of the loop takes."""


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class _AtOnce(asyncio.SelectorEventLoop):
    """A loop in which the time that nothing happens in is over at once. It does no input and output."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        select = self._selector.select  # type: ignore[attr-defined]

        def passed(timeout: float | None = None) -> object:
            clock.now += (timeout or 0.0) + INSTANT
            return select(0)

        self._selector.select = passed  # type: ignore[attr-defined]

    def time(self) -> float:
        return self._clock()


@pytest.mark.parametrize("pause", [0.0, 45.0], ids=["without a pause", "after a pause"])
def test_no_request_is_one_too_many_for_shipbob(monkeypatch: pytest.MonkeyPatch, pause: float) -> None:
    clock = Clock()
    monkeypatch.setattr(pace, "Purse", partial(Purse, clock=clock))
    limit = RateLimit(CALLS_PER_MINUTE, clock)
    declared = Catalog.installed().get("wms", "shipbob").pace
    assert isinstance(declared, Rate)
    too_many = []

    async def send(request: VendorRequest) -> VendorAnswer:
        _, wait = limit.count("the account")
        if wait:
            too_many.append(clock.now)
        return VendorAnswer(200, b"")

    async def run() -> None:
        pacer = pace.Pacer(declared)
        for _ in range(2):
            requests = [pacer.send(VendorRequest("GET", "/1.0/order"), send, send) for _ in range(300)]
            await asyncio.gather(*requests)
            await asyncio.sleep(pause)

    with asyncio.Runner(loop_factory=lambda: _AtOnce(clock)) as runner:
        runner.run(run())
    assert too_many == []
    # Kept to, and made use of: six hundred calls take four minutes at least.
    assert 220 <= clock.now - 2 * pause <= 300
