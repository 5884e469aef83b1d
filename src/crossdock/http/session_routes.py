"""Signing in and out, and the ways to a first password."""

import asyncio
from typing import Annotated, Any

import msgspec
import orjson
from starlette.requests import Request
from starlette.responses import Response

from crossdock.connections import people
from crossdock.connections.keys import digest
from crossdock.connections.passwords import LONGEST, SHORTEST, hashed, password_faults
from crossdock.connections.sessions import Opened
from crossdock.connector.calls import Cause
from crossdock.errors import FieldFault, Unprocessable
from crossdock.http.answers import Organisation, Session, SignedIn, answered
from crossdock.http.bodies import Body
from crossdock.http.requests import SESSION_COOKIE, session_of
from crossdock.http.service import Service
from crossdock.storage import people as stored

PersonName = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=people.LONGEST_NAME,
        description=f"a name of 1 to {people.LONGEST_NAME} characters",
    ),
]
EmailAddress = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=people.LONGEST_EMAIL,
        description=f"an e-mail address of up to {people.LONGEST_EMAIL} characters",
    ),
]
Password = Annotated[
    str,
    msgspec.Meta(
        min_length=SHORTEST,
        max_length=LONGEST,
        description=f"a password of {SHORTEST} to {LONGEST} characters",
    ),
]


class FirstStart(msgspec.Struct, forbid_unknown_fields=True):
    """The first admin, and the code that the server printed."""

    code: str
    organisation: str
    name: PersonName
    email: EmailAddress
    password: Password


class SignIn(msgspec.Struct, forbid_unknown_fields=True):
    """Who signs in."""

    email: str
    password: str


class Invitation(msgspec.Struct, forbid_unknown_fields=True):
    """The code of an invitation, and the password that is chosen."""

    code: str
    password: Password


class NewPassword(msgspec.Struct, forbid_unknown_fields=True):
    """The password until now, and that from now on."""

    current_password: str
    new_password: Password


FIRST_START, SIGN_IN, INVITATION = Body(FirstStart), Body(SignIn), Body(Invitation)
NEW_PASSWORD = Body(NewPassword)


async def first_start(request: Request) -> Response:
    """Makes the first admin and signs in."""
    service: Service = request.scope["service"]
    asked = await FIRST_START.read(request)
    password = await _hashed("/password", asked.password)
    opened = await service.database.write(
        people.first_start, asked.code, asked.organisation, asked.name, asked.email, password
    )
    return _signed_in(request, opened, 201)


async def sign_in(request: Request) -> Response:
    """Opens a session."""
    service: Service = request.scope["service"]
    asked = await SIGN_IN.read(request)
    return _signed_in(request, await service.sessions.sign_in(asked.email, asked.password))


async def take_invitation(request: Request) -> Response:
    """Chooses a password with an invitation and signs in."""
    service: Service = request.scope["service"]
    asked = await INVITATION.read(request)
    password = await _hashed("/password", asked.password)
    return _signed_in(request, await service.database.write(people.take_invitation, asked.code, password))


async def session(request: Request) -> Response:
    """Who is signed in."""
    return answered(_shown(await session_of(request)))


async def sign_out(request: Request) -> Response:
    """Ends the session."""
    service: Service = request.scope["service"]
    opened = await session_of(request)
    await service.sessions.end(opened.token)
    answer = _json({"id": opened.user.id, "object": "session", "deleted": True})
    answer.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="lax")
    return answer


async def change_password(request: Request) -> Response:
    """Chooses another password. Every other session of the person ends."""
    service: Service = request.scope["service"]
    opened = await session_of(request)
    asked = await NEW_PASSWORD.read(request)
    if faults := password_faults("/new_password", asked.new_password):
        raise Unprocessable("The password is not accepted.", faults)
    if not await service.sessions.is_password_of(opened.user, asked.current_password):
        message = "is not the password until now"
        raise Unprocessable("The password is not right.", [FieldFault("/current_password", message)])
    password = await asyncio.to_thread(hashed, asked.new_password)

    def change(db: Any) -> None:
        stored.change_user(db, opened.user.id, {"password": password})
        stored.end_sessions_of(db, opened.user.id, but=digest(opened.token))

    await service.database.write(change)
    return _json({"id": opened.user.id, "object": "user", "updated": True})


async def _hashed(pointer: str, password: str) -> str:
    if faults := password_faults(pointer, password):
        raise Unprocessable("The password is not accepted.", faults)
    return await asyncio.to_thread(hashed, password)


def _signed_in(request: Request, opened: Opened, status: int = 200) -> Response:
    service: Service = request.scope["service"]
    cause: Cause = request.scope["cause"]
    caller = opened.caller
    cause.organisation_id, cause.actor = caller.organisation_id, caller.actor
    answer = answered(_shown(opened), status)
    answer.set_cookie(
        SESSION_COOKIE,
        opened.token,
        max_age=service.settings.session_hours * 3600,
        path="/",
        secure=service.settings.public_url.startswith("https://"),
        httponly=True,
        samesite="lax",
    )
    return answer


def _shown(opened: Opened) -> Session:
    user = opened.user
    return Session(
        SignedIn(user.id, user.email, user.name, opened.caller.role or "viewer"),
        Organisation(user.organisation_id, user.organisation),
        opened.csrf_token,
    )


def _json(value: Any, status: int = 200) -> Response:
    headers = {"cache-control": "no-store"}
    return Response(orjson.dumps(value), status, headers, media_type="application/json")
