"""`trytond` as a process on a free port of the loopback, with SQLite databases of its own."""

import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx

DATABASE = "tryton"
READY_WITHIN = 60.0
ENDS_WITHIN = 20.0
ASKED_EVERY = 0.05
"""Seconds."""


def configuration(data: Path, port: int) -> Path:
    """A configuration file in the folder of the databases."""
    written = data / "trytond.conf"
    written.write_text(
        f"[database]\nuri = sqlite://\npath = {data}\n"
        f"[web]\nlisten = 127.0.0.1:{port}\n"
        "[session]\nauthentications = password\n"
    )
    return written


class TrytonProcess:
    """A server that can be stopped in the middle of something and started again, on the same port."""

    def __init__(self, command: str, data: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.data = data
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it and waits until it answers. Raises `RuntimeError` with what it said when it does not."""
        settings = configuration(self.data, self.port)
        with (self.data / "trytond.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  (our own command)
                [self._command, "-c", str(settings), "-d", DATABASE], stdout=log, stderr=log
            )
        until = time.monotonic() + READY_WITHIN
        with httpx.Client(base_url=self.url, trust_env=False) as client:
            while not _answers(client):
                if self._process.poll() is not None or time.monotonic() > until:
                    self.stop()
                    said = (self.data / "trytond.log").read_text(errors="replace")[-2000:]
                    raise RuntimeError(f"trytond did not start: {said}")
                time.sleep(ASKED_EVERY)

    def stop(self, *, at_once: bool = False) -> None:
        """Ends it; `at_once` as a crash would."""
        if self._process is None:
            return
        if at_once:
            self._process.kill()
        else:
            self._process.terminate()
        try:
            self._process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(ENDS_WITHIN)
        self._process = None


def _answers(client: httpx.Client) -> bool:
    question = {"id": 0, "method": "common.server.version", "params": []}
    try:
        return client.post("/rpc/", json=question).status_code == 200
    except httpx.TransportError:
        return False


@contextmanager
def running_process(command: str, data: Path) -> Iterator[TrytonProcess]:
    """A server on the databases of a folder, until the end."""
    process = TrytonProcess(command, data)
    process.start()
    try:
        yield process
    finally:
        process.stop()


def copied(data: Path, to: Path) -> Path:
    """The database of a folder in another one, which is made; what is still in its log is copied too."""
    to.mkdir(parents=True)
    name = f"{DATABASE}.sqlite"
    with closing(sqlite3.connect(data / name)) as kept, closing(sqlite3.connect(to / name)) as made:
        kept.backup(made)
    return to
