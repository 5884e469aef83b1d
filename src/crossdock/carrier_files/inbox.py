"""The watched folder: files that are dropped for a connection are taken in.

Under the folder that the operator names, each connection has a folder called by its id, so that no account
can name a path. Only regular files directly in it are looked at; symbolic links, hidden files and folders are
not. What was taken goes to `taken`, what was refused to `refused` with the reason beside it.
"""

import asyncio
import logging
import os
import stat
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from crossdock.carrier_files.files import CarrierFiles
from crossdock.connections.access import Access
from crossdock.errors import ApiError, NotFound, Unavailable

log = logging.getLogger(__name__)

QUIET_FOR = 5.0
"""Seconds that a file must not have changed: whoever writes it has finished then."""

TAKEN, REFUSED = "taken", "refused"


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file in the folder of a connection."""

    connection_id: str
    path: Path


class Inbox:
    """Looks into the folder. `quiet_for` is in seconds."""

    def __init__(
        self, root: Path | None, files: CarrierFiles, access: Access, quiet_for: float = QUIET_FOR
    ) -> None:
        self._root = root
        self._files = files
        self._access = access
        self._quiet_for = quiet_for

    async def look(self) -> int:
        """Takes in what is there; how many files. Without a folder there is nothing to do."""
        if self._root is None:
            return 0
        taken = 0
        for dropped in await asyncio.to_thread(self._dropped):
            try:
                taken += await self._take(dropped)
            except Unavailable:
                raise
            except OSError as error:
                log.warning("a file in the inbox of %s was left: %s", dropped.connection_id, error)
        return taken

    def _dropped(self) -> Sequence[Dropped]:
        if self._root is None or not self._root.is_dir():
            return []
        return [
            Dropped(folder.name, Path(entry.path))
            for folder in _folders(self._root)
            for entry in _entries(Path(folder.path))
            if time.time() - entry.stat(follow_symlinks=False).st_mtime >= self._quiet_for
        ]

    async def _take(self, dropped: Dropped) -> bool:
        try:
            connection = await self._access.connection_by_id(dropped.connection_id)
        except NotFound:
            return False
        with await asyncio.to_thread(_open, dropped.path) as source:
            try:
                await self._files.take(connection, source, dropped.path.name)
            except Unavailable:
                raise
            except ApiError as refused:
                log.warning("a file in the inbox of %s was refused: %s", connection, refused)
                await asyncio.to_thread(_put_away, dropped.path, REFUSED, refused.message)
                return False
        await asyncio.to_thread(_put_away, dropped.path, TAKEN, None)
        return True


def _folders(root: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(root) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False) and _is_id(entry.name):
                yield entry


def _is_id(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file(follow_symlinks=False) and not entry.name.startswith("."):
                yield entry


def _open(path: Path) -> BinaryIO:
    """Opens a regular file, and nothing that was put in its place meanwhile. Raises `OSError`."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(f"{path.name} is no regular file")
    return os.fdopen(handle, "rb")


def _put_away(path: Path, where: str, reason: str | None) -> None:
    """Moves a file out of sight of the next look. Another process may have done it."""
    folder = path.parent / where
    folder.mkdir(exist_ok=True)
    target = folder / f"{time.time_ns()}-{path.name}"
    try:
        path.rename(target)
    except FileNotFoundError:
        return
    if reason is not None:
        target.with_name(f"{target.name}.reason.txt").write_text(f"{reason}\n", encoding="utf-8")
