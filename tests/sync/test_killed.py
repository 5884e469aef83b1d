"""A run that is broken off at any step, as by kill -9, and taken up again: nothing lost, nothing twice."""

import asyncio
import threading
from collections import Counter
from typing import Any

import pytest

from crossdock.storage import requests
from tests.support.sync_world import SyncWorld
from tests.sync.test_runs import Play, play

__all__ = ["play"]


class Killed(BaseException):
    """Nothing of the process catches it."""


def killing(world: SyncWorld, at_step: int, when: str) -> None:
    """Breaks the process off before, within or after the n-th transaction of the runs that writes.

    The request log writes when it gets to it, in a task of its own, where the end of the process goes unseen.
    """
    original, steps = world.service.database.write, 0

    async def write(change: Any, *given: Any, **named: Any) -> Any:
        nonlocal steps
        if change is requests.add:
            return await original(change, *given, **named)
        steps += 1
        if steps != at_step:
            return await original(change, *given, **named)
        if when == "before":
            raise Killed
        if when == "after":
            await original(change, *given, **named)
            raise Killed

        def broken_off(db: Any, *given: Any, **named: Any) -> Any:
            change(db, *given, **named)
            raise Killed

        return await original(broken_off, *given, **named)

    object.__setattr__(world.service.database, "write", write)


async def killed_and_taken_up(world: SyncWorld, at_step: int, when: str) -> bool:
    """Syncs, is killed, and syncs again as another process would; whether it was killed at all."""
    killing(world, at_step, when)
    killed = False
    try:
        await world.sync()
    except BaseExceptionGroup as several:
        killed = several.subgroup(Killed) is not None
    except Killed:
        killed = True
    object.__delattr__(world.service.database, "write")
    await last_breath(world)
    await world.sync()
    return killed


async def last_breath(world: SyncWorld) -> None:
    """Waits for what the threads of the process had begun: one that is really dead begins nothing more."""
    threads = world.service.database._writers
    together = threading.Barrier(threads._max_workers)
    loop = asyncio.get_running_loop()
    waiting = [loop.run_in_executor(threads, together.wait) for _ in range(threads._max_workers)]
    await asyncio.gather(*waiting)


@pytest.mark.parametrize("when", ["before", "within", "after"])
def test_the_changes_of_two_hundred_orders_are_each_told_once(play: Play, when: str) -> None:
    async def scene(world: SyncWorld) -> None:
        for number in range(45):
            world.vendor.order(number, number)
        world.vendor.warehouses += [{"id": f"w{n:02}", "name": f"W {n}"} for n in range(25)]
        await world.first_sync()
        told: Counter[tuple[str, str]] = Counter()
        expected: Counter[tuple[str, str]] = Counter()
        for step in range(1, 16):
            minute = 1000 * step
            for number in range(0, 45, 2):
                world.vendor.order(number, minute + number, note=f"step {step}")
                expected["order.updated", f"o{number:06}"] += 1
            world.vendor.order(100 + step, minute + 50)
            expected["order.created", f"o{100 + step:06}"] += 1
            world.vendor.warehouses[step]["name"] += "!"
            expected["warehouse.updated", f"w{step:02}"] += 1
            world.now += 13 * 3600
            if not await killed_and_taken_up(world, step, when):
                break
        for event in await world.events():
            told[event["event_type"], event["data"]["id"]] += 1
        assert told == expected
        assert step > 5
        orders = await world.records()
        assert {
            o["trading_partner"]
            for o in orders.values()
            if int(o["id"][1:]) % 2 == 0 and int(o["id"][1:]) < 45
        } == {f"step {step}"}

    play(scene)
