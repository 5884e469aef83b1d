"""One attempt at a claimed write: read, translate, forward, read back, store; and how it ended, on record."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import msgspec
import orjson

from crossdock.connections.access import Connection
from crossdock.connector import VendorRequest, WriteOperation
from crossdock.connector.client import REFUSED_FROM, VendorClient, VendorPool
from crossdock.errors import ApiError, Conflict, OutcomeUnknown, Unavailable, VendorError
from crossdock.schemas.fields import WriteBody
from crossdock.storage import journal
from crossdock.storage.database import Database
from crossdock.storage.records import StoredRecord
from crossdock.writes.validation import CheckedBody

log = logging.getLogger(__name__)


class Attempt:
    """Carries out one claim. Whether the vendor may have taken the write is known at every step."""

    def __init__(
        self,
        database: Database,
        vendors: VendorPool,
        connection: Connection,
        operation: WriteOperation[Any],
        checked: CheckedBody,
        claim: journal.Claim,
        lease: float,
    ) -> None:
        self._database = database
        self._vendor = vendors.client(connection.integration, connection.account)
        self._connection = connection
        self._operation = operation
        self._checked = checked
        self._claim = claim
        self._lease = lease
        self._held_until = time.monotonic() + lease
        self._may_have_reached_vendor = claim.resumed

    async def carry_out(self) -> bytes:
        """The body of the answer. Raises `ApiError`, after it was recorded how the attempt ended."""
        async with self._renewed(), self._end_recorded():
            record_id = await self._earlier_effect() if self._claim.resumed else None
            if record_id is None:
                record_id = await self._send()
            return await self._read_back_and_store(record_id)

    async def settle(self) -> None:
        """Stores what an interrupted attempt wrote, if it did; sends nothing."""
        async with self._renewed(), self._end_recorded():
            record_id = await self._earlier_effect()
            if record_id is None:
                self._may_have_reached_vendor = True
                raise OutcomeUnknown(
                    "The server stopped while this write was running; it is not at the vendor yet."
                )
            await self._read_back_and_store(record_id)

    async def _earlier_effect(self) -> str | None:
        """The vendor's id of what an earlier attempt wrote, looked up by the caller's own number."""
        body = self._checked.typed
        request = self._operation.find(self._connection.account, body)
        found = self._operation.found(await self._vendor.read_json(request, missing=True), body)
        self._may_have_reached_vendor = found is not None
        return found

    async def _send(self) -> str:
        """Forwards the write; the vendor's id of what it made."""
        request = await translated(self._vendor, self._connection, self._operation, self._checked.typed)
        if time.monotonic() > self._held_until:
            raise Conflict("This server was held up for too long and gave the write up before sending it.")
        self._may_have_reached_vendor = True
        try:
            answer = await self._vendor.write(request)
        except OutcomeUnknown:
            raise
        except VendorError:
            self._may_have_reached_vendor = False
            raise
        if answer.status >= REFUSED_FROM:
            refusal = self._vendor.refusal(answer)
            self._may_have_reached_vendor = answer.status >= 500
            if self._may_have_reached_vendor:
                refusal.extra["outcome"] = "unknown"
            raise refusal
        try:
            return self._operation.written_id(answer)
        except ValueError as error:
            name = self._connection.integration.display_name
            raise OutcomeUnknown(
                f"{name} took the request, but its answer was not understood: {error}."
            ) from error

    async def _read_back_and_store(self, record_id: str) -> bytes:
        self._may_have_reached_vendor = True
        record, raw = await self._read_back(record_id)
        if "trackstar_tags" in self._checked.sent:
            record["trackstar_tags"] = self._checked.sent["trackstar_tags"]
        new = journal.NewRecord(
            resource=self._operation.action.collection,
            id=record_id,
            data=orjson.dumps(record).decode(),
            raw=orjson.dumps(raw).decode(),
        )
        response = await self._database.write(
            journal.succeed, self._claim, self._connection.id, new, self._respond(record_id)
        )
        if response is None:
            raise Conflict("Another server finished this write; repeat the request to get its answer.")
        return response.encode()

    async def _read_back(self, record_id: str) -> tuple[dict[str, Any], Any]:
        """The canonical record as a JSON object, and the vendor's own."""
        integration = self._connection.integration
        try:
            raw = await self._vendor.read_json(self._operation.read_back(self._connection.account, record_id))
            record: dict[str, Any] = msgspec.to_builtins(self._operation.record(raw))
        except VendorError as error:
            raise VendorError(
                error.message,
                status=error.status,
                extra={**error.extra, "outcome": "written", "id": record_id},
                headers=error.headers,
            ) from error
        except ValueError as error:
            raise VendorError(
                f"{integration.display_name} took the write as {record_id}, but what it answers about it was "
                f"not understood: {error}.",
                extra={"outcome": "written", "id": record_id},
            ) from error
        return record, raw

    def _respond(self, record_id: str) -> Any:
        unused = orjson.dumps(unused_fields(self._operation, self._checked.sent)).decode()
        quoted_id = orjson.dumps(record_id).decode()

        def respond(stored: StoredRecord) -> str:
            return f'{{"data":{stored.as_json()},"id":{quoted_id},"unused_fields":{unused}}}'

        return respond

    @asynccontextmanager
    async def _end_recorded(self) -> AsyncIterator[None]:
        """Records a failure: released when nothing can have been written, unknown when something may."""
        try:
            yield
        except Exception as error:
            end = journal.leave_unknown if self._may_have_reached_vendor else journal.fail
            text = error.message if isinstance(error, ApiError) else type(error).__name__
            try:
                await self._database.write(end, self._claim, text)
            except Unavailable:
                log.exception("how write %s ended could not be recorded", self._claim.write_id)
            raise

    @asynccontextmanager
    async def _renewed(self) -> AsyncIterator[None]:
        """Keeps the lease for as long as the work takes; most writes end before the first renewal."""
        task = asyncio.create_task(self._renew_for_ever())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _renew_for_ever(self) -> None:
        while True:
            await asyncio.sleep(self._lease / 3)
            asked_at = time.monotonic()
            try:
                if not await self._database.write(journal.renew, self._claim, self._lease):
                    return
            except Unavailable:
                log.warning("the lease of write %s could not be renewed", self._claim.write_id)
                continue
            self._held_until = asked_at + self._lease


async def translated(
    vendor: VendorClient, connection: Connection, operation: WriteOperation[Any], body: WriteBody
) -> VendorRequest:
    """The vendor's request for a body, after reading what its translation asks for."""
    wanted = operation.reads(connection.account, body)
    found = await asyncio.gather(*(vendor.read_json(request, missing=True) for request in wanted.values()))
    return operation.translate(connection.account, body, dict(zip(wanted, found, strict=True)))


def unused_fields(operation: WriteOperation[Any], sent: dict[str, Any]) -> list[str]:
    """The fields of a body that were accepted and go nowhere."""
    return [name for name in sent if name in operation.unused_fields]
