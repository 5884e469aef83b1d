"""The HTTP that connectors do not do themselves: pooled, always with time-outs, retried where safe."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import orjson
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential_jitter

from crossdock.connector.calls import Call, Told, vendor_call, watched
from crossdock.connector.integration import Integration
from crossdock.connector.network_guard import PrivateAddress
from crossdock.connector.pace import Pacer, Send
from crossdock.connector.tokens import Ask, TokenKeeper
from crossdock.connector.vendor import Account, QueryValue, Token, VendorAnswer, VendorRequest
from crossdock.errors import OutcomeUnknown, VendorError, VendorUnreachable

LARGEST_ANSWER = 32 * 1024 * 1024
READ_ATTEMPTS = 3
LONGEST_RETRY_AFTER = 10.0
"""Seconds; a vendor that asks for a longer pause than this gets its answer passed on instead."""

REFUSED_FROM = 300
"""An answer from this status on is no success; redirects are not followed."""

WHOLE, PARTIAL, NOTHING_THERE = 200, 206, 416
"""Answers to a request for a part of a file: all of it, the part, or that it ends before."""

RETRIED_STATUSES = frozenset({429, 500, 502, 503, 504})


class _TryAgain(Exception):
    def __init__(self, answer: VendorAnswer | None, error: VendorError | None, pause: float | None) -> None:
        self.answer, self.error, self.pause = answer, error, pause


def _pause(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.pause if isinstance(error, _TryAgain) else None
    return asked if asked is not None else wait_exponential_jitter(multiplier=0.2, max=2.0, jitter=0.2)(state)


@dataclass(frozen=True, slots=True)
class AccountState:
    """What outlives one request of an account: its token and its pace, where the vendor has such."""

    tokens: TokenKeeper | None = None
    pacer: Pacer | None = None


class VendorClient:
    """Speaks to one vendor as one account. `deadline` is in seconds, for each exchange as a whole.

    `told` hears of every exchange. `renew` gets the token of an account by OAuth, in place of the
    integration's own way to one.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        integration: Integration,
        account: Account,
        deadline: float,
        state: AccountState,
        told: Told | None = None,
        renew: Ask | None = None,
    ) -> None:
        self._http = http
        self._deadline = deadline
        self._integration = integration
        self._account = account
        self._access = integration.access(account)
        self._state = state
        self._told = told
        self._renew = renew

    def preview(self, request: VendorRequest) -> dict[str, Any]:
        """The request as it would be sent, with the credentials redacted."""
        built = self._build(request, None)
        headers = {**self._access.redacted_headers(), **request.headers}
        if self._state.tokens is not None:
            headers["authorization"] = f"{self._scheme} [redacted]"
        if "content-type" in built.headers:
            headers["content-type"] = built.headers["content-type"]
        shown = {"method": request.method, "url": str(built.url), "headers": headers}
        if request.form is not None:
            return {**shown, "form": dict(request.form)}
        if request.content is not None:
            return {**shown, "content_bytes": len(request.content)}
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
            answer = await self._exchange(request, self._authorised)
        except httpx.RequestError as error:
            raise _TryAgain(None, self._unreachable(error), None) from error
        if answer.status in RETRIED_STATUSES:
            pause = _retry_after(answer.headers)
            if pause is None or pause <= LONGEST_RETRY_AFTER:
                raise _TryAgain(answer, None, pause)
        return answer

    async def read_decoded(
        self, request: VendorRequest, *, missing: bool = False
    ) -> tuple[Any, Mapping[str, str]]:
        """The decoded answer to a read and its headers; with `missing`, `None` for a 404.

        Raises `VendorError`.
        """
        answer = await self.read(request)
        if missing and answer.status == 404:
            return None, answer.headers
        if answer.status >= REFUSED_FROM:
            raise self.refusal(answer)
        return self.decoded(answer), answer.headers

    async def read_json(self, request: VendorRequest, *, missing: bool = False) -> Any:
        """The decoded answer to a read; with `missing`, `None` for a 404. Raises `VendorError`."""
        decoded, _ = await self.read_decoded(request, missing=missing)
        return decoded

    async def part_of_file(self, url: str, start: int, length: int) -> bytes:
        """At most `length` bytes of a file from byte `start` on, as a vendor's answer gave its address.

        No credential is sent, and no error shows the address, since it may open the file by itself. Fewer
        bytes than asked for mean that the file ends there. Raises `VendorError`.
        """
        retrying = AsyncRetrying(
            stop=stop_after_attempt(READ_ATTEMPTS),
            wait=_pause,
            retry=retry_if_exception_type(_TryAgain),
            reraise=True,
        )
        try:
            return await retrying(self._part_once, url, start, length)
        except _TryAgain as last:
            raise (last.error or VendorUnreachable("no answer")) from last

    async def _part_once(self, url: str, start: int, length: int) -> bytes:
        name = self._integration.display_name
        if not url.startswith(("https://", "http://")):
            raise VendorError(f"{name} named a file that is not on the web.")
        request = self._file_request(url, start, length)
        try:
            # The address may open the file by itself; nothing behind its path is told.
            with watched(self._call(request, url.partition("?")[0]), self._told, _kind) as call:
                async with asyncio.timeout(self._deadline):
                    response = await self._http.send(request, stream=True)
                    call.answered(response.status_code, response.headers, b"")
                    try:
                        if response.status_code == NOTHING_THERE:
                            return b""
                        if response.status_code in {WHOLE, PARTIAL}:
                            # Whoever does not know ranges sends the file from its beginning.
                            skipped = start if response.status_code == WHOLE else 0
                            return await _cut(response, skipped, length)
                    finally:
                        await response.aclose()
        except (httpx.RequestError, TimeoutError) as error:
            raise _TryAgain(None, self._unreachable(error), None) from error
        refused = VendorError(f"{name} does not give the file that it wrote: status {response.status_code}.")
        if response.status_code in RETRIED_STATUSES:
            raise _TryAgain(None, refused, None)
        raise refused

    def _file_request(self, url: str, start: int, length: int) -> httpx.Request:
        wanted = {"range": f"bytes={start}-{start + length - 1}", "accept-encoding": "identity"}
        try:
            return self._http.build_request("GET", url, headers=wanted)
        except httpx.InvalidURL as error:
            raise _TryAgain(None, self._unreachable(error), None) from error

    async def write(self, request: VendorRequest) -> VendorAnswer:
        """Sends a request that changes something, once.

        Raises `VendorUnreachable` when it surely never arrived, `OutcomeUnknown` when it may have. An
        answer of any status is returned.
        """
        return await self._send_once(
            request,
            self._authorised,
            advice="Send the same request with the same Idempotency-Key to find out and complete it.",
        )

    async def as_answered(self, request: VendorRequest) -> VendorAnswer:
        """A request of somebody else's making, sent once, and its answer with the status that it has.

        Raises as `write` does, except that a read that was not answered changed nothing.
        """
        try:
            return await self._send_once(request, self._authorised_raw, advice="Look at the record there.")
        except OutcomeUnknown as error:
            if request.method == "GET" and error.__cause__ is not None:
                raise self._unreachable(error.__cause__) from error
            raise

    async def _send_once(self, request: VendorRequest, send: Send, advice: str) -> VendorAnswer:
        try:
            return await self._exchange(request, send)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise self._unreachable(error) from error
        except httpx.RequestError as error:
            raise OutcomeUnknown(
                f"{self._integration.display_name} did not answer after the request was sent "
                f"({_kind(error)}). Whether it took effect is unknown. {advice}"
            ) from error

    async def _exchange(self, request: VendorRequest, send: Send) -> VendorAnswer:
        """One request at the vendor's pace. Raises `httpx.RequestError` when it may have been sent."""
        if self._state.pacer is None:
            return await send(request)
        return await self._state.pacer.send(request, send, self._without_effect)

    async def _authorised(self, request: VendorRequest) -> VendorAnswer:
        """The answer with the status that it means."""
        return self._integration.interpret(await self._authorised_raw(request))

    async def _authorised_raw(self, request: VendorRequest) -> VendorAnswer:
        """With a token where the vendor wants one. A token that is refused is replaced once."""
        token = await self._token()
        answer = await self._send(self._build(request, token))
        if token is None or self._state.tokens is None or self._integration.interpret(answer).status != 401:
            return answer
        self._state.tokens.refused(token)
        return await self._send(self._build(request, await self._token()))

    async def _without_effect(self, request: VendorRequest) -> VendorAnswer:
        """For what precedes a write: a failure here means that nothing was written."""
        try:
            return await self._authorised(request)
        except httpx.RequestError as error:
            raise self._unreachable(error) from error

    async def _token(self) -> str | None:
        if self._state.tokens is None:
            return None
        return await self._state.tokens.token(self._renew or self._ask_for_token)

    async def _ask_for_token(self, refused: str | None) -> Token:  # noqa: ARG002
        grant = self._integration.token
        if grant is None:
            raise LookupError(f"{self._integration.slug} declares no token grant")
        try:
            base_url = self._access.base_url if grant.base_url is None else grant.base_url(self._account)
            answer = await self._send(self._build(grant.request(self._account), None, base_url))
        except httpx.RequestError as error:
            raise self._unreachable(error) from error
        answer = self._integration.interpret(answer)
        if answer.status >= REFUSED_FROM:
            raise self.refusal(answer)
        try:
            given = self.decoded(answer) if grant.header is None else answer.headers.get(grant.header)
            return grant.parse(given)
        except ValueError as error:
            name = self._integration.display_name
            raise VendorError(f"{name}'s answer to the request for a token was not understood.") from error

    @property
    def _scheme(self) -> str:
        grant = self._integration.token
        return "Bearer" if grant is None or self._renew is not None else grant.scheme

    def _build(self, request: VendorRequest, token: str | None, base_url: str | None = None) -> httpx.Request:
        headers = {**self._access.headers, **request.headers}
        if token is not None:
            headers["authorization"] = f"{self._scheme} {token}"
        content = request.content
        if request.body is not None:
            headers.setdefault("content-type", "application/json")
            content = orjson.dumps(request.body)
        query = {name: _in_query(value) for name, value in request.query.items()}
        url = (self._access.base_url if base_url is None else base_url) + request.path
        return self._http.build_request(
            request.method, url, params=query or None, headers=headers, content=content, data=request.form
        )

    async def _send(self, request: httpx.Request) -> VendorAnswer:
        """httpx bounds each step; the deadline bounds the whole, for a vendor that answers in drops."""
        with watched(self._call(request, str(request.url)), self._told, _kind) as call:
            call.request.add(request.content)
            try:
                async with asyncio.timeout(self._deadline):
                    response = await self._http.send(request, stream=True)
                    try:
                        content = await _content(response)
                    finally:
                        await response.aclose()
            except TimeoutError as error:
                raise httpx.ReadTimeout("timed out", request=request) from error
            answer = VendorAnswer(response.status_code, content, dict(response.headers))
            call.answered(answer.status, answer.headers, content)
            return answer

    def _call(self, request: httpx.Request, url: str) -> Call:
        return vendor_call(request, url, self._integration, self._account, self._access)

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

    def _unreachable(self, error: BaseException) -> VendorUnreachable:
        if isinstance(error.__cause__, PrivateAddress):
            return VendorUnreachable(
                "The account's address is on a private network; "
                "CROSSDOCK_ALLOW_PRIVATE_NETWORKS=1 allows that."
            )
        return VendorUnreachable(
            f"{self._integration.display_name} could not be reached: {_kind(error)}.",
        )


def _in_query(value: QueryValue) -> str | list[str]:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int) else list(value)


async def _content(response: httpx.Response) -> bytes:
    parts, size = [], 0
    async for part in response.aiter_bytes():
        size += len(part)
        if size > LARGEST_ANSWER:
            raise httpx.ReadError(f"the answer is over {LARGEST_ANSWER} bytes", request=response.request)
        parts.append(part)
    return b"".join(parts)


async def _cut(response: httpx.Response, skipped: int, length: int) -> bytes:
    """At most `length` bytes behind the first `skipped` ones; nothing more is kept."""
    parts, size, left = [], 0, skipped
    async for part in response.aiter_raw():
        wanted = part[left:][: length - size]
        left = max(0, left - len(part))
        parts.append(wanted)
        size += len(wanted)
        if size == length:
            break
    return b"".join(parts)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds; the date form of the header counts as not given."""
    try:
        return max(0.0, float(headers["retry-after"]))
    except (KeyError, ValueError):
        return None


def _kind(error: BaseException) -> str:
    """What went wrong in words, without the URL, which may name the account."""
    if isinstance(error, httpx.TimeoutException):
        return "timed out"
    if isinstance(error, httpx.LocalProtocolError):
        # Its text shows the header at fault, which may hold a credential.
        return "the request has a header that HTTP cannot carry"
    text = str(error)
    return text if text and "://" not in text else type(error).__name__
