"""`crossdock codegen`: what it writes type-checks strictly, and speaks to the service it was made for."""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from crossdock.codegen.package import write_package
from tests.support.install import Install
from tests.support.world import World, connected_world

USE = """
from account import Client, CreatewmsReturnOngoingSchema

def send(client: Client, order_id: str) -> str:
    body: CreatewmsReturnOngoingSchema = {
        "order_id": order_id,
        "return_number": "R-1",
        "line_items": [{"sku": "TEST-SKU", "expected_quantity": 1, "return_cause": {"code": CAUSE}}],
    }
    answer = client.create_return(body, dry_run=True)
    return str(answer["dry_run"])
"""


def _checked(folder: Path, *files: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--config-file", "", *files]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A Crossdock on SQLite with an Ongoing account."""
    with connected_world(Install(tmp_path_factory.mktemp("home"))) as connected:
        yield connected


@pytest.fixture(scope="module")
def folder(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the command wrote the package of Ongoing's account."""
    made = tmp_path_factory.mktemp("codegen")
    said = world.install.run(
        "codegen", "wms/ongoing", "--access-token", world.token, "--out", str(made / "account")
    )
    names = [Path(line).name for line in said.stdout.splitlines()]
    assert names == ["__init__.py", "client.py", "models.py", "py.typed"]
    return made


def test_it_type_checks_strictly(folder: Path) -> None:
    done = _checked(folder, "-p", "account")
    assert done.returncode == 0, done.stdout


def test_a_value_that_the_account_does_not_accept_is_found_before_it_is_sent(folder: Path) -> None:
    (folder / "good.py").write_text(USE.replace("CAUSE", '"13"'))
    (folder / "bad.py").write_text(USE.replace("CAUSE", '"no such cause"'))
    assert _checked(folder, "good.py").returncode == 0
    assert "no such cause" in _checked(folder, "bad.py").stdout


def test_the_client_sends_and_reads(world: World, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(folder))
    account = importlib.import_module("account")
    with account.Client(world.server.url, world.key, world.token) as client:
        with pytest.raises(account.Refused) as refused:
            client.create_return({"order_id": "1"})
        assert refused.value.status == httpx.codes.UNPROCESSABLE_ENTITY
        assert {row["pointer"] for row in refused.value.answer["errors"]} >= {"/line_items"}
        assert list(client.get_orders(**{"status[eq]": "open"})) == []


def test_an_integration_without_writes_has_a_client_that_reads(tmp_path: Path) -> None:
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "None", "version": "1"},
        "paths": {},
        "components": {"schemas": {}},
    }
    lists = {"get_shipments": "GET /freight/shipments"}
    write_package(tmp_path / "account", "Nothing", document, {}, lists)
    done = _checked(tmp_path, "-p", "account")
    assert done.returncode == 0, done.stdout
    assert "def get_shipments" in (tmp_path / "account" / "client.py").read_text()
