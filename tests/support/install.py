"""A Crossdock of a test's own: the command line in its environment, and `crossdock serve` as a process."""

import asyncio
import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from crossdock.catalog import Catalog
from crossdock.cli.database import opened_database
from crossdock.connections.install import NewConnection, connect
from crossdock.connections.keys import create_api_key
from crossdock.connections.vault import open_vault
from crossdock.connector.pool import VendorPool
from crossdock.settings import load_settings
from tests.support import forked
from tests.support.forked import Forked
from tests.support.prepared import prepared

READY_WITHIN = 60
PASSWORD = "s3cret-pass"


@dataclass
class Install:
    """A data directory, a database and the settings that go with them.

    With `new` there is nothing in the directory, and whatever is run first makes the tables.
    """

    home: Path
    database_url: str | None = None
    settings: dict[str, str] = field(default_factory=dict)
    new: bool = False

    def __post_init__(self) -> None:
        if not self.new:
            prepared(self.home)

    @property
    def environment(self) -> dict[str, str]:
        """The variables of every process of this install."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("CROSSDOCK_")}
        kept |= {
            "CROSSDOCK_HOME": str(self.home),
            "CROSSDOCK_ALLOW_PRIVATE_NETWORKS": "1",
            "CROSSDOCK_READS_PER_SECOND": "1000000",
            "CROSSDOCK_WRITES_PER_SECOND": "1000000",
            "PYTHONUNBUFFERED": "1",
        }
        if self.database_url:
            kept["CROSSDOCK_DATABASE_URL"] = self.database_url
        return kept | self.settings

    def run(
        self, *arguments: str, ok: bool = True, stdin: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Runs `crossdock` to its end; with `ok`, fails the test when it failed."""
        done = forked.run(["-m", "crossdock", *arguments], self.environment, stdin)
        if ok:
            assert done.returncode == 0, done.stderr
        return done

    def create_key(self, org: str = "acme", *, read_only: bool = False) -> str:
        """A new API key, made by what the command line calls."""
        with opened_database(load_settings(self.environment)) as database:
            return create_api_key(database, org, read_only=read_only).key

    def connect(
        self, api_url: str, org: str = "acme", only: Sequence[str] | None = None, **fields: str
    ) -> NewConnection:
        """Connects an Ongoing account, by what the command line calls."""
        account = {"username": "api", "password": PASSWORD, "goods_owner_id": "42", "api_url": api_url}
        # Where a browser is driven, this thread has an event loop that goes on.
        with ThreadPoolExecutor(1) as aside:
            return aside.submit(asyncio.run, self._connect(org, account | fields, only)).result()

    async def _connect(
        self, org: str, fields: Mapping[str, str], only: Sequence[str] | None
    ) -> NewConnection:
        settings = load_settings(self.environment)
        vendors = VendorPool(
            allow_private_networks=settings.allow_private_networks, timeout=settings.vendor_timeout
        )
        ongoing = Catalog.installed().get("wms", "ongoing")
        with opened_database(settings) as database:
            vault = open_vault(settings, database)
            made = await connect(
                database, vault, vendors, ongoing, organisation=org, fields=fields, only=only
            )
        await vendors.aclose()
        return made


class Server:
    """`crossdock serve` as a process of its own; another `launcher` can inject faults.

    Only with `works` does it do background work.
    """

    def __init__(
        self, install: Install, launcher: Sequence[str] = ("-m", "crossdock"), *, works: bool = False
    ) -> None:
        self.install = install
        self._options = () if works else ("--no-work",)
        self._launcher = launcher
        self.process: Forked | subprocess.Popen[str] | None = None
        self.url = ""
        self.log = ""
        self._drain: threading.Thread | None = None

    def start(self, extra: Mapping[str, str] | None = None, port: int = 0) -> "Server":
        """Starts the process, on any port or the one given, and waits until it says where it listens."""
        self.process = forked.start(
            [*self._launcher, "serve", "--port", str(port), *self._options],
            self.install.environment | dict(extra or {}),
        )
        self._drain = threading.Thread(target=self._read_log, daemon=True)
        self._drain.start()
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if "listens on " not in line:
            self.wait()
            raise AssertionError(f"the server did not start: {self.log}")
        self.url = line.split("listens on ")[1].strip()
        return self

    def _read_log(self) -> None:
        assert self.process is not None
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.log += line

    def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.wait()

    def stop(self) -> None:
        """Asks it to stop and reads what it logged until then."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.wait()

    def wait(self) -> None:
        """Waits for the end of the process."""
        if self.process is None:
            return
        self.process.wait(READY_WITHIN)
        if self._drain is not None:
            self._drain.join(READY_WITHIN)
        self.process = None

    def client(self, key: str | None = None, token: str | None = None, **extra: str) -> httpx.Client:
        """A client that sends the contract's two headers."""
        headers = dict(extra)
        if key is not None:
            headers["x-trackstar-api-key"] = key
        if token is not None:
            headers["x-trackstar-access-token"] = token
        # Certificates are for HTTPS, and reading them takes longer than most requests do.
        return httpx.Client(base_url=self.url, headers=headers, timeout=60, trust_env=False, verify=False)
