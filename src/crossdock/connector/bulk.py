"""A list that a vendor writes into a file when it is asked to: a job that is started and waited for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from crossdock.connector.listing import Span
from crossdock.connector.vendor import Account, VendorRequest


@dataclass(frozen=True, slots=True)
class JobState:
    """How far a vendor's job is.

    `running` until it has ended. A job that ended well has a `url`, or none when there was nothing to write;
    one that did not has `failed`, the reason.
    """

    running: bool = False
    url: str | None = None
    failed: str | None = None


@dataclass(frozen=True, slots=True)
class BulkReading:
    """How a list is read by a job of the vendor's, when there is much to read.

    The functions are pure; the sync does the talking. In order of use:

    - `start(account, span)`: the request that starts the job. It may be sent again after an interruption;
    - `started(decoded)`: the job's id, any text. A refusal means that the list is read by pages instead;
    - `ask(account, job)` and `state(decoded)`: how far the job is. One that failed means the same;
    - the file has a JSON value a line, and `begins(line)` says whether one begins a row of the list. Those
      behind it belong to it until the next one begins;
    - `rows(lines)`: the rows of such a group, as pages have them.

    Raises `ValueError` for what is not of the vendor's shape.
    """

    start: Callable[[Account, Span], VendorRequest]
    started: Callable[[Any], str]
    ask: Callable[[Account, str], VendorRequest]
    state: Callable[[Any], JobState]
    begins: Callable[[Any], bool]
    rows: Callable[[Sequence[Any]], Sequence[Any]]
