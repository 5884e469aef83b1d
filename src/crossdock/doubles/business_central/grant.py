"""Microsoft Entra's authorization code grant and its refresh tokens. Whoever is asked agrees at once.

From "Microsoft identity platform and OAuth 2.0 authorization code flow" and "Refresh tokens in the Microsoft
identity platform": each answer has a new refresh token, and the old ones stay good until they are withdrawn.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import parse_qsl

from crossdock.doubles.faults import Answer
from crossdock.doubles.specification import Violation

AUTHORIZE = "/oauth2/v2.0/authorize"
OFFLINE = "offline_access"


class NotGiven(Exception):
    """The error of OAuth that says why there is no token."""


class Delegated:
    """Codes and refresh tokens. Tests may reach into `sent`, the refresh tokens that were used."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self._codes: dict[str, Mapping[str, str]] = {}
        self._refresh: set[str] = set()

    def withdraw(self) -> None:
        """The person, or an administrator, takes the agreement back."""
        self._refresh.clear()

    def authorize(self, query: str) -> Answer:
        """Sends the person back with a code, by a form. Raises `Violation` for what is not understood."""
        asked = dict(parse_qsl(query, keep_blank_values=True))
        if asked.get("response_type") != "code" or asked.get("response_mode") != "form_post":
            raise Violation("the double has response_type=code with response_mode=form_post only")
        if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            raise Violation("there is no code challenge of the method S256")
        if missing := {"client_id", "redirect_uri", "scope"} - asked.keys():
            raise Violation(f"the authorization request has no {', '.join(sorted(missing))}")
        code = secrets.token_urlsafe(24)
        self._codes[code] = asked
        told = {"code": code, "state": asked.get("state", "")}
        inputs = "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in told.items()
        )
        page = (
            f'<!doctype html><form method="post" action="{escape(asked["redirect_uri"])}">{inputs}</form>'
            "<script>document.forms[0].submit()</script>"
        )
        return Answer(200, page.encode(), {"content-type": "text/html"})

    def given(self, form: Mapping[str, str]) -> dict[str, Any]:
        """What is answered besides the access token. Raises `NotGiven`."""
        if form["grant_type"] == "refresh_token":
            token = form.get("refresh_token", "")
            self.sent.append(token)
            if token not in self._refresh:
                raise NotGiven("invalid_grant")
            return self._new()
        asked = self._codes.pop(form.get("code", ""), None)
        if asked is None:
            raise NotGiven("invalid_grant")
        hashed = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        verified = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode() == asked["code_challenge"]
        if not verified or form.get("redirect_uri") != asked["redirect_uri"]:
            raise NotGiven("invalid_grant")
        return self._new() if OFFLINE in asked["scope"].split() else {}

    def _new(self) -> dict[str, Any]:
        token = f"entra-refresh-{secrets.token_urlsafe(24)}"
        self._refresh.add(token)
        return {"refresh_token": token}
