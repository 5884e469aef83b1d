"""Connecting by OAuth: the account's owner goes to the vendor, agrees there, and comes back with a code.

The state that goes along is random, good once and for ten minutes, and bound to the link, the system and what
was filled in. The code verifier (PKCE, S256) never leaves the server.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
import sqlalchemy as sa
from oauthlib.common import add_params_to_uri
from oauthlib.oauth2 import OAuth2Error, WebApplicationClient

from crossdock.catalog import Catalog
from crossdock.connections.keys import LONGEST_FIELD, digest
from crossdock.connections.links import finish, good_link, offered
from crossdock.connections.vault import Vault
from crossdock.connector import Integration
from crossdock.connector.oauth import OAuthGrant
from crossdock.connector.pool import VendorPool
from crossdock.errors import ApiError, FieldFault, NotFound, Unauthorized, Unprocessable
from crossdock.storage import oauth_states
from crossdock.storage.database import Database
from crossdock.storage.links import LinkRow

LIFETIME = 10 * 60.0
CALLBACK = "/link/oauth/callback"
LONGEST_STATE = 200

Clients = Mapping[str, tuple[str, str]]
"""The client id and secret that the operator has at a vendor, by the integration's slug."""


@dataclass(frozen=True, slots=True)
class Begun:
    """Where to send the account's owner, and by what to ask how that ended."""

    authorize_url: str
    handle: str = field(repr=False)


class OAuth:
    """The ways to vendors and back. `public_url` is where browsers reach this service."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        vendors: VendorPool,
        catalog: Catalog,
        clients: Clients,
        public_url: str,
    ) -> None:
        self._database = database
        self._vault = vault
        self._vendors = vendors
        self._catalog = catalog
        self._clients = clients
        self._redirect_uri = public_url + CALLBACK

    def offers(self, integration: Integration) -> bool:
        """Whether the operator is known to the vendor, so that accounts of it can be connected so."""
        return integration.oauth is not None and integration.slug in self._clients

    async def begin(self, link_token: str, slug: tuple[str, str], fields: Mapping[str, str]) -> Begun:
        """Begins one. Raises `Unauthorized`, `NotFound`, or `Unprocessable` naming the field at fault."""

        def find(db: sa.Connection) -> Integration | None:
            able = offered(db, self._catalog, good_link(db, link_token))
            return next((one for one in able if (one.type, one.name) == slug), None)

        integration = await self._database.read(find)
        if integration is None or not self.offers(integration):
            raise NotFound(f"{'/'.join(slug)} cannot be connected by OAuth with this link.")
        grant = self._grant(integration)
        account = _asked_first(integration, grant, fields)
        client = WebApplicationClient(self._clients[integration.slug][0])
        state, handle = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        verifier = client.create_code_verifier(64)
        asked = {
            "response_type": "code",
            "client_id": client.client_id,
            "redirect_uri": self._redirect_uri,
            "scope": grant.scope_separator.join(grant.scopes),
            "state": state,
            "code_challenge": client.create_code_challenge(verifier, "S256"),
            "code_challenge_method": "S256",
        }
        # Where the account is was its owner's to say, http or not, as for accounts without OAuth.
        url = add_params_to_uri(grant.authorize_url(account), asked)
        kept = {
            "link_token": link_token,
            "slug": "/".join(slug),
            "account": orjson.dumps(dict(account)).decode(),
            "verifier": verifier,
        }
        sealed, ends = self._vault.encrypt(kept), time.time() + LIFETIME
        await self._database.write(oauth_states.add_state, digest(state), digest(handle), sealed, ends)
        return Begun(url, handle)

    async def come_back(self, query: Mapping[str, str]) -> tuple[LinkRow, str]:
        """Takes the owner back and connects the account; the link, and the connection's id.

        Raises `Unauthorized` for a state that is forged, used or expired, and what `finish` raises, which is
        also told to whoever asks by the handle.
        """
        state = query.get("state", "")
        kept = None
        if 0 < len(state) <= LONGEST_STATE:
            kept = await self._database.write(oauth_states.take_state, digest(state), time.time())
        if kept is None:
            raise Unauthorized("This way back is not known, was used, or took too long. Begin anew.")
        begun = self._vault.decrypt(kept)
        try:
            link = await self._database.read(good_link, begun["link_token"])
            code, name, connection_id = await self._connected(begun, query)
        except ApiError as refused:
            await self._end(state, {"error": refused.message})
            raise
        await self._end(state, {"auth_code": code, "integration_name": name})
        return link, connection_id

    async def _connected(self, begun: Mapping[str, str], query: Mapping[str, str]) -> tuple[str, str, str]:
        type_, name = begun["slug"].split("/")
        integration = self._catalog.get(type_, name)
        grant = self._grant(integration)
        client_id, client_secret = self._clients[integration.slug]
        if not grant.signed(query, client_secret):
            raise Unauthorized(f"What came back is not signed by {integration.display_name}.")
        if "code" not in query:
            words = query.get("error_description") or query.get("error") or "without a code"
            raise Unprocessable(f"{integration.display_name} did not agree: {words[:LONGEST_FIELD]}")
        account = orjson.loads(begun["account"])
        client = WebApplicationClient(client_id)
        form = client.prepare_request_body(
            code=query["code"],
            redirect_uri=self._redirect_uri,
            client_secret=client_secret,
            code_verifier=begun["verifier"],
        )
        answer = await self._vendors.post_form(integration, grant.token_url(account), form)
        try:
            token = client.parse_request_body_response(answer.content.decode("utf-8", "replace"))
            account = dict(grant.account(account, token))
        except (OAuth2Error, ValueError, LookupError) as error:
            words = integration.words(answer) or f"{integration.display_name} answered {answer.status}"
            raise Unprocessable(f"{integration.display_name} gave no token: {words}") from error
        made = await finish(
            self._database,
            self._vault,
            self._vendors,
            self._catalog,
            begun["link_token"],
            (type_, name),
            account,
        )
        return made.auth_code, name, made.connection_id

    async def _end(self, state: str, result: Mapping[str, str]) -> None:
        await self._database.write(oauth_states.put_result, digest(state), self._vault.encrypt(dict(result)))

    async def result(self, handle: str) -> Mapping[str, Any] | None:
        """How it ended, told once; `None` while it is under way. Raises `Unauthorized` for no such handle."""
        row = None
        if 0 < len(handle) <= LONGEST_STATE:
            row = await self._database.read(oauth_states.find_result, digest(handle), time.time())
        if row is None:
            raise Unauthorized("This is not known, was told already, or took too long. Begin anew.")
        if row.result is None:
            return None
        await self._database.write(oauth_states.remove_state, digest(handle))
        return self._vault.decrypt(row.result)

    def _grant(self, integration: Integration) -> OAuthGrant:
        if integration.oauth is None:
            raise NotFound(f"{integration.slug} has no OAuth.")
        return integration.oauth


def _asked_first(integration: Integration, grant: OAuthGrant, fields: Mapping[str, str]) -> dict[str, str]:
    """What has to be known before, checked. Raises `Unprocessable`."""
    known = {one.name: one for one in integration.credential_fields if one.name in grant.asked_first}
    faults = [
        FieldFault(f"/fields/{name}", "unknown field", list(known)) for name in fields if name not in known
    ]
    account: dict[str, str] = {}
    for name, one in known.items():
        value = fields.get(name, one.default)
        if value is None:
            faults.append(FieldFault(f"/fields/{name}", f"is required: {one.description}"))
        elif len(value) > LONGEST_FIELD or "\x00" in value:
            faults.append(FieldFault(f"/fields/{name}", f"must have at most {LONGEST_FIELD} characters"))
        elif wrong := one.fault(value):
            faults.append(FieldFault(f"/fields/{name}", wrong))
        else:
            account[name] = value
    if faults:
        raise Unprocessable("What is asked first is not complete or not valid.", faults)
    return account
