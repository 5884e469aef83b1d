"""Two servers under the same load in turns, and the ratio of what they answered."""

from dataclasses import dataclass
from statistics import median

from benchmarks.load import MakeRequest, Rate, throughput
from benchmarks.result import Result
from benchmarks.servers import Process

WARM_UP = 0.5
"""Seconds of load that are not counted: the first requests open connections and fill caches."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: the server, and the requests it gets."""

    process: Process
    make_request: MakeRequest
    expected: int = 200


@dataclass(frozen=True, slots=True)
class _Turn:
    rate: Rate
    cpu: float

    @property
    def cpu_per_answer(self) -> float:
        return self.cpu / max(1, self.rate.answered)


async def compare(
    name: str,
    ours: Side,
    theirs: Side,
    *,
    rounds: int,
    seconds: float,
    connections: int,
    at_least: float | None,
) -> Result:
    """The ratio of throughput, ours to theirs, in each round; each round loads first one, then the other.

    The processor time of an answer is shown beside the throughput: it tells whether a server was the
    limit or something around it, and other people's load on the machine moves it less.
    """
    for side in (ours, theirs):
        await _turn(side, WARM_UP, connections)
    turns = [
        (await _turn(ours, seconds, connections), await _turn(theirs, seconds, connections))
        for _ in range(rounds)
    ]
    return Result(
        name=name,
        ratios=[a.rate.per_second / b.rate.per_second for a, b in turns],
        ours=_shown([a for a, _ in turns]),
        reference=_shown([b for _, b in turns]),
        at_least=at_least,
    )


async def _turn(side: Side, seconds: float, connections: int) -> _Turn:
    before = side.process.cpu_seconds()
    rate = await throughput(
        side.process.url, side.make_request, connections=connections, seconds=seconds, expected=side.expected
    )
    return _Turn(rate, side.process.cpu_seconds() - before)


def _shown(turns: list[_Turn]) -> str:
    per_second = median(turn.rate.per_second for turn in turns)
    busy = median(turn.cpu / turn.rate.seconds for turn in turns)
    milliseconds = median(turn.cpu_per_answer for turn in turns) * 1000
    return f"{per_second:,.0f}/s ({milliseconds:.2g} ms CPU each, {busy:.0%} of a core)"
