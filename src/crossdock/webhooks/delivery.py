"""Sending events: a batch to one endpoint at a time, every attempt on record.

An attempt fails unless the answer is a 2xx. Redirects are not followed. The address is checked where the
socket is opened, so a name that resolves to a private one by then is refused.
"""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Sequence
from datetime import timedelta

import httpx
import sqlalchemy as sa
from standardwebhooks.webhooks import Webhook

from crossdock.connections.vault import Vault
from crossdock.connector.network_guard import PrivateAddress
from crossdock.connector.pool import guarded_client
from crossdock.schemas.times import wire_epoch
from crossdock.storage import webhooks as stored
from crossdock.storage.database import Database
from crossdock.storage.webhooks import EndpointRow, Outcome, Outgoing
from crossdock.webhooks.endpoints import valid_secrets
from crossdock.webhooks.payload import body_of
from crossdock.webhooks.signing import signed_headers

log = logging.getLogger(__name__)

RETRIES = (5.0, 300.0, 1800.0, 7200.0, 18_000.0, 36_000.0, 36_000.0)
"""Seconds after each failed attempt; there are eight attempts."""

JITTER = 0.2
"""The most that is added to a pause, as a part of it."""

GIVEN_UP_AFTER = timedelta(days=5)
ANSWERS_WITHIN = 15.0
LONGEST_ANSWER = 64 * 1024
KEPT_OF_ANSWER = 1_000
"""Characters."""

BATCH = 250
AT_ONCE = 20
"""Of one endpoint."""

GONE = 410


class Deliveries:
    """Delivers what is due. `clock` gives epoch seconds."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        *,
        public_url: str,
        allow_private_networks: bool,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._vault = vault
        self._public_url = public_url
        self._clock = clock
        self._http = guarded_client(
            allow_private_networks=allow_private_networks,
            timeout=httpx.Timeout(ANSWERS_WITHIN),
            headers={"user-agent": "crossdock", "content-type": "application/json"},
        )

    async def due(self) -> str | None:
        """Claims a batch of what is due, all for one endpoint; its id, or `None`."""
        now = self._clock()
        if not await self._database.read(stored.is_due, now):
            return None
        return await self._database.write(stored.claim_batch, now, BATCH)

    async def deliver(self, batch_id: str) -> int:
        """Sends a batch; how many were sent. What of it has ended before is not sent again."""
        found = await self._database.read(stored.batch, batch_id)
        if found is None:
            return 0
        endpoint, outgoing = found
        keys = [Webhook(secret) for secret in valid_secrets(self._vault, endpoint, self._clock())]
        turn = asyncio.Semaphore(AT_ONCE)

        async def attempt(delivery: Outgoing) -> Outcome:
            async with turn:
                return await self._attempt(endpoint, keys, delivery)

        outcomes = await asyncio.gather(*(attempt(delivery) for delivery in outgoing))
        await self._database.write(self._record, batch_id, endpoint, outcomes)
        return len(outcomes)

    async def _attempt(self, endpoint: EndpointRow, keys: Sequence[Webhook], delivery: Outgoing) -> Outcome:
        body = body_of(delivery.event_id, delivery.payload, delivery.sealed, self._vault, self._public_url)
        at, started = self._clock(), time.monotonic()
        headers = signed_headers(keys, delivery.event_id, at, body)
        status: int | None = None
        answer = error = None
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                status, answer = await self._post(endpoint.url, body.encode(), headers)
        except TimeoutError:
            error = f"no answer within {ANSWERS_WITHIN:g} seconds"
        except httpx.HTTPError as failed:
            error = _words(failed)
        if status is not None and not 200 <= status < 300:
            error = f"answered {status}" + (": redirects are not followed" if 300 <= status < 400 else "")
        number = delivery.attempts + 1
        return Outcome(
            delivery.id,
            number,
            at,
            time.monotonic() - started,
            error is None,
            status,
            error,
            answer,
            None if error is None or status == GONE else self._next(number),
        )

    def _next(self, number: int) -> float | None:
        """When the attempt after the one of that number is made."""
        if number > len(RETRIES):
            return None
        return self._clock() + RETRIES[number - 1] * random.uniform(1, 1 + JITTER)  # noqa: S311

    async def _post(self, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        request = self._http.build_request("POST", url, content=body, headers=headers)
        response = await self._http.send(request, stream=True)
        try:
            content = b""
            async for part in response.aiter_bytes():
                content += part
                if len(content) > LONGEST_ANSWER:
                    break
        finally:
            await response.aclose()
        text = content[: 4 * KEPT_OF_ANSWER].decode("utf-8", "replace").replace("\0", "")
        return response.status_code, text[:KEPT_OF_ANSWER]

    def _record(
        self, db: sa.Connection, batch_id: str, endpoint: EndpointRow, outcomes: Sequence[Outcome]
    ) -> None:
        now = self._clock()
        stored.record_outcomes(db, batch_id, outcomes, now)
        current = stored.endpoint(db, endpoint.id)
        if current is None or current.disabled_at is not None:
            return
        if any(outcome.status == GONE for outcome in outcomes):
            self._disable(db, current, "It answered 410: it is gone.", now)
        elif any(outcome.delivered for outcome in outcomes):
            if current.failing_since is not None:
                stored.change_endpoint(db, current.id, {"failing_since": None})
        elif current.failing_since is None:
            stored.change_endpoint(db, current.id, {"failing_since": now})
        elif now - current.failing_since >= GIVEN_UP_AFTER.total_seconds():
            since = wire_epoch(current.failing_since)
            self._disable(db, current, f"No delivery succeeded since {since}, five days ago.", now)

    def _disable(self, db: sa.Connection, endpoint: EndpointRow, reason: str, now: float) -> None:
        log.warning("webhook endpoint %s is disabled: %s", endpoint.id, reason)
        stored.disable_endpoint(db, endpoint.id, reason, now)

    async def aclose(self) -> None:
        """Closes every connection."""
        await self._http.aclose()


def _words(error: httpx.HTTPError) -> str:
    """What went wrong, without the URL, which may hold a secret of the receiver's."""
    if isinstance(error.__cause__, PrivateAddress):
        return "the address is on a private network"
    text = str(error)
    return text if text and "://" not in text else type(error).__name__
