"""A Crossdock of the suite's own: a folder, a key, and `crossdock serve` as a process."""

import asyncio
import itertools
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx

from crossdock.conformance.case import Nonconforming, NotTried, expect
from crossdock.conformance.place import Place
from crossdock.conformance.subjects import Subject
from crossdock.connections.install import checked_fields, connect
from crossdock.connections.keys import create_api_key, digest
from crossdock.connections.vault import Vault, open_vault
from crossdock.connector import Account, ListOperation, ListPage, Span
from crossdock.connector.pace import BURST, Rate
from crossdock.connector.pool import VendorPool
from crossdock.doubles.server import running
from crossdock.sandbox.app import SANDBOX_HOST, create_sandbox_app
from crossdock.settings import Settings, load_settings
from crossdock.storage import accounts
from crossdock.storage.database import Database, open_database
from crossdock.sync.pages import fetch

ORGANISATION = "conformance"
WRITE_SENDS = 6
"""About how many requests a write and what comes before it send; more only means that they wait."""

ENDS_WITHIN = 30.0
VENDOR_TIMEOUT = 20.0
ANSWERS_WITHIN = 60.0
"""Seconds."""

_numbers = itertools.count(1)


class Bench:
    """A running Crossdock. `log` has every line that the server wrote so far."""

    def __init__(
        self, url: str, key: str, log: list[str], database: Database, vault: Vault, runner: asyncio.Runner
    ) -> None:
        self.log = log
        self.client = httpx.Client(
            base_url=url,
            headers={"x-trackstar-api-key": key},
            timeout=ANSWERS_WITHIN,
            trust_env=False,
        )
        self._database = database
        self._vault = vault
        self._runner = runner
        self._vendors = VendorPool(
            allow_private_networks=True,
            timeout=VENDOR_TIMEOUT,
            systems={SANDBOX_HOST: create_sandbox_app(database)},
        )

    def close(self) -> None:
        """Closes its connections; the server goes on."""
        self._runner.run(self._vendors.aclose())
        self.client.close()

    @contextmanager
    def place(self, subject: Subject, *, stuck: bool = False) -> Iterator[Place]:
        """The integration connected to a fresh double, or to a sandbox filled anew.

        With `stuck` the double answers what it answered first, whatever it is asked for next, as soon as
        `Place.stick` is called. Raises `Nonconforming` when a secret was shown meanwhile.
        """
        number = next(_numbers)
        with ExitStack() as stack:
            double = None if subject.stand.double is None else subject.stand.double()
            place = Place(self.client, subject, double, number)
            if double is None:
                place.token = self._sandbox(subject)
                place.account = self._kept(place.token)
                marked = [field.name for field in subject.integration.credential_fields if field.secret]
                place.secrets.extend(place.account[name] for name in marked)
            else:
                place.double_url = stack.enter_context(running(place.sticking(double) if stuck else double))
                fields = subject.stand.credentials(place.double_url)
                place.account = checked_fields(subject.integration, fields)
                place.secrets.extend(fields[name] for name in subject.stand.secrets)
                place.token = self.connect(subject, fields)
            yield place
            self.check_log(place.secrets)

    @contextmanager
    def places(self, subject: Subject) -> Iterator[Callable[[], Place]]:
        """Gives a place whenever it is called: the same one, until the vendor's pace would hold it back."""
        with ExitStack() as stack:
            held: list[Place] = []

            def current() -> Place:
                if not held or _held_back(held[-1]):
                    stack.close()
                    held.append(stack.enter_context(self.place(subject)))
                return held[-1]

            yield current

    def connect(self, subject: Subject, fields: Mapping[str, str]) -> str:
        """Connects an account, as `crossdock connect` does; its access token. Raises `Unprocessable`."""
        connecting = connect(
            self._database,
            self._vault,
            self._vendors,
            subject.integration,
            organisation=ORGANISATION,
            fields=fields,
        )
        return self._runner.run(connecting).access_token

    def list_page(self, place: Place, listing: ListOperation, span: Span, position: Any) -> ListPage:
        """A page of a list, read as a sync does. Raises `VendorError`."""
        vendor = self._vendors.client(place.subject.integration, place.account)
        return self._runner.run(fetch(vendor, listing, place.account, span, position))

    def _sandbox(self, subject: Subject) -> str:
        path = f"/sandbox/generate-sandbox/{subject.integration.type}"
        answer = self.client.post(path)
        if answer.status_code in {404, 405}:
            raise NotTried(f"POST {path} answers {answer.status_code}")
        expect(answer.status_code == 200, f"POST {path} answered {answer.status_code}: {answer.text}")
        token: str = answer.json()["access_token"]
        return token

    def _kept(self, token: str) -> Account:
        """The credentials that are kept for a connection, where they are not known beforehand."""
        with self._database.transaction(writes=False) as db:
            row = accounts.find_connection(db, digest(token))
        if row is None:
            raise Nonconforming("the token that was answered opens nothing")
        return self._vault.decrypt(row.credentials)

    def check_log(self, secrets: list[str]) -> None:
        """Raises `Nonconforming` when a secret stands in a line of the log."""
        for secret in secrets:
            for line in list(self.log):
                shown = line.replace(secret, "<secret>")
                expect(secret not in line, f"a secret stands in the server's log: {shown}")


def _held_back(place: Place) -> bool:
    """Whether so many requests were sent that further ones have to wait for the vendor's rate."""
    pace = place.subject.integration.pace
    if place.double is None or not isinstance(pace, Rate):
        return False
    return len(place.double.requests) + WRITE_SENDS > pace.requests * BURST


@contextmanager
def open_bench(home: Path) -> Iterator[Bench]:
    """A Crossdock on SQLite in that folder. Raises `RuntimeError` when it does not start."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CROSSDOCK_")}
    environment = kept | {
        "CROSSDOCK_HOME": str(home),
        "CROSSDOCK_ALLOW_PRIVATE_NETWORKS": "1",
        "CROSSDOCK_READS_PER_SECOND": "0",
        "CROSSDOCK_WRITES_PER_SECOND": "0",
        "CROSSDOCK_VENDOR_TIMEOUT": str(VENDOR_TIMEOUT),
        "PYTHONUNBUFFERED": "1",
    }
    log: list[str] = []
    command = [sys.executable, "-m", "crossdock", "serve", "--port", "0", "--access-log", "--no-work"]
    process = subprocess.Popen(  # noqa: S603  (our own command)
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    reader = threading.Thread(target=lambda: log.extend(process.stderr or ()), daemon=True)
    reader.start()
    try:
        said = process.stdout.readline() if process.stdout else ""
        if "listens on " not in said:
            process.wait(ENDS_WITHIN)
            reader.join(ENDS_WITHIN)
            raise RuntimeError(f"the server did not start: {''.join(log)}")
        url = said.split("listens on ")[1].strip()
        with _bench(url, load_settings(environment), log) as bench:
            yield bench
    finally:
        process.terminate()
        process.wait(ENDS_WITHIN)
        reader.join(ENDS_WITHIN)


@contextmanager
def _bench(url: str, settings: Settings, log: list[str]) -> Iterator[Bench]:
    """For a server that runs with those settings."""
    database = open_database(settings)
    try:
        key = create_api_key(database, ORGANISATION, read_only=False).key
        with asyncio.Runner() as runner:
            bench = Bench(url, key, log, database, open_vault(settings, database), runner)
            yield bench
            bench.close()
    finally:
        database.close()
