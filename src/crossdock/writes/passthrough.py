"""A caller's own request to the vendor of a connection: credentials added, and nowhere else to go.

What can be reached is what lies under the account's API address. Redirects are answered, never followed.
"""

import re
from base64 import b64encode
from collections.abc import Mapping, Set
from typing import Annotated, Any, Literal
from urllib.parse import unquote

import orjson
from msgspec import UNSET, Meta, Struct, UnsetType

from crossdock.connections.access import Connection
from crossdock.connector import VendorAnswer, VendorRequest
from crossdock.connector.pool import VendorPool
from crossdock.errors import FieldFault, NotImplementedByIntegration, Unprocessable

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
TAKES_DATA = frozenset({"POST", "PUT", "PATCH"})
NOT_MADE = "The request is not one that can be made."
LONGEST_PATH = 2_000
MOST_HEADERS = 50

OURS_TO_SET = frozenset(
    {
        "authorization",
        "connection",
        "content-length",
        "cookie",
        "host",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""Not a caller's to choose: credentials, the host, and the headers of one hop (RFC 9110, section 7.6.1)."""

NOT_HANDED_ON = OURS_TO_SET | {"set-cookie", "content-encoding"}
"""Headers of an answer that stay here: a session is the account's, and the body was decoded."""

HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
HEADER_VALUE = re.compile(r"[\t\x20-\x7e]{0,8000}")


Path = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=LONGEST_PATH,
        description=f"a path of up to {LONGEST_PATH} characters, relative to the account's API address, "
        "such as /orders/1001",
    ),
]
Headers = Annotated[
    dict[str, str],
    Meta(max_length=MOST_HEADERS, description=f"up to {MOST_HEADERS} headers besides the account's own"),
]
Data = Annotated[dict[str, Any] | list[Any], Meta(description="The body, for methods that have one")]


class Passthrough(Struct, forbid_unknown_fields=True):
    """The request that a caller describes."""

    method: Method
    path: Path
    params: dict[str, str | int | float | bool] = {}
    headers: Headers = {}
    data: Data | UnsetType = UNSET


def check_can_be_made(asked: Passthrough) -> None:
    """Raises `Unprocessable` with every fault of a request that cannot be made, or must not be."""
    faults = [*_path_faults(asked.path), *_header_faults(asked.headers)]
    if asked.data is not UNSET and asked.method not in TAKES_DATA:
        faults.append(FieldFault("/data", f"a {asked.method} request carries no data", sorted(TAKES_DATA)))
    if faults:
        raise Unprocessable(NOT_MADE, faults)


def _path_faults(path: str) -> list[FieldFault]:
    """What keeps a path from staying under the account's address, however it is spelled."""
    decoded = path
    for _ in range(3):
        decoded = unquote(decoded)
    wrong = None
    if not path.startswith("/") or decoded.startswith(("//", "/\\")):
        wrong = "must begin with one slash: it is relative to the account's API address"
    elif {"..", "."} & set(re.split(r"[/\\]", decoded)):
        wrong = "must not have . or .. as a segment"
    elif "\\" in decoded or not decoded.isprintable():
        wrong = "must not have a backslash or control characters"
    elif set(path) & {"?", "#"}:
        wrong = "must not have a query or a fragment; use params"
    return [FieldFault("/path", wrong, "/orders/1001")] if wrong else []


def _header_faults(headers: Mapping[str, str]) -> list[FieldFault]:
    return [
        FieldFault(f"/headers/{name}", "is not a header that can be sent")
        for name, value in headers.items()
        if not (HEADER_NAME.fullmatch(name) and HEADER_VALUE.fullmatch(value))
    ]


async def pass_through(vendors: VendorPool, connection: Connection, asked: Passthrough) -> dict[str, Any]:
    """The vendor's answer: `status_code`, `headers` and `body`, whatever the status is.

    A body is decoded JSON, or text; bytes that are neither are in Base64, and `body_encoding` says so.
    Raises `NotImplementedByIntegration`, `VendorUnreachable`, or `OutcomeUnknown` when something may have
    been changed and no answer came.
    """
    integration = connection.integration
    if not integration.passthrough:
        raise NotImplementedByIntegration(
            f"Endpoint passthrough is not implemented for {integration.display_name}"
        )
    vendor = vendors.client(integration, connection.account)
    secret = {name.lower() for name in integration.access(connection.account).headers}
    headers = {
        name.lower(): value
        for name, value in asked.headers.items()
        if name.lower() not in OURS_TO_SET and name.lower() not in secret
    }
    request = VendorRequest(
        asked.method,
        asked.path,
        asked.params,  # type: ignore[arg-type]
        body=None if asked.data is UNSET else asked.data,
        headers=headers,
    )
    kept_back = {integration.token.header} if integration.token else set()
    return _wrapped(await vendor.as_answered(request), NOT_HANDED_ON | kept_back)


def _wrapped(answer: VendorAnswer, kept_back: Set[str | None]) -> dict[str, Any]:
    headers = {name: value for name, value in answer.headers.items() if name not in kept_back}
    wrapped = {"status_code": answer.status, "headers": headers}
    if not answer.content:
        return {**wrapped, "body": None}
    try:
        return {**wrapped, "body": orjson.loads(answer.content)}
    except orjson.JSONDecodeError:
        pass
    try:
        return {**wrapped, "body": answer.content.decode()}
    except UnicodeDecodeError:
        return {**wrapped, "body": b64encode(answer.content).decode(), "body_encoding": "base64"}
