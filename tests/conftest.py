"""Fixtures: databases, a double, and a Crossdock that is connected to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from crossdock.doubles.ongoing import OngoingDouble
from tests.support.install import Install
from tests.support.postgres import find_binaries, new_database, running_server
from tests.support.world import World, connected_world

LONGEST_FIRST = (
    "integrations/test_vendure_hardness.py",
    "conformance/test_writes.py",
    "integrations/test_tryton_hardness.py",
    "conformance/test_drawn_creations.py",
    "conformance/test_drawn_changes.py",
    "conformance/test_broken.py",
    "sync/test_processes.py",
    "web/test_writes.py",
    "web/test_keys_audit_users.py",
    "web/test_connect.py",
    "conformance/test_documents.py",
    "conformance/test_lists.py",
    "test_accounts.py",
    "test_properties.py",
    "test_scaffold.py",
    "integrations/test_vendure_lists.py",
    "integrations/test_vendure_writes.py",
    "integrations/test_tryton_writes.py",
    "integrations/test_tryton_lists.py",
    "test_codegen.py",
    "test_write_info.py",
    "test_sign_in.py",
    "test_sandbox_doors.py",
    "test_demo.py",
    "test_idempotency.py",
    "test_kill.py",
    "test_rate_limits.py",
)
"""Files that take long, the longest first. Whoever is given one last works alone in the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts those files before the others, whose order stays; a process is given one file after the other."""
    here = Path(__file__).parent
    place = {here / name: number for number, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: place.get(item.path, len(place)))


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
