"""Fixtures: databases, a double, and a Crossdock that is connected to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from crossdock.doubles.ongoing import OngoingDouble
from tests.support.install import Install
from tests.support.postgres import find_binaries, new_database, running_server
from tests.support.world import World, connected_world


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a real PostgreSQL server, started once."""
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed and could not be")
    with running_server(binaries) as server:
        yield server.url


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def worlds_world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One connected Crossdock for each kind of database, shared by the tests that leave it usable."""
    install = Install(
        tmp_path_factory.mktemp("home"),
        settings={"CROSSDOCK_VENDOR_TIMEOUT": "4", "CROSSDOCK_WRITE_LEASE": "3"},
    )
    if request.param == "postgresql":
        install.database_url = new_database(request.getfixturevalue("postgres"))
        install.settings["CROSSDOCK_SECRET_KEY"] = Fernet.generate_key().decode()
    with connected_world(install) as world:
        yield world


@pytest.fixture
def world(worlds_world: World) -> Iterator[World]:
    """The shared world, its double well behaved again; any violation of the specification is a failure."""
    worlds_world.double.faults.clear()
    worlds_world.double.counts.clear()
    yield worlds_world
    worlds_world.double.faults.clear()
    assert worlds_world.double.violations == []


@pytest.fixture
def sqlite_install(tmp_path: Path) -> Install:
    """An empty install on SQLite, of the test's own."""
    return Install(tmp_path / "home", settings={"CROSSDOCK_VENDOR_TIMEOUT": "2"})


@pytest.fixture
def double() -> Iterator[OngoingDouble]:
    """A double of the test's own, not yet served."""
    made = OngoingDouble()
    yield made
    assert made.violations == []
