"""Exchanges of HTTP as they were, for whoever keeps a log of them, and on whose behalf they were made.

On whose behalf is carried along by the context of the task, so that what stands between a door and a vendor
need not hand it on.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal

import httpx

from crossdock.connector.integration import Integration
from crossdock.connector.vendor import Access, Account

LARGEST_KEPT = 16 * 1024
"""Bytes of a body that a log keeps."""

SEEN = LARGEST_KEPT + 4 * 1024
"""Bytes of a body that are held until it is logged. A secret across the end of what is kept is recognised as
long as it ends within these."""

ActorKind = Literal["api_key", "user", "link", "background", "command_line"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: an API key, a person, the holder of a link, the service itself, or a shell."""

    kind: ActorKind
    id: str | None = None
    name: str | None = None


BACKGROUND = Actor("background")


@dataclass(slots=True)
class Cause:
    """On whose behalf something is done, filled in as far as it becomes known.

    `secrets` are values that must not be kept wherever they turn up; `keeps_bodies` is false where a body
    is nothing but secrets.
    """

    request_id: str | None = None
    organisation_id: str | None = None
    connection_id: str | None = None
    integration: tuple[str, str] | None = None
    actor: Actor | None = None
    secrets: set[str] = field(default_factory=set, repr=False)
    keeps_bodies: bool = True


_current: ContextVar[Cause | None] = ContextVar("cause", default=None)


def current_cause() -> Cause | None:
    """On whose behalf the running task works, if anybody said so."""
    return _current.get()


@contextmanager
def on_behalf_of(cause: Cause) -> Iterator[None]:
    """What is done inside is done on behalf of that cause."""
    token = _current.set(cause)
    try:
        yield
    finally:
        _current.reset(token)


@dataclass(slots=True)
class Body:
    """The beginning of a body, and how many bytes it had as a whole."""

    content_type: str = ""
    parts: list[bytes] = field(default_factory=list, repr=False)
    size: int = 0

    def add(self, part: bytes) -> None:
        """The next bytes of it."""
        if part and self.size < SEEN:
            self.parts.append(bytes(part[: SEEN - self.size]))
        self.size += len(part)

    @property
    def beginning(self) -> bytes:
        """As much as is held."""
        return b"".join(self.parts)


@dataclass(slots=True)
class Call:
    """One exchange, not yet redacted. `at` is in epoch seconds; `status` is `None` when no answer came."""

    kind: Literal["api", "vendor"]
    cause: Cause
    method: str
    url: str
    at: float
    request_headers: Sequence[tuple[str, str]] = field(repr=False)
    integration: tuple[str, str] | None = None
    seconds: float = 0.0
    status: int | None = None
    error: str | None = None
    response_headers: Sequence[tuple[str, str]] = field(default=(), repr=False)
    request: Body = field(default_factory=Body)
    response: Body = field(default_factory=Body)
    secrets: Sequence[str] = field(default=(), repr=False)

    def answered(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
        """The answer came."""
        self.status = status
        self.response_headers = list(headers.items())
        self.response.content_type = headers.get("content-type", "")
        self.response.add(content)


def vendor_call(
    request: httpx.Request, url: str, integration: Integration, account: Account, access: Access
) -> Call:
    """The exchange that a request to a vendor begins, with what must not be kept of it.

    `url` is what may be told of the request's address.
    """
    cause = current_cause() or Cause()
    secrets = [*integration.secrets(account), *access.secrets()]
    if "authorization" in request.headers:
        secrets.append(request.headers["authorization"].rpartition(" ")[2])
    # A token that the vendor gave may come back in the answer that the caller gets.
    cause.secrets.update(secrets)
    call = Call(
        "vendor",
        cause,
        request.method,
        url,
        time.time(),
        list(request.headers.items()),
        (integration.type, integration.name),
        secrets=secrets,
    )
    call.request.content_type = request.headers.get("content-type", "")
    return call


Told = Callable[[Call], None]
"""Who is told of every exchange when it has ended. Must not block, and must not raise."""


@contextmanager
def watched(call: Call, told: Told | None, words: Callable[[BaseException], str]) -> Iterator[Call]:
    """Tells of an exchange with a vendor when the context ends, however it ends.

    `words` says what went wrong without a secret.
    """
    started = time.perf_counter()
    try:
        yield call
    except BaseException as error:
        call.error = words(error)
        raise
    finally:
        call.seconds = time.perf_counter() - started
        if told is not None:
            told(call)
