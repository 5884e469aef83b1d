"""How an integration is tried out without anybody telling the tests its name.

An integration's stand is found through an entry point of the group `crossdock.stands` with the integration's
own name. It says what to start, how to connect to it, and one good example of every write.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from typing import Any, Literal, Protocol

from crossdock.doubles.double import Double
from crossdock.doubles.faults import Fault

ENTRY_POINT_GROUP = "crossdock.stands"

Proof = Literal["live", "spec", "sample"]
"""`live`: the real system. `spec`: both sides checked against the specification that the vendor published.
`sample`: checked against what others wrote down of the vendor's API, or against sample payloads only."""


class Write(Protocol):
    """Sends a write through Crossdock and gives the decoded answer: `data`, `id`, `unused_fields`."""

    def __call__(self, action: str, body: Mapping[str, Any], record_id: str = "") -> dict[str, Any]:
        """Fails the test when the write is refused."""


class Step(Protocol):
    """Lets something happen by a POST to one of Crossdock's own doors, such as a simulation."""

    def __call__(self, path: str) -> dict[str, Any]:
        """The decoded answer. Fails the test when it is refused."""


def no_steps(path: str) -> dict[str, Any]:
    """For surroundings in which nothing happens by itself. Raises `LookupError`."""
    raise LookupError(f"POST {path} is not offered to this example")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an example can use: a text that no other one uses, writes that come before its own, and steps."""

    unique: str
    write: Write
    step: Step = no_steps


@dataclass(frozen=True, slots=True)
class Example:
    """A write that is accepted: its body, and the record's id where the path has one."""

    body: Mapping[str, Any] = field(default_factory=dict)
    record_id: str = ""


@dataclass(frozen=True, slots=True)
class SampleRefusal:
    """How the vendor refuses the example of an action.

    `words` must reach the caller unchanged; `pointer` is the field of the caller's body that the refusal is
    about, as a JSON Pointer, where the vendor says enough.
    """

    action: str
    answer: Fault
    words: str
    pointer: str | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """What an integration is tried out on.

    `double` makes a fresh stand-in; `None` for a system that lives in Crossdock itself. `credentials(url)`
    are fields that it accepts, `secrets` the names of those that must never be seen again. `known` has values
    that exist in the seed, by the name of the field they are for: drawn bodies are given these. `source` says
    in a few words what the proof level rests on.
    """

    proof: Proof
    source: str
    double: Callable[[], Double] | None
    credentials: Callable[[str], Mapping[str, str]]
    secrets: Sequence[str]
    known: Mapping[str, Sequence[Any]]
    examples: Mapping[str, Callable[[Surroundings], Example]]
    refusals: Sequence[SampleRefusal] = ()


def installed_stands() -> dict[str, Stand]:
    """The stands of every installed integration, by type and name: `wms/ongoing`.

    Raises `TypeError` when an entry point is something else.
    """
    found = {}
    for entry_point in entry_points(group=ENTRY_POINT_GROUP):
        stand = entry_point.load()
        if not isinstance(stand, Stand):
            raise TypeError(f"entry point {entry_point.value} is not a Stand")
        found[entry_point.name.replace(".", "/", 1)] = stand
    return dict(sorted(found.items()))
