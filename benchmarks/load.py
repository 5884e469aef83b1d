"""A load on one server of this machine, over keep-alive connections, too cheap to be the bottleneck."""

import asyncio
import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

MakeRequest = Callable[[], bytes]
CONTENT_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rate:
    """How many requests were answered in how many seconds."""

    answered: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Answers per second."""
        return self.answered / self.seconds


class _Caller(asyncio.Protocol):
    """One connection that sends a request as soon as the last one was answered."""

    def __init__(self, load: "_Load") -> None:
        self._load = load
        self._buffer = b""
        self._wanted = -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]
        self._send()

    def _send(self) -> None:
        if self._load.left <= 0 or time.perf_counter() >= self._load.until:
            self._transport.close()
            return
        self._load.left -= 1
        self._transport.write(self._load.make_request())

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._wanted < 0:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            status = int(self._buffer[9:12])
            if status not in self._load.expected:
                self._load.failures.append(self._buffer[:500].decode(errors="replace"))
            length = CONTENT_LENGTH.search(self._buffer, 0, end + 2)
            self._wanted = end + 4 + (int(length.group(1)) if length and status != 304 else 0)
        if len(self._buffer) < self._wanted:
            return
        self._buffer = self._buffer[self._wanted :]
        self._wanted = -1
        self._load.answered += 1
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        self._load.open -= 1
        if self._load.open == 0:
            self._load.done.set()


class _Load:
    def __init__(self, make_request: MakeRequest, until: float, connections: int, expected: set[int]) -> None:
        self.make_request = make_request
        self.until = until
        self.left: float = math.inf
        self.open = connections
        self.expected = expected
        self.answered = 0
        self.failures: list[str] = []
        self.done = asyncio.Event()


async def throughput(
    url: str,
    make_request: MakeRequest,
    *,
    connections: int,
    seconds: float,
    requests: float = math.inf,
    expected: int = 200,
) -> Rate:
    """Puts the load on until the time is over or that many requests were sent.

    Raises `RuntimeError` when an answer has another status than expected.
    """
    parts = urlsplit(url)
    if parts.hostname != "127.0.0.1" or parts.port is None:
        raise ValueError("a load is put on this machine only")
    load = _Load(make_request, time.perf_counter() + seconds, connections, {expected})
    load.left = requests
    loop = asyncio.get_running_loop()
    started = time.perf_counter()
    for _ in range(connections):
        await loop.create_connection(lambda: _Caller(load), parts.hostname, parts.port)
    await asyncio.wait_for(load.done.wait(), seconds + 60)
    if load.failures:
        raise RuntimeError(f"{len(load.failures)} answers were not {expected}: {load.failures[0]}")
    return Rate(load.answered, time.perf_counter() - started)


def get(url: str, headers: dict[str, str]) -> bytes:
    """The bytes of a GET request."""
    return _request("GET", url, headers, b"")


def post_json(url: str, headers: dict[str, str], body: bytes) -> bytes:
    """The bytes of a POST request."""
    return _request("POST", url, {**headers, "content-type": "application/json"}, body)


def _request(method: str, url: str, headers: dict[str, str], body: bytes) -> bytes:
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    lines = [f"{method} {path} HTTP/1.1", f"host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"content-length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
