"""Tryton in an environment of its own, with a database that is ready to be copied: made once and kept.

`requirements.txt` pins what is installed, from whatever index is configured. The folder is named after the
pins and the seed, so a change of either makes a new one. Nothing of Tryton enters the environment of
Crossdock.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from unittest import SkipTest

from crossdock.doubles.tryton import seed
from crossdock.doubles.tryton.process import DATABASE, configuration, running_process
from crossdock.doubles.tryton.rpc import ADMIN_PASSWORD

CACHE = "CROSSDOCK_TRYTON_CACHE"
"""The environment variable that says where environments are kept, if not below the user's cache folder."""

MODULES = ("sale", "purchase")
READY = "ready"
INSTALL_WITHIN = 600.0
SAID = 2000


class NotInstalled(SkipTest):
    """Tryton could not be installed or set up; the message says why. Test runners skip what needs it."""


def installed() -> Path:
    """The folder with `venv` and the seeded database. Raises `NotInstalled`."""
    requirements = files(__package__) / "requirements.txt"
    wanted = requirements.read_bytes() + Path(seed.__file__).read_bytes() + sys.version.encode()
    home = _cache() / f"tryton-{hashlib.sha256(wanted).hexdigest()[:16]}"
    home.mkdir(parents=True, exist_ok=True)
    with _alone(home):
        if not (home / READY).exists():
            _make(home, str(requirements))
            (home / READY).touch()
    return home


def program(home: Path, name: str) -> str:
    """A command of Tryton's."""
    return str(home / "venv" / "bin" / name)


def _cache() -> Path:
    told = os.environ.get(CACHE)
    if told:
        return Path(told)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "crossdock"


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One process at a time makes the folder; the others wait."""
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(home: Path, requirements: str) -> None:
    for left in ("venv", "data"):
        shutil.rmtree(home / left, ignore_errors=True)
    uv = shutil.which("uv")
    venv = str(home / "venv")
    if uv:
        _run([uv, "venv", "-q", "--python", sys.executable, venv])
        _run([uv, "pip", "install", "-q", "--python", venv, "-r", requirements])
    else:
        _run([sys.executable, "-m", "venv", venv])
        _run([program(home, "python"), "-m", "pip", "install", "-q", "-r", requirements])
    _set_up(home)


def _set_up(home: Path) -> None:
    """An empty database with the modules active, then the seed, over the network."""
    data = home / "data"
    data.mkdir()
    (data / f"{DATABASE}.sqlite").touch()
    settings = configuration(data, 0)
    password = home / "password"
    password.write_text(ADMIN_PASSWORD)
    command = [program(home, "trytond-admin"), "-c", str(settings), "-d", DATABASE, "--administrator"]
    wanted = ["--email", "admin@example.com", "--activate-dependencies", "-u", *MODULES]
    _run([*command, *wanted], TRYTONPASSFILE=str(password))
    try:
        with running_process(program(home, "trytond"), data) as process:
            seed.fill(process.url, DATABASE)
    except RuntimeError as error:
        raise NotInstalled(str(error)) from error


def _run(command: list[str], **environment: str) -> None:
    try:
        subprocess.run(  # noqa: S603  (our own command)
            command,
            check=True,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=INSTALL_WITHIN,
        )
    except subprocess.CalledProcessError as error:
        raise NotInstalled(f"{Path(command[0]).name} failed: {error.stderr[-SAID:]}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotInstalled(f"{Path(command[0]).name} failed: {error}") from error
