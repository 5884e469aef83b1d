"""What travels between a connector and its vendor, as plain values: no HTTP happens here."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote

import orjson

Account = Mapping[str, str]
"""The credential fields of one connected account, by name. Secret: never logged, never in an error."""

QueryValue = str | int | bool | Sequence[str]
"""A value in a query; a list is repeated under its name."""


@dataclass(frozen=True, slots=True)
class VendorRequest:
    """A request to the vendor. `path` is relative to the account's base URL; see `vendor_path`.

    At most one of `body` (sent as JSON), `form` (URL-encoded) and `content` (bytes, with a content type among
    the headers) is given. `headers` are added to those of the account.
    """

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str
    query: Mapping[str, QueryValue] = field(default_factory=dict)
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] | None = None
    content: bytes | None = None


def vendor_path(*segments: str | int) -> str:
    """A path of those segments, each quoted so that nothing in it can lead elsewhere."""
    return "".join(f"/{quote(str(segment), safe='')}" for segment in segments)


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
class Reads(Mapping[str, Any]):
    """Decoded answers of the reads that a translation asked for, by the name it gave them; `None` for a 404.

    `headers` has the headers of each answer, names in lower case, for what is not in a body: an ETag.
    """

    decoded: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.decoded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.decoded)

    def __len__(self) -> int:
        return len(self.decoded)


@dataclass(frozen=True, slots=True)
class Access:
    """Where an account's API is and the headers that open it. `repr` shows no secret."""

    base_url: str
    headers: Mapping[str, str] = field(repr=False, default_factory=dict)
    secret_headers: frozenset[str] = frozenset({"authorization"})

    def redacted_headers(self) -> dict[str, str]:
        """The headers as they may be shown: secret ones keep their name, `Authorization` its scheme."""
        shown = {}
        for name, value in self.headers.items():
            if name.lower() in self.secret_headers:
                scheme, separator, _ = value.partition(" ")
                has_scheme = separator and name.lower() == "authorization"
                shown[name] = f"{scheme} [redacted]" if has_scheme else "[redacted]"
            else:
                shown[name] = value
        return shown

    def secrets(self) -> list[str]:
        """The values of the secret headers, without the scheme of `Authorization`."""
        secret = [value for name, value in self.headers.items() if name.lower() in self.secret_headers]
        return [value.rpartition(" ")[2] for value in secret]


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token and for how many seconds it is good."""

    value: str = field(repr=False)
    lifetime: float


def always(account: Account) -> bool:  # noqa: ARG001
    """For vendors where every account needs a token."""
    return True


@dataclass(frozen=True, slots=True)
class TokenGrant:
    """How an account gets the bearer token that opens everything else.

    `request(account)` asks for one and carries what that needs; `parse(decoded)` reads it. Raises
    `ValueError` when the answer is not of the vendor's shape. The token is sent as
    `Authorization: <scheme>`, renewed before it ends and when the vendor answers 401.

    Where the token is in a header of the answer, `header` is its name in lower case, and `parse` is given its
    value, `None` where there is none. Accounts that are not `needed(account)` get in without a token.
    `base_url(account)` is where tokens are asked for when that is another server than the API's.
    """

    request: Callable[[Account], VendorRequest]
    parse: Callable[[Any], Token]
    header: str | None = None
    needed: Callable[[Account], bool] = always
    scheme: str = "Bearer"
    base_url: Callable[[Account], str] | None = None


@dataclass(frozen=True, slots=True)
class Blame:
    """A place in a request that a vendor's refusal is about, as a JSON Pointer into the request's body.

    It may leave out list indexes and the beginning: `/lines/0/sku`, `/lines/sku` and `/sku` are understood.
    """

    place: str
    words: str


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
