"""What travels between a connector and its vendor, as plain values: no HTTP happens here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson

Account = Mapping[str, str]
"""The credential fields of one connected account, by name. Secret: never logged, never in an error."""

QueryValue = str | int | bool


@dataclass(frozen=True, slots=True)
class VendorRequest:
    """A request to the vendor: `path` is relative to the account's base URL, `body` is sent as JSON."""

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str
    query: Mapping[str, QueryValue] = field(default_factory=dict)
    body: Any = None


@dataclass(frozen=True, slots=True)
class VendorAnswer:
    """What the vendor answered. `headers` have lower-case names."""

    status: int
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    def json(self) -> Any:
        """The decoded body. Raises `ValueError` when it is not JSON."""
        return orjson.loads(self.content)


@dataclass(frozen=True, slots=True)
class Access:
    """Where an account's API is and the headers that open it. `repr` shows no secret."""

    base_url: str
    headers: Mapping[str, str] = field(repr=False)
    secret_headers: frozenset[str] = frozenset({"authorization"})

    def redacted_headers(self) -> dict[str, str]:
        """The headers as they may be shown: the secret ones keep their name and scheme only."""
        shown = {}
        for name, value in self.headers.items():
            if name.lower() in self.secret_headers:
                scheme, separator, _ = value.partition(" ")
                shown[name] = f"{scheme} [redacted]" if separator else "[redacted]"
            else:
                shown[name] = value
        return shown


def vendor_words(answer: VendorAnswer) -> str:
    """The vendor's own sentence in an answer, unchanged: a JSON `message` or `error`, or else the whole body.

    Empty when the body is empty. Vendors that speak otherwise give their own function.
    """
    try:
        body = answer.json()
    except ValueError:
        return answer.content.decode("utf-8", "replace")
    if isinstance(body, dict):
        for key in ("message", "error"):
            if isinstance(body.get(key), str) and body[key]:
                return str(body[key])
    return answer.content.decode("utf-8", "replace")
