"""The watched folder and the command line."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from crossdock.carrier_files.inbox import Inbox
from tests.carrier.samples import sample
from tests.carrier.world import CarrierWorld, carrier_world
from tests.support.install import Install


@pytest.fixture
def world(tmp_path: Path) -> Iterator[CarrierWorld]:
    with carrier_world(tmp_path / "home", CARRIER_INBOX=str(tmp_path / "inbox")) as made:
        yield made


def _folder(world: CarrierWorld, carrier: str) -> Path:
    folder = Path(str(world.service.settings.carrier_inbox)) / world.connected(carrier).id
    folder.mkdir(parents=True)
    return folder


def _look(world: CarrierWorld, quiet_for: float = 0.0) -> int:
    service = world.service
    inbox = Inbox(service.settings.carrier_inbox, service.carrier_files, service.access, quiet_for)
    return world.runner.run(inbox.look())


def _read_all(world: CarrierWorld) -> list[dict[str, Any]]:
    for file_id in world.runner.run(world.service.carrier_files.due()):
        world.runner.run(world.service.carrier_files.read_due(file_id))
    rows: list[dict[str, Any]] = world.call("ups", "GET", "/carrier/files").json()["data"]
    return rows


def test_a_dropped_file_is_taken_once_and_put_away(world: CarrierWorld) -> None:
    folder = _folder(world, "ups")
    (folder / "march.csv").write_bytes(sample("ups"))
    assert (_look(world), _look(world)) == (1, 0)
    [row] = _read_all(world)
    assert (row["file_name"], row["status"], row["line_items"]["created"]) == ("march.csv", "done", 25)
    assert [path.parent.name for path in folder.rglob("*.csv")] == ["taken"]


def test_a_file_that_is_still_being_written_waits(world: CarrierWorld) -> None:
    (_folder(world, "ups") / "march.csv").write_bytes(sample("ups"))
    assert _look(world, quiet_for=60.0) == 0


def test_a_refused_file_is_put_away_with_the_reason(world: CarrierWorld) -> None:
    folder = _folder(world, "ups")
    (folder / "orders.csv").write_text("order,sku\n1,2\n")
    assert (_look(world), _look(world)) == (0, 0)
    [reason] = folder.rglob("*.reason.txt")
    assert "of no known shape" in reason.read_text()
    assert _read_all(world) == []


def test_nothing_outside_the_connections_folder_is_read(world: CarrierWorld, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_bytes(sample("ups"))
    folder = _folder(world, "ups")
    (folder / "link.csv").symlink_to(secret)
    (folder / ".hidden.csv").write_bytes(sample("ups"))
    os.mkfifo(folder / "pipe.csv")
    nested = folder / "nested"
    nested.mkdir()
    (nested / "deep.csv").write_bytes(sample("ups"))
    inbox = folder.parent
    (inbox / "00000000-0000-0000-0000-000000000000").symlink_to(tmp_path)
    (inbox / "stranger").mkdir()
    (inbox / "stranger" / "x.csv").write_bytes(sample("ups"))
    unknown = inbox / "11111111-1111-1111-1111-111111111111"
    unknown.mkdir()
    (unknown / "x.csv").write_bytes(sample("ups"))
    assert _look(world) == 0
    assert _read_all(world) == []
    assert secret.exists()
    assert (unknown / "x.csv").exists()


def test_the_command_reads_a_file_and_says_what_came_of_it(sqlite_install: Install, tmp_path: Path) -> None:
    install = sqlite_install
    made = orjson.loads(install.run("connect", "carrier/dpd", "--org", "acme").stdout)
    file = tmp_path / "march.csv"
    file.write_bytes(sample("dpd-english"))
    command = ("carrier", "import", str(file), "--connection", made["connection_id"])
    told = install.run(*command)
    assert "108 line items, 108 new, 0 changed, 0 unchanged" in told.stdout
    assert "reconciled: 25 totals are stated" in told.stdout

    file.write_bytes(sample("dpd-dutch"))
    marked = install.run(*command, ok=False)
    assert marked.returncode == 1
    assert "rows 2 to 2: row 17689023 Totaal states 11.34, its charges come to 9.90" in marked.stdout
