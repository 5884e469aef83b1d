"""Who may call: a client's id and secret give an access token that lasts an hour (rels/auth)."""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable
from itertools import count

from crossdock.doubles.double import Refused

TOKEN = "POST /AuthServer/api/Token"  # noqa: S105  (a method and a path)
LIFETIME = 3600


class Tokens:
    """The tokens that were given out. `None` accepts any client id or secret."""

    def __init__(self, client_id: str | None, client_secret: str | None, clock: Callable[[], float]) -> None:
        self._client_id = client_id
        self._client_secret = client_secret
        self._clock = clock
        self._numbers = count(1)
        self._good_until: dict[str, float] = {}

    def check_client(self, authorization: str) -> None:
        """Raises `Refused` unless these are the client's credentials."""
        scheme, _, encoded = authorization.partition(" ")
        try:
            client_id, colon, secret = b64decode(encoded, validate=True).decode().partition(":")
        except (NotBase64, UnicodeDecodeError):
            colon = ""
        if (
            scheme.lower() != "basic"
            or not colon
            or self._client_id not in (None, client_id)
            or self._client_secret not in (None, secret)
        ):
            raise Refused("The client is not known, or its secret is wrong.", 401)

    def new(self) -> str:
        """A token that is good from now on."""
        token = f"extensiv-token-{next(self._numbers)}"
        self._good_until[token] = self._clock() + LIFETIME
        return token

    def check_bearer(self, authorization: str) -> None:
        """Raises `Refused` unless it is a token that has not ended."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or self._good_until.get(token, 0.0) <= self._clock():
            raise Refused("The access token is missing, unknown or has ended.", 401)

    def expire(self) -> None:
        """Ends every token."""
        self._good_until.clear()
