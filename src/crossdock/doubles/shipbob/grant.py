"""The authorization server: codes that are good once, access tokens that end, refresh tokens that rotate.

What an access and a refresh token are good for, and that a new refresh token comes with each answer, is what
public clients of the API say; the parameters are those of the vendor's pages "Authentication" and "Migrate to
PKCE", the refusals those of RFC 6749. The account's owner agrees at once.
"""

import base64
import hashlib
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qsl, urlencode

import orjson

from crossdock.doubles.faults import Answer
from crossdock.doubles.shipbob.merchant import Channel, Merchant
from crossdock.doubles.specification import Violation

AUTHORIZE = "/connect/authorize"
TOKEN = "/connect/token"  # noqa: S105  (a path)
PATHS = frozenset({("GET", AUTHORIZE), ("POST", TOKEN)})

CLIENT_ID = "app-at-shipbob"
CLIENT_SECRET = "hush-of-the-app-at-shipbob"  # noqa: S105  (known to a double only)
CODE_SECONDS = 120.0
ACCESS_SECONDS = 3600
OFFLINE = "offline_access"


@dataclass(frozen=True, slots=True)
class _Agreed:
    """What a code stands for."""

    redirect_uri: str
    scopes: tuple[str, ...]
    challenge: str | None
    until: float


class Grants:
    """Codes and tokens. `lifetime` is in seconds, of the access tokens that are given from now on.

    Tests may reach into `refreshed`, how often a refresh token was taken, `refused`, how often not, and
    `given`, all tokens and codes that there ever were.
    """

    def __init__(self, merchant: Callable[[], Merchant], clock: Callable[[], float]) -> None:
        self.lifetime = ACCESS_SECONDS
        self.refreshed = 0
        self.refused = 0
        self.given: list[str] = []
        self._merchant = merchant
        self._clock = clock
        self._codes: dict[str, _Agreed] = {}
        self._access: dict[str, float] = {}
        self._refresh: dict[str, tuple[str, ...]] = {}
        self._one_at_a_time = threading.Lock()

    def knows(self, token: str) -> bool:
        """Whether it is an access token that was given here, ended or not."""
        return token in self._access

    def is_good(self, token: str) -> bool:
        """Whether it is an access token that has not ended."""
        return self._access.get(token, float("-inf")) > self._clock()

    def end_access(self) -> None:
        """Ends every access token now, before its time."""
        for token in self._access:
            self._access[token] = float("-inf")

    def withdraw(self) -> None:
        """The merchant removes the app: nothing that was given is good any more."""
        self.end_access()
        self._refresh.clear()

    def authorize(self, query: str) -> Answer:
        """Sends the owner back with a code. Raises `Violation` for a request that misses something."""
        asked = dict(parse_qsl(query, keep_blank_values=True))
        missing = {"client_id", "scope", "redirect_uri", "response_type"} - asked.keys()
        if missing:
            raise Violation(f"the authorization request has no {', '.join(sorted(missing))}")
        if asked["response_type"] != "code" or asked.get("code_challenge_method", "S256") != "S256":
            raise Violation("the double has the code grant only, with S256")
        if asked["client_id"] != CLIENT_ID:
            return Answer(400, b"unauthorized_client")
        scopes = tuple(asked["scope"].split())
        self._own_channel(asked.get("integration_name", "App"), scopes)
        code = secrets.token_urlsafe(24)
        self.given.append(code)
        self._codes[code] = _Agreed(
            asked["redirect_uri"], scopes, asked.get("code_challenge"), self._clock() + CODE_SECONDS
        )
        back = {"code": code, "scope": asked["scope"]}
        if "state" in asked:
            back["state"] = asked["state"]
        if asked.get("response_mode") == "form_post":
            return _posted(asked["redirect_uri"], back)
        return Answer(302, b"", {"location": f"{asked['redirect_uri']}?{urlencode(back)}"})

    def _own_channel(self, name: str, scopes: tuple[str, ...]) -> None:
        """An app that is let in writes to a channel of its name."""
        channels = self._merchant().channels
        if all(channel.name != name for channel in channels.values()):
            number = max(channels) + 1
            granted = tuple(scope for scope in scopes if scope != OFFLINE)
            channels[number] = Channel(number, name, name, granted)

    def token(self, body: bytes) -> Answer:
        """Tokens for a code or for a refresh token."""
        asked = dict(parse_qsl(body.decode()))
        if (asked.get("client_id"), asked.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return _refused("invalid_client")
        with self._one_at_a_time:
            if asked.get("grant_type") == "authorization_code":
                return self._for_code(asked)
            if asked.get("grant_type") == "refresh_token":
                return self._for_refresh_token(asked.get("refresh_token", ""))
        return _refused("unsupported_grant_type")

    def _for_code(self, asked: Mapping[str, str]) -> Answer:
        agreed = self._codes.pop(asked.get("code", ""), None)
        if agreed is None or agreed.until <= self._clock():
            return _refused("invalid_grant")
        if agreed.redirect_uri != asked.get("redirect_uri"):
            return _refused("invalid_grant")
        if agreed.challenge is not None and agreed.challenge != _challenge(asked.get("code_verifier", "")):
            return _refused("invalid_grant")
        return self._given(agreed.scopes)

    def _for_refresh_token(self, token: str) -> Answer:
        scopes = self._refresh.pop(token, None)
        if scopes is None:
            self.refused += 1
            return _refused("invalid_grant")
        self.refreshed += 1
        return self._given(scopes)

    def _given(self, scopes: tuple[str, ...]) -> Answer:
        access = f"access-{secrets.token_urlsafe(24)}"
        self.given.append(access)
        self._access[access] = self._clock() + self.lifetime
        told = {
            "access_token": access,
            "expires_in": self.lifetime,
            "token_type": "Bearer",
            "scope": " ".join(scopes),
        }
        if OFFLINE in scopes:
            refresh = f"refresh-{secrets.token_urlsafe(24)}"
            self.given.append(refresh)
            self._refresh[refresh] = scopes
            told["refresh_token"] = refresh
        return Answer(200, orjson.dumps(told))


def _challenge(verifier: str) -> str:
    hashed = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()


def _refused(error: str) -> Answer:
    return Answer(400, orjson.dumps({"error": error}))


def _posted(address: str, fields: Mapping[str, str]) -> Answer:
    """A page whose form posts itself (OAuth 2.0 Form Post Response Mode)."""
    inputs = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in fields.items()
    )
    page = (
        f'<!doctype html><title>ShipBob</title><form method="post" action="{escape(address)}">{inputs}'
        "</form><script>document.forms[0].submit()</script>"
    )
    return Answer(200, page.encode(), {"content-type": "text/html"})
