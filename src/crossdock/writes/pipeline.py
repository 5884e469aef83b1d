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

from crossdock.connections.access import Access, Connection
from crossdock.connector import WriteOperation
from crossdock.connector.client import VendorPool
from crossdock.errors import ApiError, BadRequest, Conflict, NotFound
from crossdock.storage import journal
from crossdock.storage.database import Database
from crossdock.write_info.published import WriteInfo
from crossdock.writes.attempt import Attempt, translated, unused_fields
from crossdock.writes.validation import CheckedBody, accepted_before, check

log = logging.getLogger(__name__)

SETTLED_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Done:
    """A write that took effect: the body of the answer, and whether it is one given before."""

    response: bytes
    replayed: bool = False


class Writes:
    """Carries writes out. `lease` is in seconds."""

    def __init__(self, database: Database, vendors: VendorPool, write_info: WriteInfo, lease: float) -> None:
        self._database = database
        self._vendors = vendors
        self._write_info = write_info
        self._lease = lease

    async def preview(
        self, connection: Connection, operation: WriteOperation[Any], sent: Any
    ) -> dict[str, Any]:
        """The vendor's request for a body, credentials redacted; nothing is written anywhere."""
        checked = await self._checked(connection, operation, sent)
        vendor = self._vendors.client(connection.integration, connection.account)
        request = await translated(vendor, connection, operation, checked.typed)
        return {
            "dry_run": True,
            "vendor_request": vendor.preview(request),
            "unused_fields": unused_fields(operation, checked.sent),
        }

    async def write(
        self, connection: Connection, operation: WriteOperation[Any], sent: Any, idempotency_key: str | None
    ) -> Done:
        """Carries a write out, or answers as before for a key that succeeded.

        Raises `Unprocessable` for a body that does not fit, `BadRequest` or `Conflict` for a key in use,
        `VendorError` for a refusal and `OutcomeUnknown` when the vendor did not answer.
        """
        checked = await self._checked(connection, operation, sent)
        new = journal.NewWrite(
            connection_id=connection.id,
            action=operation.action.name,
            idempotency_key=idempotency_key,
            fingerprint=fingerprint(operation, checked.sent),
            body=orjson.dumps(checked.sent).decode(),
        )
        match await self._database.write(journal.claim, new, self._lease):
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
            case journal.Claim() as claim:
                attempt = Attempt(
                    self._database, self._vendors, connection, operation, checked, claim, self._lease
                )
                return Done(await attempt.carry_out())

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
                attempt = Attempt(
                    self._database, self._vendors, connection, operation, checked, claim, self._lease
                )
                await attempt.settle()
            except (ApiError, msgspec.ValidationError) as error:
                log.warning("write %s was interrupted and could not be settled: %s", write.write_id, error)
        return len(waiting)

    async def _checked(
        self, connection: Connection, operation: WriteOperation[Any], sent: Any
    ) -> CheckedBody:
        published = await self._write_info.for_connection(connection, operation.action.name)
        return check(published, operation, sent)


def fingerprint(operation: WriteOperation[Any], sent: Any) -> bytes:
    """Stands for endpoint and body, however the body's JSON is spaced or ordered."""
    body = orjson.dumps(sent, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(operation.action.url.encode() + b"\n" + body).digest()
