"""An organisation's people and API keys, which its admins look after."""

from typing import Annotated, Any

import msgspec
import orjson
import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response

from crossdock.connections import people
from crossdock.connections.access import Caller, Role
from crossdock.connections.keys import NewKey, new_api_key
from crossdock.connections.people import Invited
from crossdock.errors import FieldFault, Forbidden, NotFound, Unprocessable
from crossdock.http.answers import ApiKey, ApiKeys, NewApiKey, answered
from crossdock.http.bodies import Body
from crossdock.http.requests import caller_of
from crossdock.http.service import Service
from crossdock.http.session_routes import EmailAddress, PersonName
from crossdock.schemas.times import wire_epoch
from crossdock.storage import accounts
from crossdock.storage.accounts import ApiKeyRow
from crossdock.storage.people import UserRow, users_of
from crossdock.writes.typed import given_members

LONGEST_NAME = 100
KeyName = Annotated[
    str,
    msgspec.Meta(
        min_length=1, max_length=LONGEST_NAME, description=f"a name of 1 to {LONGEST_NAME} characters"
    ),
]


class NewUser(msgspec.Struct, forbid_unknown_fields=True):
    """Somebody to be invited."""

    email: EmailAddress
    name: PersonName
    role: Role


class UserChanges(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What changes about somebody."""

    name: PersonName | msgspec.UnsetType = msgspec.UNSET
    role: Role | msgspec.UnsetType = msgspec.UNSET
    disabled: bool | msgspec.UnsetType = msgspec.UNSET


class KeyWanted(msgspec.Struct, forbid_unknown_fields=True):
    """An API key to be made."""

    name: KeyName
    read_only: bool = False


NEW_USER, USER_CHANGES, KEY_WANTED = Body(NewUser), Body(UserChanges, least=1), Body(KeyWanted)


async def users(request: Request) -> Response:
    """The organisation's people."""
    service, caller = await _admin(request)
    rows = await service.database.read(users_of, caller.organisation_id)
    return _json({"data": [_user(row) for row in rows]})


async def invite(request: Request) -> Response:
    """Adds a person; answers the code that chooses a password."""
    service, caller = await _admin(request)
    asked = await NEW_USER.read(request)
    invited = await service.database.write(
        people.invite, caller.organisation_id, asked.email, asked.name, asked.role
    )
    return _invited(invited, 201)


async def invite_again(request: Request) -> Response:
    """Another code, for somebody who lost the password or the code before."""
    service, caller = await _admin(request)
    user_id = request.path_params["user_id"]

    def make(db: sa.Connection) -> Invited:
        return people.invite_again(db, people.own_person(db, caller.organisation_id, user_id).id)

    return _invited(await service.database.write(make), 200)


async def change_user(request: Request) -> Response:
    """Changes somebody's name or role, or whether they may sign in."""
    service, caller = await _admin(request)
    given = given_members(await USER_CHANGES.read(request))
    changed = await service.database.write(
        people.change_person, caller.organisation_id, request.path_params["user_id"], given
    )
    return _json({"data": _user(changed)})


async def delete_user(request: Request) -> Response:
    """Removes somebody."""
    service, caller = await _admin(request)
    user_id = request.path_params["user_id"]
    await service.database.write(people.delete_person, caller.organisation_id, user_id)
    return _json({"id": user_id, "object": "user", "deleted": True})


async def api_keys(request: Request) -> Response:
    """The organisation's keys, without the keys themselves."""
    service, caller = await _person(request)
    rows = await service.database.read(accounts.keys_of, caller.organisation_id)
    return answered(ApiKeys([ApiKey(**_key(row)) for row in rows]))


async def create_api_key(request: Request) -> Response:
    """Makes a key, which is shown this once."""
    service, caller = await _admin(request)
    asked = await KEY_WANTED.read(request)
    if not (0 < len(asked.name.strip()) <= LONGEST_NAME and asked.name.isprintable()):
        fault = FieldFault("/name", f"must be a name of 1 to {LONGEST_NAME} characters")
        raise Unprocessable("The key is not accepted.", [fault])

    def make(db: sa.Connection) -> tuple[NewKey, ApiKeyRow]:
        organisation = accounts.organisation_name(db, caller.organisation_id)
        made = new_api_key(db, organisation, read_only=asked.read_only, name=asked.name.strip())
        return made, next(row for row in accounts.keys_of(db, caller.organisation_id) if row.id == made.id)

    made, row = await service.database.write(make)
    return answered(NewApiKey(**_key(row), api_key=made.key), 201)


async def revoke_api_key(request: Request) -> Response:
    """Ends a key."""
    service, caller = await _admin(request)
    key_id = request.path_params["key_id"]

    def revoke(db: sa.Connection) -> None:
        own = {row.id for row in accounts.keys_of(db, caller.organisation_id)}
        if key_id not in own or not accounts.revoke_api_key(db, key_id):
            raise NotFound("The organisation has no live key of that id.")

    await service.database.write(revoke)
    return _json({"id": key_id, "object": "api_key", "deleted": True})


async def _person(request: Request) -> tuple[Service, Caller]:
    """Who asks with a session. Raises `Forbidden` for keys, and for viewers."""
    service, caller = await caller_of(request)
    if caller.role is None:
        raise Forbidden("This is for people who sign in, not for API keys.")
    if caller.role == "viewer":
        raise Forbidden("This is for admins and developers.")
    return service, caller


async def _admin(request: Request) -> tuple[Service, Caller]:
    service, caller = await _person(request)
    if caller.role != "admin":
        raise Forbidden("This is for admins.")
    return service, caller


def _user(row: UserRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "email": row.email,
        "name": row.name,
        "role": row.role,
        "status": "disabled" if row.disabled_at else "active" if row.has_password else "invited",
        "created_at": wire_epoch(row.created_at),
        "last_sign_in": None if row.last_sign_in is None else wire_epoch(row.last_sign_in),
    }


def _invited(invited: Invited, status: int) -> Response:
    return _json({**_user(invited.user), "invitation_code": invited.code}, status)


def _key(row: ApiKeyRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "hint": row.hint,
        "read_only": row.read_only,
        "created_at": wire_epoch(row.created_at),
        "revoked_at": None if row.revoked_at is None else wire_epoch(row.revoked_at),
    }


def _json(value: Any, status: int = 200) -> Response:
    headers = {"cache-control": "no-store"}
    return Response(orjson.dumps(value), status, headers, media_type="application/json")
