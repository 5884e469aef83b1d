"""What Crossdock answers when it cannot do what was asked.

Every room raises these; only `http` turns them into responses. `origin` follows the wire contract:
`trackstar` when the refusal is this service's own, `integration` when the words are the vendor's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Origin = Literal["trackstar", "integration"]


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One thing wrong with a request: `pointer` is a JSON Pointer (RFC 6901) into the body."""

    pointer: str
    message: str
    accepted: Any = None

    def as_json(self) -> dict[str, Any]:
        """The fault as it stands in an error body; `accepted` is left out when nothing is known."""
        row: dict[str, Any] = {"pointer": self.pointer, "message": self.message}
        if self.accepted is not None:
            row["accepted"] = self.accepted
        return row


class ApiError(Exception):
    """A refusal with an HTTP status, an origin, further body keys and further headers."""

    status = 500
    origin: Origin = "trackstar"

    def __init__(
        self,
        message: str,
        *,
        extra: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.extra = dict(extra or {})
        self.headers = dict(headers or {})


class BadRequest(ApiError):
    """400: the idempotency key was used for something else."""

    status = 400


class Unauthorized(ApiError):
    """401: the API key or access token is missing, unknown, revoked or another organisation's."""

    status = 401


class Forbidden(ApiError):
    """403: known, but not allowed."""

    status = 403


class NotFound(ApiError):
    """404: no such path, integration or stored record."""

    status = 404


class Conflict(ApiError):
    """409: the first request with this idempotency key has not ended."""

    status = 409


class PreconditionFailed(ApiError):
    """412: the record is not the one that `If-Match` names any more; `current` has what it is now."""

    status = 412


class TooLarge(ApiError):
    """413: the body is over the limit."""

    status = 413


class UnsupportedMediaType(ApiError):
    """415: the body is not declared as JSON."""

    status = 415


class TooManyRequests(ApiError):
    """429: the access token made as many requests as it may in this second."""

    status = 429


class HeadersTooLarge(ApiError):
    """431: the request's headers are over the limit."""

    status = 431


class NotImplementedByIntegration(ApiError):
    """501: the integration lacks this function."""

    status = 501


class Unavailable(ApiError):
    """503: a part this service stands on is locked or gone; the same request may be sent again."""

    status = 503

    def __init__(self, message: str, retry_after: int = 1) -> None:
        super().__init__(message, headers={"retry-after": str(retry_after)})


class Unprocessable(ApiError):
    """422: every fault found, each with its place.

    `location` says what the pointers point into: `json`, `query`, `path` or `headers`. The body carries
    the contract's `detail` (location, field, messages) and, with the pointers, `errors`.
    """

    status = 422

    def __init__(
        self,
        message: str,
        faults: Sequence[FieldFault] = (),
        location: str = "json",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        by_field: dict[str, list[str]] = {}
        for fault in faults:
            name = fault.pointer.lstrip("/").replace("/", ".") or "body"
            by_field.setdefault(name, []).append(fault.message)
        errors = [fault.as_json() for fault in faults]
        super().__init__(message, extra={"detail": {location: by_field}, "errors": errors}, headers=headers)
        self.faults = tuple(faults)


class VendorError(ApiError):
    """The vendor refused, or could not be reached; `status` is decided where it is raised."""

    status = 502
    origin: Origin = "integration"

    def __init__(
        self,
        message: str,
        *,
        status: int = 502,
        extra: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message, extra=extra, headers=headers)
        self.status = status


class VendorUnreachable(VendorError):
    """502: no usable answer came and nothing was changed at the vendor."""


class ShutOut(VendorError):
    """401: the vendor renews the access of the account no more; its owner has to connect it anew."""

    def __init__(self, message: str) -> None:
        super().__init__(message, status=401, extra={"vendor_status": 401})


class OutcomeUnknown(VendorError):
    """A write was sent and may or may not have taken effect: 504 when no answer came at all."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 504,
        extra: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(
            message, status=status, extra={"outcome": "unknown", **(extra or {})}, headers=headers
        )
