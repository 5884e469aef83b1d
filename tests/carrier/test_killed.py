"""The reading of a file that is broken off at any step, as by kill -9: nothing lost, nothing twice."""

import io
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from crossdock.carrier_files import importing
from crossdock.storage import tables
from tests.carrier.samples import file_of, ids, rows_of
from tests.carrier.world import CarrierWorld, carrier_world
from tests.support.install import READY_WITHIN, Install, Server
from tests.support.postgres import new_database

LINES = 420


class Killed(BaseException):
    """Nothing of the process catches it."""


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CarrierWorld]:
    settings = {}
    if request.param == "postgresql":
        settings["DATABASE_URL"] = new_database(request.getfixturevalue("postgres"))
        settings["SECRET_KEY"] = Fernet.generate_key().decode()
    with carrier_world(tmp_path, **settings) as made:
        yield made


def an_invoice(number: str, lines: int) -> bytes:
    """The sample's first shipment again and again, on an invoice of that number."""
    header, *rows = rows_of("ups")[:3]
    invoice, lead, tracking = (
        header.index(title) for title in ("Invoice Number", "Lead Shipment Number", "Tracking Number")
    )
    made = []
    for shipment in range(lines // len(rows)):
        for row in rows:
            one = list(row)
            one[invoice], one[lead], one[tracking] = number, f"L{shipment}", f"T{shipment}"
            made.append(one)
    return file_of("ups", [header, *made])


def killing(world: CarrierWorld, at_step: int, when: str) -> None:
    """Breaks off before, within or after the n-th transaction that writes."""
    original, steps = world.service.database.write, 0

    async def write(change: Any, *given: Any, **named: Any) -> Any:
        nonlocal steps
        steps += 1
        if steps != at_step:
            return await original(change, *given, **named)
        if when == "before":
            raise Killed
        if when == "after":
            await original(change, *given, **named)
            raise Killed

        def broken_off(db: Any, *given: Any, **named: Any) -> Any:
            change(db, *given, **named)
            raise Killed

        return await original(broken_off, *given, **named)

    object.__setattr__(world.service.database, "write", write)


def _stored(world: CarrierWorld) -> tuple[set[str], Counter[str]]:
    with world.service.database.transaction(writes=False) as db:
        kept = set(db.scalars(sa.select(tables.records.c.id)))
        created = tables.events.c.event_type == "carrier-invoice-line-item.created"
        told = Counter(db.scalars(sa.select(tables.events.c.record_id).where(created)))
        return kept, told


@pytest.mark.parametrize("when", ["before", "within", "after"])
def test_a_file_is_read_to_its_end_whenever_its_reader_dies(
    world: CarrierWorld, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCHES_AT_A_TIME", 1)
    files = world.service.carrier_files
    connection = world.runner.run(world.service.access.connection_by_id(world.connected("ups").id))
    expected: set[str] = set()
    for step in range(1, 8):
        content = an_invoice(f"INV-{step}", LINES)
        expected |= set(ids(content))
        taken = world.runner.run(files.take(connection, io.BytesIO(content), "invoice.csv"))
        killing(world, step, when)
        with pytest.raises(Killed):
            world.runner.run(files.read(taken.row.id))
        object.__delattr__(world.service.database, "write")
        with world.service.database.transaction() as db:
            db.execute(tables.carrier_files.update().values(claimed_until=0.0))
        row = world.runner.run(files.read(taken.row.id))
        assert row.state == "done"
        kept, told = _stored(world)
        assert kept == expected
        assert told == Counter(expected)


def test_a_large_file_is_read_in_the_background(sqlite_install: Install) -> None:
    key = sqlite_install.create_key()
    made = sqlite_install.run("connect", "carrier/ups", "--org", "acme")
    token = made.stdout.partition('"access_token": "')[2].partition('"')[0]
    content = an_invoice("INV-1", 8_000)
    assert len(content) > 4 * 1024 * 1024
    server = Server(sqlite_install, works=True).start()
    try:
        with server.client(key, token) as api:
            sent = api.post("/carrier/files", files={"file": ("large.csv", content)}).json()["data"]
            assert sent["status"] in {"received", "done"}
            ends = time.monotonic() + READY_WITHIN
            row = sent
            while row["status"] == "received" and time.monotonic() < ends:
                time.sleep(0.1)
                row = api.get(f"/carrier/files/{sent['id']}").json()["data"]
            assert row["status"] == "done"
            assert row["line_items"] == {"created": 8_000, "updated": 0, "unchanged": 0}
    finally:
        server.stop()
