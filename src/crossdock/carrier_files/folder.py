"""Where the files lie: a folder for each connection, and in it each file under its id."""

import hashlib
import os
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

PIECE = 1024 * 1024
"""Bytes that are copied at a time."""


class FileTooLarge(Exception):
    """A file is over the limit; nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A copy that is on the disk under its id; `digest` is SHA-256."""

    size: int
    digest: bytes


def place(root: Path, connection_id: str, file_id: str) -> Path:
    """Where a file is kept. Both ids are ours; nothing that a caller named is part of the path."""
    return root / connection_id / file_id


def keep(root: Path, connection_id: str, file_id: str, source: BinaryIO, largest: int) -> KeptFile:
    """Copies a stream to its place, piece by piece, and has it on the disk when it returns.

    Raises `FileTooLarge` for more than `largest` bytes.
    """
    target = place(root, connection_id, file_id)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.with_suffix(".part")
    digest, size = hashlib.sha256(), 0
    try:
        with part.open("xb") as out:
            while piece := source.read(PIECE):
                size += len(piece)
                if size > largest:
                    raise FileTooLarge  # noqa: TRY301  (what was written is removed below)
                digest.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        part.rename(target)
        _sync_folder(target.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return KeptFile(size, digest.digest())


def _sync_folder(folder: Path) -> None:
    """A new name is on the disk when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_in_place_of(root: Path, connection_id: str, file_id: str, other_id: str) -> None:
    """Moves a copy to where another one with the same content is, or should be."""
    place(root, connection_id, file_id).rename(place(root, connection_id, other_id))


def drop(root: Path, connection_id: str, file_id: str) -> None:
    """Removes a file, if it is there."""
    place(root, connection_id, file_id).unlink(missing_ok=True)


def older_than(root: Path, seconds: float) -> Mapping[str, Sequence[str]]:
    """The names of what lies in each connection's folder for that long."""
    before = time.time() - seconds
    found = {}
    for folder in root.iterdir() if root.is_dir() else ():
        if folder.is_dir() and not folder.is_symlink():
            found[folder.name] = [one.name for one in folder.iterdir() if one.stat().st_mtime <= before]
    return found


def drop_all(root: Path, connection_id: str) -> None:
    """Removes the folder of a connection."""
    shutil.rmtree(root / connection_id, ignore_errors=True)
