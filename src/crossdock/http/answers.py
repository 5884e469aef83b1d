"""What doors answer, as the types that `GET /openapi.json` publishes and that the routes fill in."""

from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType
from starlette.responses import Response

from crossdock.connections.access import Role
from crossdock.connections.bounds import Bounds


class LinkToken(Struct):
    """What opens `/link/connect` for one account."""

    link_token: str


class LinkFollowed(LinkToken):
    """What opens `/link/connect` for one account, and the type of system that the link is for."""

    integration_type: str


class LinkEnded(Struct):
    """What a link ended in: the code for `/link/exchange`."""

    auth_code: str
    integration_name: str


class Connected(Struct):
    """A connection and the access token that opens it."""

    access_token: str
    connection_id: str
    integration_name: str
    customer_id: str | None
    available_actions: list[str]
    available_endpoints: list[str]


class MagicLink(Bounds, frozen=True, kw_only=True):
    """A magic link. Its URL is only in the answer of the request that made it."""

    id: str
    expires_at: str
    customer_id: str | None
    connection_id: str | None
    used_at: str | None
    url: str | UnsetType = UNSET


class OneMagicLink(Struct):
    """One magic link."""

    magic_link: MagicLink


class MagicLinks(Struct):
    """Magic links."""

    magic_links: list[MagicLink]


class SignedIn(Struct):
    """Who is signed in."""

    id: str
    email: str
    name: str
    role: Role


class Organisation(Struct):
    """Whose people, keys and connections they are."""

    id: str
    name: str


class Session(Struct):
    """A session; requests that change something send its token along, in `x-crossdock-csrf`."""

    user: SignedIn
    organisation: Organisation
    csrf_token: str


class ApiKey(Struct):
    """An API key, without the key itself."""

    id: str
    name: str
    hint: str
    read_only: bool
    created_at: str
    revoked_at: str | None


class ApiKeys(Struct):
    """API keys."""

    data: list[ApiKey]


class NewApiKey(ApiKey):
    """An API key that was just made, with the key itself."""

    api_key: str


class Written(Struct):
    """What came of a write: the record as it is now, or the records where several were written."""

    data: dict[str, Any] | list[dict[str, Any]] | str
    unused_fields: list[str]
    id: str | UnsetType = UNSET


class Rehearsed(Struct):
    """What a write with `X-Dry-Run` would have sent."""

    dry_run: bool
    vendor_request: dict[str, Any] | None
    unused_fields: list[str]
    further_vendor_requests: list[dict[str, Any]] | UnsetType = UNSET


def answered(answer: Struct, status: int = 200) -> Response:
    """The answer as JSON that nothing on the way keeps."""
    headers = {"cache-control": "no-store"}
    return Response(msgspec.json.encode(answer), status, headers, media_type="application/json")
