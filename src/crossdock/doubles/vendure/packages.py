"""Vendure's packages in a cache folder, by the ordinary npm client, and a shop's database made with them
once.

The folder's name has a digest of everything that it is made from, so that a change of a pin or of the
seed makes a new one. Several processes may ask at the same time: one makes it, the others wait.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from unittest import SkipTest

HERE = Path(__file__).parent
PACKAGE = HERE / "server" / "package.json"
MADE_FROM = (PACKAGE, HERE / "server" / "server.js", HERE / "shop.py")
OLDEST_NODE = 20
INSTALLED_WITHIN = 900.0
"""Seconds; the SQLite driver is compiled where there is no binary of it."""


class NotToBeHad(SkipTest):
    """There is no Vendure here; the message says why. Test runners skip what needs one."""


def program(name: str) -> str:
    """The path of `node` or `npm`. Raises `NotToBeHad`."""
    found = shutil.which(name)
    if found is None:
        raise NotToBeHad(f"Vendure needs {name}, which is not installed")
    return found


def node() -> str:
    """The path of a Node.js that is new enough. Raises `NotToBeHad`."""
    found = program("node")
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
    major = said.removeprefix("v").partition(".")[0]
    if not major.isdigit() or int(major) < OLDEST_NODE:
        raise NotToBeHad(f"Vendure needs Node.js {OLDEST_NODE} or newer, and {said or found} is installed")
    return found


def cache_folder() -> Path:
    """`crossdock/vendure` in the user's cache folder."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "crossdock" / "vendure"


def _digest(paths: tuple[Path, ...]) -> str:
    content = hashlib.sha256()
    for path in paths:
        content.update(path.read_bytes())
    return content.hexdigest()[:16]


def installed() -> Path:
    """The folder with `node_modules`, made if need be. Raises `NotToBeHad`, the second time without
    trying again."""
    found = _installed_or_why_not()
    if isinstance(found, str):
        raise NotToBeHad(found)
    return found


@lru_cache(maxsize=1)
def _installed_or_why_not() -> Path | str:
    try:
        node()
        npm = program("npm")
        return _made(f"packages-{_digest((PACKAGE,))}", lambda folder: _install(npm, folder))
    except NotToBeHad as error:
        return str(error)


def _install(npm: str, folder: Path) -> None:
    shutil.copy(PACKAGE, folder / "package.json")
    command = [npm, "install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        done = subprocess.run(  # noqa: S603
            command, cwd=folder, capture_output=True, text=True, timeout=INSTALLED_WITHIN, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise NotToBeHad(f"npm did not install Vendure within {INSTALLED_WITHIN:.0f} seconds") from error
    if done.returncode != 0:
        raise NotToBeHad(f"npm could not install Vendure: {done.stderr.strip()[-2000:]}")


def seeded(make: Callable[[Path], None]) -> Path:
    """The folder with the database of a new shop, made if need be by `make`, which is given the folder."""
    return _made(f"shop-{_digest(MADE_FROM)}", make)


def _made(name: str, make: Callable[[Path], None]) -> Path:
    cache = cache_folder()
    cache.mkdir(parents=True, exist_ok=True)
    folder = cache / name
    with _alone(cache / f"{name}.lock"):
        if not folder.is_dir():
            unfinished = cache / f"{name}.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
    return folder


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
