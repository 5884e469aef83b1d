"""A Vendure as a process of its own, on a free port of the loopback, with a database of its own."""

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

import httpx

from crossdock.doubles.vendure.packages import HERE, NotToBeHad, installed, node, seeded
from crossdock.doubles.vendure.shop import ADMIN_PATH, PASSWORD, USER, Shop

__all__ = ["NotToBeHad", "VendureServer", "running_server", "shared_server"]

SERVER = HERE / "server" / "server.js"
DATABASE = "vendure.db"
STARTED_WITHIN = 120.0
ENDED_WITHIN = 30.0
ASKED_EVERY = 0.1


class VendureServer:
    """A server whose database is in `folder`. `url` is its base URL, the same after it was started again."""

    def __init__(self, folder: Path) -> None:
        self._packages = installed()
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self._folder / DATABASE

    @property
    def log(self) -> str:
        """What it has said."""
        return (self._folder / "log").read_text(encoding="utf-8", errors="replace")

    def start(self) -> None:
        """Starts it and waits until it answers. Raises `RuntimeError` with its log when it does not."""
        environment = {
            **{name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}},
            "VENDURE_PORT": str(self._port),
            "VENDURE_DATABASE": str(self.database),
            "VENDURE_USER": USER,
            "VENDURE_PASSWORD": PASSWORD,
            "VENDURE_DISABLE_TELEMETRY": "true",
        }
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603
                [node(), str(SERVER)], cwd=self._packages, env=environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + STARTED_WITHIN
        with httpx.Client(base_url=self.url, trust_env=False) as client:
            while not _answers(client):
                if self._process.poll() is not None or time.monotonic() > deadline:
                    self.kill()
                    raise RuntimeError(f"Vendure did not start: {self.log[-4000:]}")
                time.sleep(ASKED_EVERY)

    def stop(self) -> None:
        """Asks it to end, and waits."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(ENDED_WITHIN)
            except subprocess.TimeoutExpired:
                self.kill()
            self._process = None

    def kill(self) -> None:
        """Ends it at once, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(ENDED_WITHIN)
            self._process = None


def _answers(client: httpx.Client) -> bool:
    with suppress(httpx.HTTPError):
        return client.post(ADMIN_PATH, json={"query": "{ __typename }"}).status_code == 200
    return False


def _seed(folder: Path) -> None:
    server = VendureServer(folder)
    server.start()
    try:
        shop = Shop(server.url)
        shop.set_up()
        shop.order()
        shop.close()
    finally:
        server.stop()


@contextmanager
def running_server() -> Iterator[VendureServer]:
    """A shop of its own, running. Raises `NotToBeHad` where Vendure cannot be installed."""
    seed = seeded(_seed)
    folder = Path(tempfile.mkdtemp(prefix="crossdock-vendure-"))
    try:
        shutil.copy(seed / DATABASE, folder / DATABASE)
        server = VendureServer(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@lru_cache(maxsize=1)
def shared_server() -> VendureServer:
    """The one server of this process, started when it is first asked for and ended with the process.

    Raises `NotToBeHad` where Vendure cannot be installed.
    """
    running = running_server()
    server = running.__enter__()
    atexit.register(running.__exit__, None, None, None)
    return server
