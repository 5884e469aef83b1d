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
from oauthlib.oauth2 import WebApplicationClient

from crossdock.catalog import Catalog
from crossdock.connections.granted import NewGrant, NotGranted, Tokens, read_answer
from crossdock.connections.keys import LONGEST_FIELD, digest
from crossdock.connections.links import finish, good_link, offered
from crossdock.connections.oauth_clients import Clients, token_url
from crossdock.connections.vault import Vault
from crossdock.connector import Account, Integration, Token
from crossdock.connector.calls import Actor, current_cause
from crossdock.connector.oauth import GRANT_ID, OAuthGrant
from crossdock.connector.pool import VendorPool
from crossdock.errors import ApiError, FieldFault, NotFound, Unauthorized, Unprocessable
from crossdock.storage import oauth_states
from crossdock.storage.database import Database

LIFETIME = 10 * 60.0
CALLBACK = "/link/oauth/callback"
LONGEST_STATE = 200


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
        self._token_url(integration, grant, account)
        client = WebApplicationClient(self._clients[integration.slug].client_id)
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
            **grant.further,
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

    async def come_back(self, query: Mapping[str, str]) -> str:
        """Takes the owner back and connects the account; the connection's id.

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
            cause = current_cause()
            if cause is not None:
                cause.organisation_id = link.organisation_id
                cause.actor = Actor("link", link.id, link.customer_id)
            code, name, connection_id = await self._connected(begun, query)
        except ApiError as refused:
            await self._end(state, {"error": refused.message})
            raise
        await self._end(state, {"auth_code": code, "integration_name": name})
        return connection_id

    async def _connected(self, begun: Mapping[str, str], query: Mapping[str, str]) -> tuple[str, str, str]:
        type_, name = begun["slug"].split("/")
        integration = self._catalog.get(type_, name)
        grant = self._grant(integration)
        known_as = self._clients[integration.slug]
        if not grant.signed(query, known_as.client_secret):
            raise Unauthorized(f"What came back is not signed by {integration.display_name}.")
        if "code" not in query:
            words = query.get("error_description") or query.get("error") or "without a code"
            raise Unprocessable(f"{integration.display_name} did not agree: {words[:LONGEST_FIELD]}")
        account: Account = orjson.loads(begun["account"])
        client = WebApplicationClient(known_as.client_id)
        form = client.prepare_request_body(
            code=query["code"],
            redirect_uri=self._redirect_uri,
            client_secret=known_as.client_secret,
            code_verifier=begun["verifier"],
        )
        url, asked_at = self._token_url(integration, grant, account), time.time()
        answer = await self._vendors.post_form(integration, url, form)
        sent = [query["code"], known_as.client_secret, begun["verifier"]]
        try:
            told = read_answer(client, answer, sent)
            account = grant.account(account, told)
            lifetime = 0.0 if grant.renewal is None else grant.renewal.lifetime
            new = None if grant.renewal is None else NewGrant(Tokens.of(told, None, asked_at, lifetime))
        except NotGranted as refusal:
            said = f"{integration.display_name} gave no token: {refusal.words}"
            raise Unprocessable(said) from refusal
        except (ValueError, LookupError):
            # What is not understood may hold a token: none of it is told.
            said = f"{integration.display_name} gave a token, but its answer was not understood."
            raise Unprocessable(said) from None
        if new is not None:
            account = {**account, GRANT_ID: new.id}
            token = Token(new.tokens.access_token, new.tokens.lifetime)
            self._vendors.remember_token(integration, account, token)
        account = await self._found_out(integration, grant, account)
        made = await finish(
            self._database,
            self._vault,
            self._vendors,
            self._catalog,
            begun["link_token"],
            (type_, name),
            {name: value for name, value in account.items() if name != GRANT_ID},
            new,
        )
        return made.auth_code, name, made.connection_id

    def _token_url(self, integration: Integration, grant: OAuthGrant, account: Account) -> str:
        """Raises `Unprocessable`, at the fields that say otherwise than usual where the account is."""
        try:
            return token_url(grant, account, self._clients[integration.slug])
        except ValueError as error:
            fields = [one for one in integration.credential_fields if one.name in grant.asked_first]
            unusual = [one for one in fields if one.default and account.get(one.name) != one.default]
            faults = [FieldFault(f"/fields/{one.name}", str(error)) for one in unusual]
            raise Unprocessable(f"{integration.slug} cannot be agreed to there: {error}.", faults) from None

    async def _found_out(self, integration: Integration, grant: OAuthGrant, account: Account) -> Account:
        """With what the owner did not say. Raises `Unprocessable`, or `VendorError` when nobody answers."""
        left_out = [name for name in grant.may_be_left_out if name not in account]
        if grant.find_out is None or not left_out:
            return account
        client = self._vendors.client(integration, account)
        answer = await client.read_json(grant.find_out.request(account))
        try:
            return grant.find_out.account(account, answer)
        except ValueError as error:
            faults = [FieldFault(f"/fields/{name}", str(error)) for name in left_out]
            raise Unprocessable(f"{integration.display_name} let the app in, but {error}.", faults) from error

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
        if value is None and name in grant.may_be_left_out:
            continue
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
