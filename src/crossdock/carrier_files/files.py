"""The room's one value: what the doors, the commands and the background work call."""

import asyncio
import logging
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

import sqlalchemy as sa

from crossdock.carrier_files import folder
from crossdock.carrier_files.folder import FileTooLarge
from crossdock.carrier_files.importing import LEASE, LostFile, Progress, read_file
from crossdock.carrier_files.shown import described
from crossdock.carrier_invoices import Reading, UnknownShape
from crossdock.connections.access import Access, Connection
from crossdock.errors import FieldFault, NotFound, NotImplementedByIntegration, TooLarge, Unprocessable
from crossdock.records.announce import announcer
from crossdock.storage import carrier_files as stored
from crossdock.storage.carrier_files import FileRow
from crossdock.storage.database import Database

log = logging.getLogger(__name__)

ANY_CARRIER = "sandbox"
LONGEST_NAME = 255
CREATED = "carrier-file.created"
DUE_AT_ONCE = 20
SWEPT_AFTER = 3600.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was handed over, and whether its content was here before."""

    row: FileRow
    came_before: bool


class CarrierFiles:
    """Takes files in and reads them. `root` is where they are kept, `largest` the most bytes of one."""

    def __init__(self, database: Database, access: Access, root: Path, largest: int) -> None:
        self._database = database
        self._access = access
        self.root = root
        self.largest = largest

    async def take(
        self, connection: Connection, source: BinaryIO, name: str, *, silent: bool = False
    ) -> Taken:
        """Takes a file in: recognises it, keeps a copy, and notes it. It is not read yet.

        `source` can be sought. The same content again gives the file that is there. Raises `Unprocessable`
        for a file of no known shape or of another carrier, `TooLarge`, `NotImplementedByIntegration`.
        """
        integration = connection.integration
        if not integration.from_files:
            raise NotImplementedByIntegration(
                f"Endpoint get_files is not implemented for {integration.display_name}"
            )
        name = checked_name(name)
        recognised = (await asyncio.to_thread(_recognised, source)).recognised.format
        if integration.name not in {recognised.carrier, ANY_CARRIER}:
            message = (
                f"This is a file of {recognised.carrier} ({recognised.name}); "
                f"the connection is to {integration.name}."
            )
            raise Unprocessable(message, [FieldFault("/file", message)])
        file_id = str(uuid4())
        try:
            kept = await asyncio.to_thread(
                folder.keep, self.root, connection.id, file_id, source, self.largest
            )
        except FileTooLarge as error:
            raise too_large(self.largest) from error
        row = FileRow(
            id=file_id,
            connection_id=connection.id,
            file_name=name,
            file_type=name.rpartition(".")[2].lower() if "." in name else "csv",
            size=kept.size,
            digest=kept.digest,
            carrier=recognised.carrier,
            format=recognised.name,
            state="received",
            claimed_until=0.0,
            created_at=time.time(),
        )
        try:
            found = await self._database.write(_note, row, silent)
        except BaseException:
            await asyncio.to_thread(folder.drop, self.root, connection.id, file_id)
            raise
        if found.id != file_id:
            await asyncio.to_thread(folder.put_in_place_of, self.root, connection.id, file_id, found.id)
        return Taken(found, found.id != file_id)

    async def read(self, file_id: str, *, progress: Progress | None = None, silent: bool = False) -> FileRow:
        """Reads a file that was taken in, unless it was read or another process reads it; the file after it.

        Raises `NotFound` when it is gone.
        """
        row = await self.file(file_id)
        now = time.time()
        until = now + LEASE
        if await self._database.write(stored.claim, file_id, now, until):
            connection = await self._access.connection_by_id(row.connection_id)
            path = folder.place(self.root, row.connection_id, file_id)
            try:
                await read_file(
                    self._database,
                    row,
                    path,
                    held_until=until,
                    account=connection.account.get("account_number", ""),
                    silent=silent,
                    progress=progress,
                )
            except LostFile:
                log.info("carrier file %s: another process reads it now", file_id)
        return await self.file(file_id)

    async def read_due(self, file_id: str) -> None:
        """The same for background work, which has nobody to tell that a file is gone."""
        try:
            await self.read(file_id)
        except NotFound:
            log.info("carrier file %s is gone", file_id)

    async def file(self, file_id: str) -> FileRow:
        """A file by its id. Raises `NotFound`."""
        row = await self._database.read(stored.file, file_id)
        if row is None:
            raise NotFound("There is no carrier file with this id.", extra={"id": file_id})
        return row

    async def sweep(self, older_than: float = SWEPT_AFTER) -> int:
        """Removes what is kept and not known any more, as of connections that are gone; how many files.

        What is younger (in seconds) may belong to a request that has not noted it yet.
        """
        swept = 0
        for connection_id, names in (
            await asyncio.to_thread(folder.older_than, self.root, older_than)
        ).items():
            known = await self._database.read(stored.known, names)
            for name in set(names) - known:
                await asyncio.to_thread(folder.drop, self.root, connection_id, name)
                swept += 1
        return swept

    async def due(self) -> list[str]:
        """Files that nobody reads."""
        return list(await self._database.read(stored.due, time.time(), DUE_AT_ONCE))


def _recognised(source: BinaryIO) -> Reading:
    """Raises `Unprocessable` with what was looked for."""
    source.seek(0)
    try:
        return Reading(source)
    except UnknownShape as unknown:
        message = str(unknown)
        raise Unprocessable(message, [FieldFault("/file", message)]) from unknown
    finally:
        source.seek(0)


def _note(db: sa.Connection, row: FileRow, silent: bool) -> FileRow:
    found = stored.add(db, row)
    if found.id == row.id:
        told = announcer(db, row.connection_id, silent=silent)
        told.about_file(CREATED, row.id, described(row))
        told.flush(db)
    return found


def checked_name(name: str) -> str:
    """A file's name without folders. Raises `Unprocessable`."""
    last = name.replace("\\", "/").rpartition("/")[2].strip()
    if 0 < len(last) <= LONGEST_NAME and last.isprintable():
        return last
    message = f"file_name must have 1 to {LONGEST_NAME} printable characters."
    raise Unprocessable(message, [FieldFault("/file_name", message)])


def too_large(largest: int) -> TooLarge:
    """What is answered to more than `largest` bytes."""
    return TooLarge(f"The file is over {largest} bytes.", headers={"connection": "close"})
