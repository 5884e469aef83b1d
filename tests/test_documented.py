"""What users can set, ask or run is documented; these fail when something is not."""

import re
from pathlib import Path

import httpx
from openapi_spec_validator import validate
from typer.main import get_command

from crossdock.cli.main import app
from crossdock.http.doors import DOORS
from crossdock.storage.schema import LATEST
from tests.support.world import World

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def test_every_setting_is_in_the_readme() -> None:
    source = (ROOT / "src/crossdock/settings.py").read_text()
    names = set(re.findall(r"CROSSDOCK_[A-Z_]+", source))
    assert names
    assert [name for name in sorted(names) if name not in README] == []


def test_every_command_is_in_the_readme() -> None:
    group = get_command(app)
    missing = [name for name in group.commands if f"crossdock {name}" not in README]  # type: ignore[attr-defined]
    assert missing == ["version"]


def test_every_path_is_in_the_services_own_document(world: World) -> None:
    with world.server.client() as nobody:
        document = nobody.get("/openapi.json").json()
    validate(document)
    described = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    assert described == {(door.method, door.path) for door in DOORS}


def test_health_needs_no_key(world: World) -> None:
    for path in ("/healthz", "/readyz"):
        answer = httpx.get(world.server.url + path, trust_env=False)
        assert answer.status_code == 200
        assert answer.headers["x-request-id"]


def test_the_latest_migration_is_the_one_that_starting_up_looks_for() -> None:
    versions = sorted((ROOT / "src/crossdock/storage/migrations/versions").glob("*.py"))
    assert versions[-1].name.startswith(f"{LATEST}_")


def test_no_file_is_longer_than_it_should_be() -> None:
    long = [p.name for p in (ROOT / "src").rglob("*.py") if len(p.read_text().splitlines()) > 400]
    assert long == []
