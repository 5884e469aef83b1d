"""The purse of a vendor's credits, and requests that are paced by one."""

import asyncio

from crossdock.connector import Credits, VendorAnswer, VendorRequest
from crossdock.connector.pace import Pacer
from crossdock.connector.purse import Purse


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def comes_at_once(purse: Purse, amount: float) -> bool:
    """Whether so much is there; it is gone then."""
    taking = asyncio.create_task(purse.take(amount))
    for _ in range(5):
        await asyncio.sleep(0)
    if not taking.done():
        taking.cancel()
    return taking.done()


def test_credits_come_back_with_time_up_to_the_capacity() -> None:
    async def run() -> None:
        clock = Clock()
        purse = Purse(100, 10, clock)
        assert await comes_at_once(purse, 100)
        clock.now = 3
        assert not await comes_at_once(purse, 31)
        assert await comes_at_once(purse, 30)
        clock.now = 1000
        assert await comes_at_once(purse, 100)
        assert not await comes_at_once(purse, 1)

    asyncio.run(run())


def test_what_is_given_back_lets_the_next_one_through() -> None:
    async def run() -> None:
        purse = Purse(100, 1, Clock())
        await purse.take(100)
        waiting = asyncio.create_task(purse.take(80))
        await asyncio.sleep(0)
        purse.give_back(79)
        for _ in range(5):
            await asyncio.sleep(0)
        assert not waiting.done()
        purse.give_back(1)
        await asyncio.wait_for(waiting, 5)

    asyncio.run(run())


def test_more_than_the_capacity_waits_for_all_of_it() -> None:
    async def run() -> None:
        assert await comes_at_once(Purse(100, 1, Clock()), 250)

    asyncio.run(run())


def test_a_request_waits_for_the_most_it_may_cost_and_pays_what_it_did() -> None:
    """600 of 1000 may be charged and 1 is: one after the other passes, two at once do not."""
    under_way: list[int] = []
    together: list[int] = []

    async def send(request: VendorRequest) -> VendorAnswer:
        under_way.append(1)
        together.append(len(under_way))
        await asyncio.sleep(0)
        under_way.pop()
        return VendorAnswer(200, b"")

    async def run() -> None:
        pace = Credits(
            capacity=1000,
            per_second=0.001,
            kind=lambda request: request.path,
            appraisal=lambda request: request,
            most=lambda answer: 600.0,
            cost=lambda answer: 1.0,
            shortage=lambda answer: None,
        )
        pacer = Pacer(pace)
        request = VendorRequest("GET", "/orders")
        await asyncio.wait_for(pacer.send(request, send, send), 5)
        together.clear()
        many = [pacer.send(request, send, send) for _ in range(20)]
        await asyncio.wait_for(asyncio.gather(*many), 5)

    asyncio.run(run())
    assert together == [1] * 20
