"""Who may sign in: the first admin, and those whom admins invite.

A person begins with an invitation, a code that is used once to choose a password. Who lost the password gets
a new invitation.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, get_args

import sqlalchemy as sa

from crossdock.connections.access import LONGEST_SECRET, Role
from crossdock.connections.keys import LONGEST_FIELD, check_organisation, digest
from crossdock.connections.sessions import Opened, open_session
from crossdock.errors import Conflict, FieldFault, NotFound, Unprocessable
from crossdock.storage import accounts, people
from crossdock.storage.people import UserRow

ROLES: tuple[Role, ...] = get_args(Role)
LONGEST_EMAIL = 254
LONGEST_NAME = 200
INVITED_FOR = timedelta(days=7)
FIRST_START_FOR = timedelta(days=1)
CODE_PREFIX = "crossdock_invitation_"


@dataclass(frozen=True, slots=True)
class Invited:
    """A person with a code that was just made; `code` is never to be had again."""

    user: UserRow
    code: str = field(repr=False)


def first_start_code(db: sa.Connection) -> str | None:
    """A code that makes the first admin within a day; `None` when somebody can sign in already."""
    if not people.is_first_start(db):
        return None
    return _invitation(db, None, FIRST_START_FOR)


def first_start(
    db: sa.Connection, code: str, organisation: str, name: str, email: str, password_hash: str
) -> Opened:
    """Makes the first admin, with the organisation if it is new. Raises `Unprocessable` or `Conflict`."""
    faults = [*_name_faults(name), *_email_faults(email)]
    try:
        check_organisation(organisation)
    except Unprocessable:
        faults.append(FieldFault("/organisation", f"must be a name of 1 to {LONGEST_FIELD} characters"))
    if faults:
        raise Unprocessable("The account is not accepted.", faults)
    if len(code) > LONGEST_SECRET or people.take_invitation(db, digest(code), time.time()) != (None,):
        message = "The set-up code is unknown, used or expired. A restart of the server prints a new one."
        raise Unprocessable(message, [FieldFault("/code", message)])
    if not people.is_first_start(db):
        raise Conflict("There is an account already; ask its admin for an invitation.")
    people.end_first_start(db)
    user_id = _add(db, accounts.organisation_id(db, organisation), email, name, "admin")
    people.change_user(db, user_id, {"password": password_hash})
    return _opened(db, user_id)


def invite(db: sa.Connection, organisation_id: str, email: str, name: str, role: str) -> Invited:
    """Adds a person to an organisation. Raises `Unprocessable`, also for an address that has an account."""
    faults = [*_name_faults(name), *_email_faults(email), *_role_faults(role)]
    if not faults and people.user_by_email(db, email.strip().lower()) is not None:
        faults.append(FieldFault("/email", "has an account already"))
    if faults:
        raise Unprocessable("The account is not accepted.", faults)
    return invite_again(db, _add(db, organisation_id, email, name, role))


def invite_again(db: sa.Connection, user_id: str) -> Invited:
    """A new code for somebody, in place of any before; also mends a locked address."""
    user = people.user_by_id(db, user_id)
    if user is None:
        raise NotFound("There is no such person.")
    people.forget_attempts(db, digest(user.email))
    return Invited(user, _invitation(db, user_id, INVITED_FOR))


def take_invitation(db: sa.Connection, code: str, password_hash: str) -> Opened:
    """Chooses a password with an invitation. Sessions from before end. Raises `Unprocessable`."""
    taken = None
    if len(code) <= LONGEST_SECRET:
        taken = people.take_invitation(db, digest(code), time.time())
    user_id = None if taken is None else taken[0]
    user = None if user_id is None else people.user_by_id(db, user_id)
    if user is None or user.disabled_at is not None:
        message = "The invitation is unknown, used or expired. Ask for a new one."
        raise Unprocessable(message, [FieldFault("/code", message)])
    people.end_sessions_of(db, user.id)
    people.change_user(db, user.id, {"password": password_hash})
    return _opened(db, user.id)


def change_person(
    db: sa.Connection, organisation_id: str, user_id: str, changes: Mapping[str, Any]
) -> UserRow:
    """Changes `name`, `role` or `disabled` of one of an organisation's people.

    Raises `NotFound`, `Unprocessable`, or `Conflict` when nobody would be left who is an admin.
    """
    user = own_person(db, organisation_id, user_id)
    faults = []
    if "name" in changes:
        faults += _name_faults(changes["name"])
    if "role" in changes:
        faults += _role_faults(changes["role"])
    if faults:
        raise Unprocessable("The change is not accepted.", faults)
    values = {name: changes[name] for name in ("name", "role") if name in changes}
    if "disabled" in changes:
        values["disabled_at"] = time.time() if changes["disabled"] else None
    if changes.get("disabled") or changes.get("role", "admin") != "admin":
        _check_not_last_admin(db, user)
    if values:
        people.change_user(db, user_id, values)
    if changes.get("disabled"):
        people.end_sessions_of(db, user_id)
    return own_person(db, organisation_id, user_id)


def delete_person(db: sa.Connection, organisation_id: str, user_id: str) -> None:
    """Removes one of an organisation's people. Raises `NotFound` or `Conflict`."""
    user = own_person(db, organisation_id, user_id)
    _check_not_last_admin(db, user)
    people.delete_user(db, user.id)


def own_person(db: sa.Connection, organisation_id: str, user_id: str) -> UserRow:
    """One of an organisation's people. Raises `NotFound`, also for another organisation's."""
    user = people.user_by_id(db, user_id) if user_id.isprintable() else None
    if user is None or user.organisation_id != organisation_id:
        raise NotFound("The organisation has no person of that id.")
    return user


def _check_not_last_admin(db: sa.Connection, user: UserRow) -> None:
    if user.id in (admins := people.lock_admins(db, user.organisation_id)) and len(admins) == 1:
        raise Conflict("This is the last admin who can sign in; make somebody else one first.")


def _add(db: sa.Connection, organisation_id: str, email: str, name: str, role: str) -> str:
    return people.add_user(db, organisation_id, email.strip().lower(), name.strip(), role)


def _invitation(db: sa.Connection, user_id: str | None, lasting: timedelta) -> str:
    code = CODE_PREFIX + secrets.token_urlsafe(32)
    people.add_invitation(db, digest(code), user_id, time.time() + lasting.total_seconds())
    return code


def _opened(db: sa.Connection, user_id: str) -> Opened:
    opened = open_session(db, user_id)
    if opened is None:
        raise NotFound("There is no such person any more.")
    return opened


def _name_faults(name: str) -> list[FieldFault]:
    if 0 < len(name.strip()) <= LONGEST_NAME and name.isprintable():
        return []
    return [FieldFault("/name", f"must be a name of 1 to {LONGEST_NAME} characters")]


def _email_faults(email: str) -> list[FieldFault]:
    """Only what no address can be; whether it is one is known when somebody signs in with it."""
    place, at, host = email.strip().rpartition("@")
    good = place and at and host and email.isprintable() and " " not in email.strip()
    if good and len(email.strip()) <= LONGEST_EMAIL:
        return []
    return [FieldFault("/email", "must be an e-mail address")]


def _role_faults(role: str) -> list[FieldFault]:
    return [] if role in ROLES else [FieldFault("/role", "must be a role", list(ROLES))]
