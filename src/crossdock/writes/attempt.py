"""One attempt at a claimed write: read, translate, forward, read back, store; and how it ended, on record."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy as sa

from crossdock.connections.access import Connection
from crossdock.connector import Asked, VendorAnswer, VendorRequest, WriteOperation
from crossdock.connector.client import REFUSED_FROM, VendorClient
from crossdock.connector.pool import VendorPool
from crossdock.errors import ApiError, Conflict, OutcomeUnknown, Unavailable, VendorError
from crossdock.records.announce import announcer
from crossdock.records.canonical import TAGS, CanonicalRecord, NotCanonical, canonical
from crossdock.records.keep import keep_each
from crossdock.schemas.lists import function_of
from crossdock.storage import journal
from crossdock.storage.database import Database
from crossdock.storage.records import StoredRecord
from crossdock.write_info.tracing import Trace
from crossdock.writes.blame import with_blame
from crossdock.writes.translation import Translated, translated
from crossdock.writes.validation import CheckedBody

log = logging.getLogger(__name__)

CHANGED_MEANWHILE = 412
STALE_READS = 3
"""How often a write is made anew because the record changed between the reading and the writing of it."""

MOST_FURTHER = 5
"""Requests at most that each need the answer to the one before."""

NO_RECORD = "success"
"""What the contract answers as `data` for a write without a record."""


@dataclass(frozen=True, slots=True)
class Written:
    """What the vendor took: its id, and the translation it was sent as, when this attempt sent it."""

    record_id: str
    sent_as: Translated | None = None


class Attempt:
    """Carries out one claim. Whether the vendor may have taken the write is known at every step."""

    def __init__(
        self,
        database: Database,
        vendors: VendorPool,
        connection: Connection,
        operation: WriteOperation[Any],
        checked: CheckedBody,
        record_id: str,
        trace: Trace,
        claim: journal.Claim,
        lease: float,
    ) -> None:
        self._database = database
        self._vendor: VendorClient = vendors.client(connection.integration, connection.account)
        self._connection = connection
        self._operation = operation
        self._checked = checked
        self._asked = Asked(connection.account, checked.typed, record_id, claim.write_id)
        self._trace = trace
        self._claim = claim
        self._lease = lease
        self._held_until = time.monotonic() + lease
        self._may_have_reached_vendor = claim.resumed

    async def carry_out(self) -> bytes:
        """The body of the answer. Raises `ApiError`, after it was recorded how the attempt ended."""
        async with self._renewed(), self._end_recorded():
            written = await self._earlier_effect() if self._claim.resumed else None
            if written is None:
                written = await self._send()
            await self._finish(written)
            return await self._read_back_and_store(written)

    async def settle(self) -> None:
        """Stores what an interrupted attempt wrote, if it did; sends nothing."""
        async with self._renewed(), self._end_recorded():
            written = await self._earlier_effect() if self._operation.look_up else None
            if written is None or self._operation.then(self._asked, written.record_id, None):
                self._may_have_reached_vendor = True
                raise OutcomeUnknown("The server stopped while this write was running.")
            await self._read_back_and_store(written)

    async def _earlier_effect(self) -> Written | None:
        """What an earlier attempt wrote, looked up by something that the caller chose.

        Raises `OutcomeUnknown` for a write that cannot be looked up and must not be sent twice.
        """
        look_up = self._operation.look_up
        if look_up is None:
            if self._operation.can_be_repeated(self._asked):
                return None
            raise OutcomeUnknown(
                f"An earlier attempt may have reached {self._connection.integration.display_name}, which "
                "cannot be asked whether it did, and doing this twice would be wrong. Look at the record "
                "there; if the change is missing, send it with a new Idempotency-Key."
            )
        answer = await self._vendor.read_json(look_up.request(self._asked), missing=True)
        found = look_up.found(self._asked, answer)
        self._may_have_reached_vendor = found is not None
        return None if found is None else Written(found)

    async def _send(self) -> Written:
        """Forwards the write: each of its requests in order, all made anew when the record had changed."""
        for left in reversed(range(STALE_READS)):
            translation = await translated(self._vendor, self._operation, self._asked)
            answers = await self._send_each(translation.requests, again_if_changed=left > 0)
            if answers is not None:
                break
        known = await self._send_further(translation, answers or [])
        try:
            return Written(self._operation.written_id(self._asked, known), translation)
        except ValueError as error:
            raise self._not_understood(error) from error

    def _not_understood(self, error: ValueError) -> OutcomeUnknown:
        name = self._connection.integration.display_name
        return OutcomeUnknown(f"{name} took the request, but its answer was not understood: {error}.")

    async def _finish(self, written: Written) -> None:
        """Takes what was written the further steps that it needs."""
        requests = self._operation.then(self._asked, written.record_id, None)
        if requests and written.sent_as is None and self._operation.read_back is not None:
            wanted = self._operation.read_back(self._connection.account, written.record_id)
            known = await self._read_all(wanted)
            requests = self._operation.then(self._asked, written.record_id, known)
        await self._send_each(requests, again_if_changed=False, after=1)

    async def _send_each(
        self, requests: Sequence[VendorRequest], *, again_if_changed: bool, after: int = 0
    ) -> list[VendorAnswer] | None:
        """The answers; `None` when the first one says that the record changed and nothing was written.

        `after` is how many requests went before these.
        """
        answers: list[VendorAnswer] = []
        for request in requests:
            before = after + len(answers)
            answer = await self._forward(request, after=before)
            if answer.status == CHANGED_MEANWHILE and again_if_changed and not answers:
                self._may_have_reached_vendor = False
                return None
            if answer.status >= REFUSED_FROM:
                raise self._refusal(answer, after=before)
            answers.append(answer)
        return answers

    async def _send_further(
        self, translation: Translated, answers: Sequence[VendorAnswer]
    ) -> Sequence[VendorAnswer]:
        """The answers so far, and those to the requests that could not be made without them."""
        known = list(answers)
        for _ in range(MOST_FURTHER):
            try:
                request = self._operation.further(self._asked, translation.reads, known)
            except ValueError as error:
                raise self._not_understood(error) from error
            if request is None:
                break
            answer = await self._forward(request, after=len(known))
            if answer.status >= REFUSED_FROM:
                raise self._refusal(answer, after=len(known))
            known.append(answer)
        return known

    async def _forward(self, request: VendorRequest, after: int) -> VendorAnswer:
        if time.monotonic() > self._held_until:
            raise Conflict("This server was held up for too long and gave the write up before sending it.")
        self._may_have_reached_vendor = True
        try:
            return await self._vendor.write(request)
        except OutcomeUnknown:
            raise
        except VendorError as error:
            self._may_have_reached_vendor = after > 0
            if after:
                error.extra["outcome"] = "partial"
            raise

    def _refusal(self, answer: VendorAnswer, after: int) -> VendorError:
        refusal = with_blame(
            self._vendor.refusal(answer),
            self._connection.integration,
            self._operation,
            self._asked,
            self._trace,
            answer,
        )
        self._may_have_reached_vendor = answer.status >= 500 or after > 0
        if after:
            refusal.extra["outcome"] = "partial"
        elif answer.status >= 500:
            refusal.extra["outcome"] = "unknown"
        return refusal

    async def _read_back_and_store(self, written: Written) -> bytes:
        self._may_have_reached_vendor = True
        records = await self._new_records(written)
        single = None if self._operation.each is not None or not records else records[0].id
        response = await self._database.write(
            journal.succeed, self._claim, single, self._store_and_respond(written.record_id, records)
        )
        if response is None:
            raise Conflict("Another server finished this write; repeat the request to get its answer.")
        return response.encode()

    async def _new_records(self, written: Written) -> Sequence[CanonicalRecord]:
        """What is to be stored; nothing for a write that makes no record."""
        if self._operation.read_back is None and self._operation.record_after is None:
            return ()
        return await self._read_back(written)

    async def _read_back(self, written: Written) -> Sequence[CanonicalRecord]:
        """The canonical records and the vendor's own: one, except for an action that answers many."""
        outcome = {"outcome": "written", "id": written.record_id}
        try:
            if self._operation.read_back is None or self._operation.record is None:
                return [await self._record_after(written)]
            wanted = self._operation.read_back(self._connection.account, written.record_id)
            raw = await self._read_all(wanted)
            rows = [raw] if self._operation.each is None else self._operation.each(raw)
            return [canonical(self._operation.record, row) for row in rows]
        except VendorError as error:
            raise VendorError(
                error.message,
                status=error.status,
                extra={**error.extra, **outcome},
                headers=error.headers,
            ) from error
        except (ValueError, NotCanonical) as error:
            name = self._connection.integration.display_name
            raise VendorError(
                f"{name} took the write as {written.record_id}, but what it answers about it was not "
                f"understood: {error}.",
                extra=outcome,
            ) from error

    async def _read_all(self, wanted: Any) -> Any:
        if isinstance(wanted, VendorRequest):
            return await self._vendor.read_json(wanted)
        found = await asyncio.gather(*(self._vendor.read_json(request) for request in wanted.values()))
        return dict(zip(wanted, found, strict=True))

    async def _record_after(self, written: Written) -> CanonicalRecord:
        record_after = self._operation.record_after
        if record_after is None:
            raise ValueError("the operation says nothing about its record")
        sent_as = written.sent_as or await translated(self._vendor, self._operation, self._asked)
        return canonical(lambda _: record_after(self._asked, sent_as.reads), dict(sent_as.reads))

    def _store_and_respond(
        self, record_id: str, records: Sequence[CanonicalRecord]
    ) -> Callable[[sa.Connection], str]:
        unused = orjson.dumps(self._trace.unused(self._checked.sent)).decode()
        quoted_id = orjson.dumps(record_id).decode()

        def store_and_respond(db: sa.Connection) -> str:
            stored = [copy.data for copy in self._stored(db, records)] if records else []
            if self._operation.each is not None:
                return f'{{"data":[{",".join(stored)}],"unused_fields":{unused}}}'
            data = stored[0] if stored else f'"{NO_RECORD}"'
            return f'{{"data":{data},"id":{quoted_id},"unused_fields":{unused}}}'

        return store_and_respond

    def _stored(self, db: sa.Connection, records: Sequence[CanonicalRecord]) -> Sequence[StoredRecord]:
        sent, action = self._checked.sent, self._operation.action
        tags = {record.id: sent[TAGS] for record in records} if TAGS in sent else {}
        function = function_of(action.integration_type, action.collection)
        return keep_each(db, announcer(db, self._connection.id), function, records, tags)

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
