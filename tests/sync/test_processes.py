"""Background work in processes of their own: one on SQLite, three on one PostgreSQL, and kill -9."""

import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from crossdock.catalog import Catalog
from crossdock.cli.database import opened_database
from crossdock.doubles.server import running
from crossdock.settings import load_settings
from crossdock.storage import tables
from tests.support import forked
from tests.support.install import Install
from tests.support.list_vendor import INTEGRATION, KEY, ListVendor
from tests.support.postgres import new_database

WITHIN = 60.0
LAUNCHER = ("-m", "tests.support.cool_wms")


class Process:
    """A `crossdock serve` or `crossdock worker`."""

    def __init__(self, install: Install, *arguments: str) -> None:
        self.process = forked.start([*LAUNCHER, *arguments], install.environment)
        self.log: list[str] = []
        self._drain = threading.Thread(target=lambda: self.log.extend(self.process.stderr or ()), daemon=True)
        self._drain.start()
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()

    def end(self, *, kill: bool = False) -> None:
        """SIGTERM, or SIGKILL."""
        if self.process.poll() is None:
            (self.process.kill if kill else self.process.terminate)()
        self.process.wait(WITHIN)
        self._drain.join(WITHIN)


def eventually(holds: Callable[[], Any], what: str) -> Any:
    """What `holds` gives as soon as it is true. Fails the test when it never is."""
    deadline = time.monotonic() + WITHIN
    while time.monotonic() < deadline:
        if found := holds():
            return found
        time.sleep(0.05)
    raise AssertionError(f"it never came to this: {what}")


@contextmanager
def connected(
    install: Install, vendor: ListVendor, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Any, str]]:
    """An account at the vendor: a database to look into, and the connection's id."""
    monkeypatch.setattr(Catalog, "installed", lambda: Catalog([INTEGRATION]))
    with running(vendor) as url, opened_database(load_settings(install.environment)) as database:
        credentials = ("--credential", f"url={url}", "--credential", f"key={KEY}")
        command = (*LAUNCHER, "connect", "wms/cool-wms", "--org", "acme", *credentials)
        made = forked.run(command, install.environment)
        assert made.returncode == 0, made.stderr
        yield database, orjson.loads(made.stdout)["connection_id"]


def counted(database: Any) -> int:
    """The orders that are stored."""
    with database.transaction(writes=False) as db:
        where = tables.records.c.resource == "orders"
        return db.scalar(sa.select(sa.func.count()).select_from(tables.records).where(where)) or 0


def told(database: Any) -> Counter[str]:
    """How often each event was stored, by type and record."""
    with database.transaction(writes=False) as db:
        payloads = [orjson.loads(text) for text in db.scalars(sa.select(tables.events.c.payload))]
    return Counter(f"{event['event_type']} {event['data'].get('id', '')}" for event in payloads)


def completed(database: Any) -> bool:
    """Whether every list was read to its end, and nothing is under way."""
    with database.transaction(writes=False) as db:
        rows = list(db.execute(sa.select(tables.sync_schedules)))
    return all(row.completed_at is not None and row.run_id is None for row in rows)


def due_now(database: Any) -> None:
    """Lets every list be read again."""
    with database.transaction() as db:
        db.execute(tables.sync_schedules.update().values(next_run_at=time.time()))


def slowly(vendor: ListVendor) -> None:
    """Lets each page take a while, so that a kill finds a run in its middle."""
    vendor.before = lambda path, query: time.sleep(0.02)


def test_a_server_that_is_killed_in_the_middle_of_a_sync_goes_on_after_its_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor = ListVendor()
    for number in range(600):
        vendor.order(number, number)
    slowly(vendor)
    install = Install(tmp_path)
    with connected(install, vendor, monkeypatch) as (database, _):
        first = Process(install, "serve", "--port", "0")
        eventually(lambda: counted(database) >= 100, "a hundred orders are stored")
        first.end(kill=True)
        stored = counted(database)
        assert stored < 600
        seen = len([asked for asked in vendor.asked if "after" not in asked and "page" not in asked])
        second = Process(install, "serve", "--port", "0")
        eventually(lambda: completed(database), "the first sync is complete")
        assert counted(database) == 600
        again = len([asked for asked in vendor.asked if "after" not in asked and "page" not in asked])
        assert again == seen
        assert told(database) == {"connection.created ": 1, "connection.historical-sync-completed ": 2}
        url = second.said.split("listens on ")[1].strip()
        assert httpx.get(f"{url}/readyz").status_code == 200
        second.end()


def test_the_command_reads_the_lists_and_says_what_came_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor = ListVendor()
    for number in range(25):
        vendor.order(number, number)
    install = Install(tmp_path)
    with connected(install, vendor, monkeypatch) as (database, connection_id):

        def sync(*options: str) -> subprocess.CompletedProcess[str]:
            command = (*LAUNCHER, "sync", "wms/cool-wms", "--connection", connection_id)
            return forked.run([*command, *options], install.environment)

        done = sync()
        assert done.returncode == 0, done.stderr
        assert "25 records: 25 new" in done.stdout
        assert "get_orders" in done.stderr
        assert counted(database) == 25
        again = orjson.loads(sync("--function", "get_orders", "--json").stdout)
        assert [(row["function_name"], row["created"]) for row in again] == [("get_orders", 0)]
        assert sync("--function", "get_bills").returncode == 1
        vendor.before = lambda path, query: (500, {"message": "Oh no."})
        failed = sync("--function", "get_orders")
        assert failed.returncode == 1
        assert "Oh no." in failed.stdout


@pytest.mark.parametrize("kind", ["serve", "worker"])
def test_three_processes_share_the_work_and_one_is_killed(
    kind: str, postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor = ListVendor()
    for number in range(300):
        vendor.order(number, number)
    secret = {"CROSSDOCK_SECRET_KEY": Fernet.generate_key().decode()}
    install = Install(tmp_path, new_database(postgres), secret)
    with connected(install, vendor, monkeypatch) as (database, _):
        arguments = ("serve", "--port", "0") if kind == "serve" else ("worker",)
        processes = [Process(install, *arguments) for _ in range(3)]
        eventually(lambda: completed(database), "the first sync is complete")
        assert counted(database) == 300
        slowly(vendor)
        for number in range(400):
            vendor.order(number, 10_000 + number, note="changed")
        due_now(database)
        eventually(lambda: told(database)["order.updated o000050"], "the sync is under way")
        at_work = max(processes, key=lambda p: sum("get_orders" in line for line in p.log))
        killed = _working(processes, database) or at_work
        killed.end(kill=True)
        eventually(lambda: counted(database) == 400 and completed(database), "the rest is read too")
        events = told(database)
        assert {n: c for n, c in events.items() if c != 1 and not n.startswith("connection.")} == {}
        assert sum(name.startswith("order.updated") for name in events) == 300
        assert sum(name.startswith("order.created") for name in events) == 100
        for process in processes:
            process.end()


def _working(processes: list[Process], database: Any) -> Process | None:
    """The process that has the sync in hand, as the engine's own table says."""
    with database.transaction(writes=False) as db:
        query = sa.text(
            "SELECT e.owner FROM dbos.workflow_status w JOIN executors e ON e.id = w.executor_id "
            "WHERE w.status = 'PENDING' AND w.name = 'sync_connection'"
        )
        owners = list(db.scalars(query))
    pids = {int(owner.split()[1]) for owner in owners if owner}
    return next((process for process in processes if process.process.pid in pids), None)
