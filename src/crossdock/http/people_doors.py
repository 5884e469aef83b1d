"""The doors of people: signing in, and what admins look after. All are this service's own.

They are for the dashboard, but any program with a cookie jar can use them. API keys open none of them:
whoever holds one could make a person by it, and stay when the key is revoked.
"""

from crossdock.http import people_routes, session_routes
from crossdock.http.answers import ApiKeys, NewApiKey, Session
from crossdock.http.door import REFUSALS, Door

REFUSED = {"422": REFUSALS["422"], "503": REFUSALS["503"]}
LOCKED = {"429": "There were too many wrong passwords in a row; Retry-After says for how long"}
OF_A_SESSION = {"401": "Nobody is signed in, or the session is over", **REFUSED}
ADMINS = {"403": "This is for admins, or x-crossdock-csrf is missing", **OF_A_SESSION}
MISSING = {"404": "The organisation has nobody of that id"}
LAST_ADMIN = {"409": "Nobody who is an admin would be left"}

PEOPLE_DOORS = (
    Door(
        "POST",
        "/first-start",
        session_routes.first_start,
        "Make the first admin with the code that the server printed, and sign in",
        audited="user.created",
        keeps_bodies=False,
        body=session_routes.FIRST_START,
        returns=[Session],
        answers={"201": "The session", "409": "There is an account already", **REFUSED},
    ),
    Door(
        "POST",
        "/session",
        session_routes.sign_in,
        "Sign in",
        audited="user.signed_in",
        keeps_bodies=False,
        body=session_routes.SIGN_IN,
        returns=[Session],
        answers={"200": "The session", "401": "The password is not right", **LOCKED, **REFUSED},
    ),
    Door(
        "GET",
        "/session",
        session_routes.session,
        "Who is signed in",
        needs="session",
        keeps_bodies=False,
        returns=[Session],
        answers={"200": "The session", **OF_A_SESSION},
    ),
    Door(
        "DELETE",
        "/session",
        session_routes.sign_out,
        "Sign out",
        audited="user.signed_out",
        needs="session",
        answers={"200": "The session is over", "403": "x-crossdock-csrf is missing", **OF_A_SESSION},
    ),
    Door(
        "POST",
        "/session/password",
        session_routes.change_password,
        "Choose another password; every other session of the person ends",
        audited="user.password_changed",
        keeps_bodies=False,
        needs="session",
        body=session_routes.NEW_PASSWORD,
        answers={
            "200": "The password is changed",
            "403": "x-crossdock-csrf is missing",
            **LOCKED,
            **OF_A_SESSION,
        },
    ),
    Door(
        "POST",
        "/invitation",
        session_routes.take_invitation,
        "Choose a password with an invitation, and sign in",
        audited="user.password_chosen",
        keeps_bodies=False,
        body=session_routes.INVITATION,
        returns=[Session],
        answers={"200": "The session", **REFUSED},
    ),
    Door(
        "GET",
        "/users",
        people_routes.users,
        "The organisation's people",
        needs="session",
        answers={"200": "The people", **ADMINS},
    ),
    Door(
        "POST",
        "/users",
        people_routes.invite,
        "Invite somebody; the code is answered this once and is good for 7 days",
        audited="user.invited",
        needs="session",
        body=people_routes.NEW_USER,
        answers={"201": "The person, and the invitation's code", **ADMINS},
    ),
    Door(
        "PATCH",
        "/users/{user_id}",
        people_routes.change_user,
        "Change somebody's name or role, or whether they may sign in",
        audited="user.changed",
        needs="session",
        body=people_routes.USER_CHANGES,
        answers={"200": "The person", **MISSING, **LAST_ADMIN, **ADMINS},
    ),
    Door(
        "POST",
        "/users/{user_id}/invitation",
        people_routes.invite_again,
        "Invite somebody again, who lost the password or the code; also unlocks the address",
        audited="user.invited_again",
        needs="session",
        answers={"200": "The person, and the invitation's code", **MISSING, **ADMINS},
    ),
    Door(
        "DELETE",
        "/users/{user_id}",
        people_routes.delete_user,
        "Remove somebody",
        audited="user.deleted",
        needs="session",
        answers={"200": "Removed", **MISSING, **LAST_ADMIN, **ADMINS},
    ),
    Door(
        "GET",
        "/api-keys",
        people_routes.api_keys,
        "The organisation's API keys, without the keys themselves; for admins and developers",
        needs="session",
        returns=[ApiKeys],
        answers={"200": "The keys", **ADMINS},
    ),
    Door(
        "POST",
        "/api-keys",
        people_routes.create_api_key,
        "Make an API key, which is answered this once",
        audited="api_key.created",
        needs="session",
        body=people_routes.KEY_WANTED,
        returns=[NewApiKey],
        answers={"201": "The key", **ADMINS},
    ),
    Door(
        "DELETE",
        "/api-keys/{key_id}",
        people_routes.revoke_api_key,
        "End an API key",
        audited="api_key.revoked",
        needs="session",
        answers={"200": "Ended", "404": "The organisation has no live key of that id", **ADMINS},
    ),
)
