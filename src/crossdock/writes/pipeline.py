"""What happens to a caller's body, in this order: validate, claim the idempotency key, carry out.

The claim is on disk before the vendor is called for the write; from then on the journal knows of it,
whatever happens to this process.
"""

import hashlib
import logging
from dataclasses import dataclass
from typing import Any

import msgspec
import orjson
import sqlalchemy as sa

from crossdock.connections.access import Access, Connection
from crossdock.connector import Asked, WriteOperation
from crossdock.connector.calls import BACKGROUND, on_behalf_of
from crossdock.connector.pool import VendorPool
from crossdock.errors import ApiError, BadRequest, Conflict, NotFound, PreconditionFailed
from crossdock.storage import journal
from crossdock.storage.database import Database
from crossdock.storage.records import load_record
from crossdock.write_info.published import WriteInfo
from crossdock.writes.attempt import Attempt
from crossdock.writes.translation import translated
from crossdock.writes.validation import CheckedBody, accepted_before, check

log = logging.getLogger(__name__)

SETTLED_AT_ONCE = 100

NO_WRITE = "00000000-0000-0000-0000-000000000000"
"""Stands in a preview for the reference that a real write has."""


@dataclass(frozen=True, slots=True)
class Done:
    """A write that took effect: the body of the answer, and whether it is one given before."""

    response: bytes
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class WantedWrite:
    """A write as it is asked for: `sent` is the decoded body, `record_id` the one in the path, if any.

    With `if_match` the record has to be as it was when it had that entity tag.
    """

    operation: WriteOperation[Any]
    sent: Any
    record_id: str = ""
    idempotency_key: str | None = None
    if_match: str | None = None


class Writes:
    """Carries writes out. `lease` is in seconds."""

    def __init__(self, database: Database, vendors: VendorPool, write_info: WriteInfo, lease: float) -> None:
        self._database = database
        self._vendors = vendors
        self._write_info = write_info
        self._lease = lease

    async def preview(
        self, connection: Connection, wanted: WantedWrite, checked: CheckedBody
    ) -> dict[str, Any]:
        """The vendor's request for a body, credentials redacted; nothing is written anywhere."""
        operation = wanted.operation
        vendor = self._vendors.client(connection.integration, connection.account)
        asked = Asked(connection.account, checked.typed, wanted.record_id, NO_WRITE)
        requests = (await translated(vendor, operation, asked)).requests
        further = operation.then(asked, wanted.record_id or "{id}", None)
        previews = [vendor.preview(request) for request in (*requests, *further)]
        shown: dict[str, Any] = {"dry_run": True, "vendor_request": previews[0] if previews else None}
        if len(previews) > 1:
            shown["further_vendor_requests"] = previews[1:]
        trace = self._write_info.trace(connection.integration, operation)
        return {**shown, "unused_fields": trace.unused(checked.sent)}

    async def write(self, connection: Connection, wanted: WantedWrite, checked: CheckedBody) -> Done:
        """Carries a write out, or answers as before for a key that succeeded.

        Raises `BadRequest` or `Conflict` for a key in use, `PreconditionFailed` for a record that somebody
        changed meanwhile, `VendorError` for a refusal and `OutcomeUnknown` when the vendor did not answer.
        """
        new = journal.NewWrite(
            connection_id=connection.id,
            action=wanted.operation.action.name,
            target_id=wanted.record_id,
            idempotency_key=wanted.idempotency_key,
            fingerprint=fingerprint(wanted, checked.sent),
            body=orjson.dumps(checked.sent).decode(),
        )
        match await self._database.write(claim, new, self._lease, wanted):
            case journal.Replay(response):
                return Done(response.encode(), replayed=True)
            case journal.Busy(seconds):
                raise Conflict(
                    "The first request with this Idempotency-Key is still running.",
                    headers={"retry-after": str(max(1, round(seconds)))},
                )
            case journal.KeyReused():
                raise BadRequest(
                    "This Idempotency-Key was used with another endpoint or body; "
                    "a key stands for one request for 24 hours."
                )
            case journal.Claim() as held:
                attempt = self._attempt(connection, wanted.operation, checked, wanted.record_id, held)
                return Done(await attempt.carry_out())

    def _attempt(
        self,
        connection: Connection,
        operation: WriteOperation[Any],
        checked: CheckedBody,
        record_id: str,
        claim: journal.Claim,
    ) -> Attempt:
        return Attempt(
            self._database,
            self._vendors,
            connection,
            operation,
            checked,
            record_id,
            self._write_info.trace(connection.integration, operation),
            claim,
            self._lease,
        )

    async def settle_interrupted(self, access: Access) -> int:
        """Looks up, at their vendors, the writes whose server died before it could answer.

        One that took effect is stored and can be replayed; of the others it is recorded that the outcome
        is unknown, so that a retry looks again before it sends. Returns how many were taken up.
        """
        waiting = await self._database.read(journal.interrupted, SETTLED_AT_ONCE)
        for write in waiting:
            claim = await self._database.write(journal.resume, write.write_id, self._lease)
            if claim is None:
                continue
            try:
                connection = await access.connection_by_id(write.connection_id)
                operation = connection.integration.write(write.action)
                if operation is None:
                    raise NotFound(f"{connection.integration.slug} has no {write.action} any more")
                checked = accepted_before(operation, write.body)
                attempt = self._attempt(connection, operation, checked, write.target_id, claim)
                with on_behalf_of(connection.cause(BACKGROUND)):
                    await attempt.settle()
            except (ApiError, msgspec.ValidationError) as error:
                log.warning("write %s was interrupted and could not be settled: %s", write.write_id, error)
        return len(waiting)

    async def checked(self, connection: Connection, wanted: WantedWrite) -> CheckedBody:
        """The body, if the account's document allows it. Raises `Unprocessable`."""
        published = await self._write_info.for_connection(connection, wanted.operation.action.name)
        return check(published, wanted.operation, wanted.sent)


def claim(
    db: sa.Connection, new: journal.NewWrite, lease: float, wanted: WantedWrite
) -> journal.Claim | journal.Replay | journal.Busy | journal.KeyReused:
    """Claims a write if the record is as its caller saw it; a repeat of one that was begun is not asked."""
    claimed = journal.claim(db, new, lease)
    if wanted.if_match is None or not isinstance(claimed, journal.Claim) or claimed.resumed:
        return claimed
    stored = load_record(db, new.connection_id, wanted.operation.action.collection, wanted.record_id)
    if stored is None or wanted.if_match not in {stored.etag, "*"}:
        current = None if stored is None else orjson.loads(stored.data)
        raise PreconditionFailed(
            "The record was changed since it was read; look at it again and decide.",
            extra={"id": wanted.record_id, "current": current},
        )
    return claimed


def fingerprint(wanted: WantedWrite, sent: Any) -> bytes:
    """Stands for endpoint, record and body, however the body's JSON is spaced or ordered."""
    body = orjson.dumps(sent, option=orjson.OPT_SORT_KEYS)
    endpoint = f"{wanted.operation.action.url}\n{wanted.record_id}\n"
    return hashlib.sha256(endpoint.encode() + body).digest()
