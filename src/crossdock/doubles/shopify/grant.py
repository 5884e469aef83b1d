"""The shop's owner lets an app in: Shopify's authorization code grant, agreed to at once.

Source: Shopify's page "Implement authorization code grant manually".
"""

import hashlib
import hmac
from urllib.parse import parse_qsl, urlencode

import orjson

from crossdock.doubles.faults import Answer
from crossdock.doubles.specification import Violation

AUTHORIZE = "/admin/oauth/authorize"
TOKEN = "/admin/oauth/access_token"  # noqa: S105  (a path)
PATHS = frozenset({("GET", AUTHORIZE), ("POST", TOKEN)})

CLIENT_ID = "app-of-an-operator"
CLIENT_SECRET = "hush-of-an-app"  # noqa: S105  (known to a double only)
CODE = "code-that-is-good-once"


def authorize(query: str, host: str) -> Answer:
    """Sends the owner back with a code, signed. Raises `Violation` for a request that misses something."""
    asked = dict(parse_qsl(query, keep_blank_values=True))
    missing = {"client_id", "scope", "redirect_uri", "state"} - asked.keys()
    if missing:
        raise Violation(f"the authorization request has no {', '.join(sorted(missing))}")
    if asked["client_id"] != CLIENT_ID:
        return Answer(400, b"Oauth error invalid_request: the application is not known")
    back = {"code": CODE, "shop": host, "state": asked["state"], "timestamp": "1700000000"}
    text = "&".join(f"{name}={back[name]}" for name in sorted(back))
    back["hmac"] = hmac.new(CLIENT_SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
    return Answer(302, b"", {"location": f"{asked['redirect_uri']}?{urlencode(back)}"})


def token(body: bytes, access_token: str) -> Answer:
    """The offline token for a code."""
    asked = dict(parse_qsl(body.decode()))
    known = (asked.get("client_id"), asked.get("client_secret"), asked.get("code"))
    if known != (CLIENT_ID, CLIENT_SECRET, CODE):
        return Answer(400, orjson.dumps({"error": "invalid_request"}))
    return Answer(200, orjson.dumps({"access_token": access_token, "scope": "read_orders"}))
