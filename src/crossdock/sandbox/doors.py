"""What the API of a sandbox can be asked: each collection and each write."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from crossdock.sandbox.editing import Edits
from crossdock.sandbox.parts import Body
from crossdock.sandbox.site import Kind, Record, Site


@dataclass(frozen=True, slots=True)
class WriteDoor:
    """A write: its path below the sandbox, the body it takes and what it does.

    `operation` is called with the site, the id in the path if it has one, and the body.
    """

    method: str
    path: str
    kind: Kind
    body: type[Body]
    operation: Callable[..., Record]


@dataclass(frozen=True, slots=True)
class System:
    """A kind of sandbox: the kind of record of each collection, the writes, and what fills a new one.

    `generator` gives, for a seed, what puts the first records into an empty sandbox. `edits` says how records
    are edited by hand.
    """

    reads: Mapping[str, Kind]
    writes: Sequence[WriteDoor]
    generator: Callable[[int], Callable[[Site], None]]
    edits: Edits
