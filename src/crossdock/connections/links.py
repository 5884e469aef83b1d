"""How somebody else connects an account: by a link that an organisation gives them, which ends in a code.

A link's token opens nothing but the connecting of one account. The code it ends in is exchanged once, by the
organisation's own key, for the connection's access token.
"""

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from crossdock.catalog import Catalog
from crossdock.connections.bounds import decode
from crossdock.connections.granted import NewGrant
from crossdock.connections.install import TOKEN_PREFIX, checked_fields, try_credentials
from crossdock.connections.keys import LONGEST_FIELD, digest
from crossdock.connections.opened import opened
from crossdock.connections.vault import Vault
from crossdock.connector import Integration
from crossdock.connector.oauth import GRANT_ID
from crossdock.connector.pool import VendorPool
from crossdock.errors import FieldFault, NotFound, Unauthorized, Unprocessable
from crossdock.storage import accounts, links, magic_links, oauth_grants
from crossdock.storage.database import Database
from crossdock.storage.links import LinkRow
from crossdock.storage.schedules import pause, set_all_due

LINK_PREFIX = "crossdock_link_"
CODE_PREFIX = "crossdock_code_"
TOKEN_LIFETIME = 30 * 60.0
"""Seconds that a link token is good: the time in which somebody fills in a form."""

CODE_LIFETIME = 10 * 60.0
DAY = 24 * 3600.0
SANDBOX = "sandbox"


@dataclass(frozen=True, slots=True)
class Linked:
    """How a link ended: the code to be exchanged, and what was connected."""

    auth_code: str = field(repr=False)
    integration: Integration
    connection_id: str


def new_link(
    db: sa.Connection,
    organisation_id: str,
    customer_id: str | None,
    connection_id: str | None,
    *,
    bounds: str | None = None,
    magic_link_id: str | None = None,
) -> str:
    """The token of a link for one account. Raises `NotFound` for a connection of somebody else.

    With `connection_id` the link is for that connection's account, which is to be connected anew. `bounds`
    are those of the magic link that it comes from.
    """
    if connection_id is not None:
        row = accounts.connection_by_id(db, connection_id)
        if row is None or row.organisation_id != organisation_id:
            raise NotFound("The organisation has no connection of that id.", extra={"id": connection_id})
    token = LINK_PREFIX + secrets.token_urlsafe(32)
    now = time.time()
    links.sweep_links(db, now - DAY)
    links.add_link(
        db,
        organisation_id=organisation_id,
        digest=digest(token),
        customer_id=customer_id,
        connection_id=connection_id,
        now=now,
        expires_at=now + TOKEN_LIFETIME,
        bounds=bounds,
        magic_link_id=magic_link_id,
    )
    return token


def good_link(db: sa.Connection, token: str, *, lock: bool = False) -> LinkRow:
    """The link that a token opens.

    Raises `Unauthorized` for one that is unknown, expired or used, and for one of a magic link that is.
    """
    row = links.find_link(db, digest(token), lock=lock) if len(token) <= LONGEST_FIELD else None
    if row is None:
        raise Unauthorized("The link is not known.")
    if row.used_at is not None:
        raise Unauthorized("The link was used already; ask for a new one.")
    if row.expires_at <= time.time():
        raise Unauthorized("The link has expired; ask for a new one.")
    if row.magic_link_id is not None:
        good_magic_link(magic_links.find_magic_link(db, magic_link_id=row.magic_link_id, lock=lock))
    return row


def good_magic_link(row: sa.Row[Any] | None) -> sa.Row[Any]:
    """The magic link, if it still connects anything. Raises `Unauthorized`."""
    if row is None:
        raise Unauthorized("The magic link is not known, or was withdrawn; ask for a new one.")
    if row.used_at is not None:
        raise Unauthorized("An account was connected with this magic link already; ask for a new one.")
    if row.expires_at <= time.time():
        raise Unauthorized("The magic link has expired; ask for a new one.")
    return row


def offered(
    db: sa.Connection, catalog: Catalog, link: LinkRow, *, sandboxes: bool = False
) -> Sequence[Integration]:
    """The integrations that a link is for: all, or that of the connection which is to be made anew.

    Sandboxes are among them only for whoever wants `sandboxes`, and never by a magic link.
    """
    if link.connection_id is None:
        bounds = None if link.bounds is None else decode(link.bounds)
        return [
            one
            for one in catalog.all()
            if (one.name != SANDBOX or (sandboxes and bounds is None and not one.from_files))
            and (bounds is None or bounds.allows(one))
        ]
    row = accounts.connection_by_id(db, link.connection_id)
    return [] if row is None else [catalog.get(row.integration_type, row.integration_name)]


async def finish(
    database: Database,
    vault: Vault,
    vendors: VendorPool,
    catalog: Catalog,
    link_token: str,
    slug: tuple[str, str],
    fields: Mapping[str, str],
    new_grant: NewGrant | None = None,
) -> Linked:
    """Connects an account with a link. The link is used up by it, once, whoever is quicker.

    `new_grant` are the tokens of an account by OAuth, where those end.

    Raises `Unauthorized` for a link that is not good, `NotFound` for an integration that it does not offer
    and `Unprocessable` naming the field at fault.
    """
    link = await database.read(good_link, link_token)
    able = await database.read(offered, catalog, link)
    integration = next((one for one in able if (one.type, one.name) == slug), None)
    if integration is None:
        raise NotFound(f"{'/'.join(slug)} cannot be connected with this link.")
    if new_grant is None:
        account = checked_fields(integration, fields)
    else:
        not_wanted = () if integration.oauth is None else integration.oauth.not_wanted
        account = {**checked_fields(integration, fields, not_wanted), GRANT_ID: new_grant.id}
    await try_credentials(vendors, integration, account)
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    code = CODE_PREFIX + secrets.token_urlsafe(32)

    def store(db: sa.Connection) -> str:
        held = _taken(db, link_token)
        now = time.time()
        if held.connection_id is None:
            left_out = () if held.bounds is None else decode(held.bounds).disabled_functions
            writes = [write.action.name for write in integration.writes]
            connection_id = accounts.add_connection(
                db,
                organisation_id=held.organisation_id,
                integration_type=integration.type,
                integration_name=integration.name,
                credentials=vault.encrypt(account),
                token_digest=digest(token),
                allowed_actions=[name for name in writes if name not in left_out] if left_out else None,
            )
            if held.customer_id is not None:
                accounts.change_connection(db, connection_id, {"customer_id": held.customer_id})
            opened(db, vault, connection_id, integration, token)
            for function_name in left_out:
                pause(db, connection_id, function_name, True, now)
        else:
            connection_id = held.connection_id
            accounts.replace_credentials(db, connection_id, vault.encrypt(account))
            accounts.add_token(db, connection_id, digest(token))
            set_all_due(db, connection_id, now)
        if new_grant is None:
            oauth_grants.remove_grant(db, connection_id)
        else:
            oauth_grants.put_grant(db, connection_id, new_grant.id, vault.encrypt(new_grant.tokens.kept))
        _add_code(db, vault, held, code, connection_id, token)
        return connection_id

    connection_id = await database.write(store)
    return Linked(code, integration, connection_id)


def finish_with_sandbox(
    db: sa.Connection,
    vault: Vault,
    link_token: str,
    integration: Integration,
    connection_id: str,
    access_token: str,
) -> Linked:
    """Ends a link with the organisation's sandbox, whose connection there is already."""
    held = _taken(db, link_token)
    code = CODE_PREFIX + secrets.token_urlsafe(32)
    _add_code(db, vault, held, code, connection_id, access_token)
    return Linked(code, integration, connection_id)


def _taken(db: sa.Connection, link_token: str) -> LinkRow:
    """A good link, with its magic link if it has one, used up with this transaction."""
    held, now = good_link(db, link_token, lock=True), time.time()
    links.use_link(db, held.id, now)
    if held.magic_link_id is not None:
        magic_links.use_magic_link(db, held.magic_link_id, now)
    return held


def _add_code(
    db: sa.Connection, vault: Vault, held: LinkRow, code: str, connection_id: str, access_token: str
) -> None:
    sealed = vault.encrypt({"access_token": access_token})
    expires_at = time.time() + CODE_LIFETIME
    links.add_code(db, digest(code), held.organisation_id, connection_id, sealed, expires_at)


def exchange(
    db: sa.Connection, vault: Vault, organisation_id: str, code: str, customer_id: str | None
) -> tuple[accounts.ConnectionRow, str]:
    """The connection that a code stands for, and its access token. Raises `Unprocessable`.

    `customer_id` is set when it is given.
    """
    taken = None
    if len(code) <= LONGEST_FIELD:
        taken = links.take_code(db, digest(code), organisation_id, time.time())
    row = None if taken is None else accounts.connection_by_id(db, taken.connection_id)
    if taken is None or row is None:
        message = "The auth code is unknown, used or expired."
        raise Unprocessable(message, [FieldFault("/auth_code", message)])
    if customer_id is not None:
        accounts.change_connection(db, row.id, {"customer_id": customer_id})
        row = accounts.connection_by_id(db, row.id) or row
    return row, vault.decrypt(taken.sealed)["access_token"]
