"""The real Vendure behind the double: where it cannot be had, tests are skipped with the reason."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crossdock.doubles.vendure import NotToBeHad, packages


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    packages._installed_or_why_not.cache_clear()
    yield
    packages._installed_or_why_not.cache_clear()


def program(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def test_without_node_it_is_said_plainly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(NotToBeHad, match="needs node, which is not installed"):
        packages.installed()


def test_an_old_node_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program(tmp_path / "bin", "node", "echo v18.20.4")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    with pytest.raises(NotToBeHad, match=r"newer, and v18\.20\.4 is installed"):
        packages.installed()


def test_an_installation_that_fails_is_tried_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program(tmp_path / "bin", "node", "echo v22.1.0")
    program(tmp_path / "bin", "npm", f"echo tried >> {tmp_path}/tries; echo no registry >&2; exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    for _ in range(2):
        with pytest.raises(NotToBeHad, match="npm could not install Vendure: no registry"):
            packages.installed()
    assert (tmp_path / "tries").read_text() == "tried\n"
    made = (tmp_path / "cache" / "crossdock" / "vendure").glob("packages-*")
    assert {folder.suffix for folder in made} == {".lock", ".unfinished"}
