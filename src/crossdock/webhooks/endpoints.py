"""Webhook endpoints as callers manage them: checked, with secrets that can be rotated."""

import asyncio
import ipaddress
import socket
from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import urlsplit

import orjson
from msgspec import UNSET, Meta, Struct, UnsetType

from crossdock.connections.vault import Vault
from crossdock.connector.network_guard import is_public
from crossdock.errors import FieldFault, Unprocessable
from crossdock.schemas.events import EVENT_TYPES
from crossdock.schemas.times import wire_epoch
from crossdock.storage.webhooks import EndpointRow
from crossdock.webhooks.signing import new_secret

LONGEST_URL = 2_000
LONGEST_DESCRIPTION = 500
DEFAULT_GRACE = 24 * 3600
LONGEST_GRACE = 7 * 24 * 3600
"""Seconds that a secret stays valid after it was rotated."""

EventType = Annotated[str, Meta(extra_json_schema={"enum": list(EVENT_TYPES)})]
EventTypes = Annotated[
    list[EventType],
    Meta(
        min_length=1,
        max_length=len(EVENT_TYPES),
        description="a list of event types, or null for all of them",
    ),
]
Url = Annotated[
    str,
    Meta(max_length=LONGEST_URL, description=f"a URL of up to {LONGEST_URL} characters that events go to"),
]
Description = Annotated[
    str,
    Meta(
        max_length=LONGEST_DESCRIPTION,
        pattern="^[^\\x00]*$",
        description=f"a text of up to {LONGEST_DESCRIPTION} characters",
    ),
]
Enabled = Annotated[
    bool, Meta(description="Whether events are delivered; true lets an endpoint begin anew that was disabled")
]
Grace = Annotated[
    int,
    Meta(
        ge=0,
        le=LONGEST_GRACE,
        description=f"a whole number from 0 to {LONGEST_GRACE}, the seconds that the old secret stays valid",
    ),
]


class EndpointChanges(Struct, forbid_unknown_fields=True):
    """What changes about a webhook endpoint."""

    url: Url | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    event_types: EventTypes | UnsetType | None = UNSET
    enabled: Enabled | UnsetType = UNSET


class NewEndpoint(EndpointChanges, kw_only=True):
    """A webhook endpoint to be made."""

    url: Url


class Rotation(Struct, forbid_unknown_fields=True):
    """How the secret of an endpoint is replaced."""

    grace_seconds: Grace = DEFAULT_GRACE


class Trial(Struct, forbid_unknown_fields=True):
    """What a made-up event is of."""

    event_type: EventType


async def check_url(url: str, *, allow_private_networks: bool) -> None:
    """Raises `Unprocessable` for a URL that events cannot be sent to, or must not."""
    wrong = await _wrong_url(url, allow_private_networks)
    if wrong:
        raise Unprocessable("The endpoint is not accepted.", [FieldFault("/url", wrong)])


async def _wrong_url(url: str, allow_private_networks: bool) -> str | None:
    """What is wrong with a URL, or `None`."""
    if not url.isprintable() or " " in url:
        return "must be a URL, without spaces"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return "must be a URL"
    wrong = None
    if parts.scheme not in {"https", "http"} or not host:
        wrong = "must begin with https:// and name a host"
    elif parts.scheme == "http" and not allow_private_networks:
        wrong = "must begin with https://"
    elif parts.username is not None or parts.password is not None:
        wrong = "must not have a user name or password; the signature tells who sends"
    elif not allow_private_networks:
        wrong = await _wrong_address(host, port or 443)
    return wrong


async def _wrong_address(host: str, port: int) -> str | None:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return f"the host {host} has no address"
    addresses = {str(entry[4][0]) for entry in found}
    if all(is_public(address) for address in addresses):
        return None
    literal = " " if _is_literal(host) else " resolves to an address that "
    return f"the host{literal}is on a private network; CROSSDOCK_ALLOW_PRIVATE_NETWORKS=1 allows that"


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def first_secret(vault: Vault) -> bytes:
    """The encrypted secrets of a new endpoint."""
    return vault.encrypt({"current": new_secret()})


def rotated(vault: Vault, row: EndpointRow, grace: float, now: float) -> bytes:
    """The encrypted secrets after a new one was made; the old one is valid for `grace` seconds more."""
    current = vault.decrypt(row.secrets)["current"]
    kept = {"current": new_secret(), "previous": current, "previous_until": str(now + grace)}
    return vault.encrypt(kept)


def valid_secrets(vault: Vault, row: EndpointRow, now: float) -> Sequence[str]:
    """The secrets that sign at this moment, the newest first."""
    kept = vault.decrypt(row.secrets)
    if "previous" in kept and now < float(kept["previous_until"]):
        return [kept["current"], kept["previous"]]
    return [kept["current"]]


def columns(given: Mapping[str, Any], now: float) -> dict[str, Any]:
    """The columns that fields of a body are stored in."""
    values: dict[str, Any] = {name: given[name] for name in ("url", "description") if name in given}
    if "event_types" in given:
        types = given["event_types"]
        values["event_types"] = None if types is None else orjson.dumps(types).decode()
    if given.get("enabled") is True:
        values |= {"disabled_at": None, "disabled_reason": None, "failing_since": None}
    elif given.get("enabled") is False:
        values |= {"disabled_at": now, "disabled_reason": "It was disabled by a caller."}
    return values


def as_json(row: EndpointRow) -> dict[str, Any]:
    """An endpoint as the API answers it; its secrets are asked for by themselves."""
    return {
        "id": row.id,
        "url": row.url,
        "description": row.description,
        "event_types": row.event_types,
        "enabled": row.disabled_at is None,
        "disabled_reason": row.disabled_reason,
        "disabled_at": None if row.disabled_at is None else wire_epoch(row.disabled_at),
        "failing_since": None if row.failing_since is None else wire_epoch(row.failing_since),
        "created_at": wire_epoch(row.created_at),
    }
