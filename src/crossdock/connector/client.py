"""The HTTP that connectors do not do themselves: pooled, always with time-outs, retried where safe."""

import asyncio
from collections.abc import Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpcore
import httpx
import orjson
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential_jitter

from crossdock.connector.integration import Integration
from crossdock.connector.network_guard import GuardedBackend, PrivateAddress
from crossdock.connector.vendor import Account, VendorAnswer, VendorRequest
from crossdock.errors import OutcomeUnknown, VendorError, VendorUnreachable

CONNECT_TIMEOUT = 5.0
LARGEST_ANSWER = 32 * 1024 * 1024
READ_ATTEMPTS = 3
LONGEST_RETRY_AFTER = 10.0
"""Seconds; a vendor that asks for a longer pause than this gets its answer passed on instead."""

REFUSED_FROM = 300
"""An answer from this status on is no success; redirects are not followed."""

RETRIED_STATUSES = frozenset({429, 500, 502, 503, 504})


class _TryAgain(Exception):
    def __init__(
        self, answer: VendorAnswer | None, error: VendorUnreachable | None, pause: float | None
    ) -> None:
        self.answer, self.error, self.pause = answer, error, pause


def _pause(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.pause if isinstance(error, _TryAgain) else None
    return asked if asked is not None else wait_exponential_jitter(initial=0.2, max=2.0, jitter=0.2)(state)


class VendorPool:
    """The open connections of this process, pooled per integration. Close it with `aclose`."""

    def __init__(self, *, allow_private_networks: bool, timeout: float) -> None:
        self._allow_private_networks = allow_private_networks
        self._timeout = httpx.Timeout(timeout, connect=min(CONNECT_TIMEOUT, timeout))
        self._deadline = timeout
        self._clients: dict[str, httpx.AsyncClient] = {}

    def client(self, integration: Integration, account: Account) -> "VendorClient":
        """A client that speaks to the integration's vendor as that account."""
        if integration.slug not in self._clients:
            self._clients[integration.slug] = self._open()
        return VendorClient(self._clients[integration.slug], integration, account, self._deadline)

    def _open(self) -> httpx.AsyncClient:
        limits = httpx.Limits(max_connections=200, max_keepalive_connections=100)
        transport = httpx.AsyncHTTPTransport(limits=limits)
        if not self._allow_private_networks:
            transport._pool = httpcore.AsyncConnectionPool(
                ssl_context=httpx.create_ssl_context(),
                max_connections=limits.max_connections,
                max_keepalive_connections=limits.max_keepalive_connections,
                keepalive_expiry=limits.keepalive_expiry,
                network_backend=GuardedBackend(),
            )
        # Accounts share a client and must not share a session: no cookie is ever kept.
        no_cookies = CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
        return httpx.AsyncClient(
            transport=transport,
            timeout=self._timeout,
            follow_redirects=False,
            trust_env=False,
            cookies=no_cookies,
            headers={"user-agent": "crossdock", "accept": "application/json"},
        )

    async def aclose(self) -> None:
        """Closes every connection."""
        await asyncio.gather(*(client.aclose() for client in self._clients.values()))
        self._clients.clear()


class VendorClient:
    """Speaks to one vendor as one account."""

    def __init__(
        self, http: httpx.AsyncClient, integration: Integration, account: Account, deadline: float
    ) -> None:
        self._http = http
        self._deadline = deadline
        self._integration = integration
        self._access = integration.access(account)

    def preview(self, request: VendorRequest) -> dict[str, Any]:
        """The request as it would be sent, with the credentials redacted."""
        built = self._build(request)
        headers = {**self._access.redacted_headers()}
        if request.body is not None:
            headers["content-type"] = "application/json"
        shown = {"method": request.method, "url": str(built.url), "headers": headers}
        return {**shown, "body": request.body}

    async def read(self, request: VendorRequest) -> VendorAnswer:
        """Sends a request that changes nothing; tried again after a passing fault.

        Raises `VendorUnreachable` when no answer came. An answer of any status is returned.
        """
        retrying = AsyncRetrying(
            stop=stop_after_attempt(READ_ATTEMPTS),
            wait=_pause,
            retry=retry_if_exception_type(_TryAgain),
            reraise=True,
        )
        try:
            return await retrying(self._read_once, request)
        except _TryAgain as last:
            if last.answer is not None:
                return last.answer
            raise (last.error or VendorUnreachable("no answer")) from last

    async def _read_once(self, request: VendorRequest) -> VendorAnswer:
        try:
            answer = await self._send(self._build(request))
        except httpx.RequestError as error:
            raise _TryAgain(None, self._unreachable(error), None) from error
        if answer.status in RETRIED_STATUSES:
            pause = _retry_after(answer.headers)
            if pause is None or pause <= LONGEST_RETRY_AFTER:
                raise _TryAgain(answer, None, pause)
        return answer

    async def read_json(self, request: VendorRequest, *, missing: bool = False) -> Any:
        """The decoded answer to a read; with `missing`, `None` for a 404. Raises `VendorError`."""
        answer = await self.read(request)
        if missing and answer.status == 404:
            return None
        if answer.status >= REFUSED_FROM:
            raise self.refusal(answer)
        return self.decoded(answer)

    async def write(self, request: VendorRequest) -> VendorAnswer:
        """Sends a request that changes something, once.

        Raises `VendorUnreachable` when it surely never arrived, `OutcomeUnknown` when it may have. An
        answer of any status is returned.
        """
        built = self._build(request)
        try:
            return await self._send(built)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise self._unreachable(error) from error
        except httpx.RequestError as error:
            raise OutcomeUnknown(
                f"{self._integration.display_name} did not answer after the request was sent "
                f"({_kind(error)}). Whether it took effect is unknown. Send the same request with the "
                "same Idempotency-Key to find out and complete it."
            ) from error

    def _build(self, request: VendorRequest) -> httpx.Request:
        headers = dict(self._access.headers)
        content = None
        if request.body is not None:
            headers["content-type"] = "application/json"
            content = orjson.dumps(request.body)
        query = {
            name: str(value).lower() if isinstance(value, bool) else str(value)
            for name, value in request.query.items()
        }
        url = self._access.base_url + request.path
        return self._http.build_request(
            request.method, url, params=query or None, headers=headers, content=content
        )

    async def _send(self, request: httpx.Request) -> VendorAnswer:
        """httpx bounds each step; the deadline bounds the whole, for a vendor that answers in drops."""
        try:
            async with asyncio.timeout(self._deadline):
                response = await self._http.send(request, stream=True)
                try:
                    content = await _content(response)
                finally:
                    await response.aclose()
        except TimeoutError as error:
            raise httpx.ReadTimeout("timed out", request=request) from error
        return VendorAnswer(response.status_code, content, dict(response.headers))

    def decoded(self, answer: VendorAnswer) -> Any:
        """The JSON of an answer. Raises `VendorError` when it is something else."""
        try:
            return answer.json()
        except ValueError as error:
            raise VendorError(
                f"{self._integration.display_name} answered with something that is not JSON."
            ) from error

    def refusal(self, answer: VendorAnswer) -> VendorError:
        """The error for an answer that refuses: the vendor's status and words, unchanged."""
        status = answer.status if answer.status >= 400 else 502
        words = self._integration.words(answer)
        headers = {}
        if "retry-after" in answer.headers:
            headers["retry-after"] = answer.headers["retry-after"]
        said = words or f"{self._integration.display_name} answered {answer.status} without a word."
        return VendorError(said, status=status, extra={"vendor_status": answer.status}, headers=headers)

    def _unreachable(self, error: Exception) -> VendorUnreachable:
        if isinstance(error.__cause__, PrivateAddress):
            return VendorUnreachable(
                "The account's address is on a private network; "
                "CROSSDOCK_ALLOW_PRIVATE_NETWORKS=1 allows that."
            )
        return VendorUnreachable(
            f"{self._integration.display_name} could not be reached: {_kind(error)}.",
        )


async def _content(response: httpx.Response) -> bytes:
    parts, size = [], 0
    async for part in response.aiter_bytes():
        size += len(part)
        if size > LARGEST_ANSWER:
            raise httpx.ReadError(f"the answer is over {LARGEST_ANSWER} bytes", request=response.request)
        parts.append(part)
    return b"".join(parts)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds; the date form of the header counts as not given."""
    try:
        return max(0.0, float(headers["retry-after"]))
    except (KeyError, ValueError):
        return None


def _kind(error: Exception) -> str:
    """What went wrong in words, without the URL, which may name the account."""
    if isinstance(error, httpx.TimeoutException):
        return "timed out"
    text = str(error)
    return text if text and "://" not in text else type(error).__name__
