"""A database that is locked, replaced or gone: 503, said to be retryable, and nothing accepted is lost."""

import shutil
import sqlite3

import pytest
from cryptography.fernet import Fernet

from tests.support.install import Install
from tests.support.postgres import find_binaries, new_database, running_server
from tests.support.world import World, a_return, connected_world


def assert_unavailable(world: World) -> None:
    world.double.counts.clear()
    answer = world.post(a_return())
    assert answer.status_code == 503
    assert answer.json()["origin"] == "trackstar"
    assert int(answer.headers["retry-after"]) >= 1
    assert world.puts == 0


def test_a_locked_sqlite_file(sqlite_install: Install) -> None:
    with connected_world(sqlite_install) as world:
        world.post(a_return())
        other = sqlite3.connect(sqlite_install.home / "crossdock.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert_unavailable(world)
        assert world.write_info().status_code == 200
        other.execute("ROLLBACK")
        other.close()
        assert world.post(a_return()).status_code == 200


def test_a_sqlite_file_that_was_removed_is_not_written_into(sqlite_install: Install) -> None:
    with connected_world(sqlite_install) as world:
        written = world.post(a_return()).json()["id"]
        file = sqlite_install.home / "crossdock.db"
        shutil.move(file, file.with_suffix(".away"))
        assert_unavailable(world)
        with world.api as api:
            assert api.get("/readyz").status_code == 503
            assert api.get("/healthz").status_code == 200
        shutil.move(file.with_suffix(".away"), file)
        with world.api as api:
            assert api.get("/readyz").status_code == 200
            assert api.get(f"/wms/returns/{written}").status_code == 200
        assert world.post(a_return()).status_code == 200


def test_a_postgresql_server_that_stops_and_starts(sqlite_install: Install) -> None:
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed and could not be")
    with running_server(binaries) as postgres:
        sqlite_install.database_url = new_database(postgres.url)
        sqlite_install.settings["CROSSDOCK_SECRET_KEY"] = Fernet.generate_key().decode()
        with connected_world(sqlite_install) as world:
            written = world.post(a_return()).json()["id"]
            postgres.stop()
            assert_unavailable(world)
            with world.api as api:
                assert api.get("/readyz").status_code == 503
            postgres.start()
            assert world.post(a_return()).status_code == 200
            with world.api as api:
                assert api.get(f"/wms/returns/{written}").status_code == 200
