"""Connecting an account: its credentials are tried at the vendor, then kept encrypted."""

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import orjson

from crossdock.connections.keys import LONGEST_FIELD, check_organisation, digest
from crossdock.connections.opened import opened
from crossdock.connections.vault import Vault
from crossdock.connector import Account, Integration
from crossdock.connector.pool import VendorPool
from crossdock.errors import FieldFault, Unprocessable, VendorError, VendorUnreachable
from crossdock.schemas.times import wire_epoch
from crossdock.storage import accounts
from crossdock.storage.database import Database
from crossdock.storage.events import NewEvent, add_events

TOKEN_PREFIX = "crossdock_token_"  # noqa: S105  (a prefix, not a secret)


@dataclass(frozen=True, slots=True)
class NewConnection:
    """A connection that was just made; `access_token` is never to be had again."""

    id: str
    access_token: str = field(repr=False)
    available_actions: Sequence[str]


async def connect(
    database: Database,
    vault: Vault,
    vendors: VendorPool,
    integration: Integration,
    *,
    organisation: str,
    fields: Mapping[str, str],
    only: Sequence[str] | None = None,
) -> NewConnection:
    """Connects an account after its credentials were tried at the vendor.

    `only` limits the connection to those actions. Raises `Unprocessable` naming the field at fault.
    """
    check_organisation(organisation)
    account = checked_fields(integration, fields)
    enabled = _checked_actions(integration, only)
    try:
        await try_credentials(vendors, integration, account)
    except Unprocessable as refused:
        _announce_failure(database, integration, organisation, refused)
        raise
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    with database.transaction() as db:
        connection_id = accounts.add_connection(
            db,
            organisation_id=accounts.organisation_id(db, organisation),
            integration_type=integration.type,
            integration_name=integration.name,
            credentials=vault.encrypt(account),
            token_digest=digest(token),
            allowed_actions=None if only is None else enabled,
        )
        opened(db, vault, connection_id, integration, token)
    lists = [function.name for function in integration.list_functions]
    return NewConnection(connection_id, token, lists + enabled)


def _announce_failure(
    database: Database, integration: Integration, organisation: str, refused: Unprocessable
) -> None:
    """Tells an organisation that is known already that an account could not be connected, and why."""
    event = {
        "connection_id": None,
        "customer_id": None,
        "integration_name": integration.name,
        "integration_type": integration.type,
        "event_type": "install.failed",
        "data": {
            "error_message": refused.message,
            "fields": [fault.pointer.rpartition("/")[2] for fault in refused.faults],
            "created_date": wire_epoch(time.time()),
        },
    }
    with database.transaction() as db:
        organisation_id = accounts.known_organisation(db, organisation)
        if organisation_id is not None:
            new = NewEvent("install.failed", "", orjson.dumps(event).decode())
            add_events(db, organisation_id, [new])


def checked_fields(
    integration: Integration, fields: Mapping[str, str], not_wanted: Sequence[str] = ()
) -> Account:
    """The account, if every field is there and well formed; it has none of those that are `not_wanted`.

    Raises `Unprocessable` with every fault.
    """
    wanted = [one for one in integration.credential_fields if one.name not in not_wanted]
    known = {credential.name: credential for credential in wanted}
    faults = [
        FieldFault(f"/credential/{name}", "unknown field", list(known))
        for name in fields
        if name not in known
    ]
    for name, credential in known.items():
        value = fields.get(name, credential.default)
        if value is None:
            faults.append(FieldFault(f"/credential/{name}", f"is required: {credential.description}"))
        elif len(value) > LONGEST_FIELD or "\x00" in value:
            faults.append(FieldFault(f"/credential/{name}", f"must have at most {LONGEST_FIELD} characters"))
        elif wrong := credential.fault(value):
            faults.append(FieldFault(f"/credential/{name}", wrong))
    if faults:
        raise Unprocessable(f"The credentials for {integration.slug} are not complete or not valid.", faults)
    defaults = {name: field.default for name, field in known.items() if field.default is not None}
    return {**defaults, **fields}


def _checked_actions(integration: Integration, only: Sequence[str] | None) -> list[str]:
    available = [write.action.name for write in integration.writes]
    unknown = [name for name in only or () if name not in available]
    if unknown:
        faults = [
            FieldFault("/only", f"{name} is not a write of {integration.slug}", available) for name in unknown
        ]
        raise Unprocessable(f"{integration.slug} has no such write.", faults)
    return available if only is None else [name for name in available if name in only]


async def try_credentials(vendors: VendorPool, integration: Integration, account: Account) -> None:
    """Asks the vendor whether the credentials are good. Raises `Unprocessable` naming the fields at fault."""
    if integration.from_files:
        return
    trial = integration.credential_check
    client = vendors.client(integration, account)
    try:
        answer = await client.read(trial.request(account))
    except VendorUnreachable as error:
        raise _refused(integration, account, trial.otherwise, error.message) from error
    except VendorError as error:
        names = trial.fields_at_fault.get(error.extra.get("vendor_status", 0), trial.otherwise)
        raise _refused(integration, account, names, error.message) from error
    except ValueError as error:
        raise _refused(integration, account, trial.otherwise, str(error)) from error
    if answer.status == 200 and trial.accepted(answer):
        return
    if answer.status == 200:
        words = f"what answers there is not {integration.display_name}"
    else:
        words = integration.words(answer) or f"{integration.display_name} answered {answer.status}"
    raise _refused(integration, account, trial.fields_at_fault.get(answer.status, trial.otherwise), words)


def _refused(integration: Integration, account: Account, names: Sequence[str], words: str) -> Unprocessable:
    """An account by OAuth does not have all the fields that a refusal may be about."""
    named = [name for name in names if name in account]
    faults = [FieldFault(f"/credential/{name}", words) for name in named]
    which = " or ".join(named) or "the account"
    return Unprocessable(f"{integration.display_name} did not accept {which}: {words}", faults)
