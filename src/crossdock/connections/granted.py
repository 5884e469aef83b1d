"""What a vendor answers to a code or a refresh token: tokens, or why not. No token gets into an error."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from oauthlib.oauth2 import InvalidGrantError, OAuth2Error, WebApplicationClient

from crossdock.connections.keys import LONGEST_FIELD
from crossdock.connector import Token, VendorAnswer
from crossdock.connector.tokens import used_for

SHORTEST_SECRET = 8
"""A shorter text would turn up in words that have nothing to do with it."""


class NotGranted(Exception):
    """The vendor gave no token. `ended` says that what it was sent opens nothing any more."""

    def __init__(self, words: str, *, ended: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.ended = ended


def read_answer(client: WebApplicationClient, answer: VendorAnswer, sent: Sequence[str]) -> Mapping[str, Any]:
    """What a vendor's token endpoint gave. Raises `NotGranted`, without any of the texts that were sent."""
    if answer.status >= 500 or answer.status == 429:
        raise NotGranted(f"it answered {answer.status}")
    try:
        token: Mapping[str, Any] = client.parse_request_body_response(
            answer.content.decode("utf-8", "replace")
        )
    except OAuth2Error as error:
        # A body that is not understood may hold a token: only what the standard has for words is told.
        said = ": ".join(one for one in (error.error, error.description) if one)
        ended = isinstance(error, InvalidGrantError)
        raise NotGranted(_without(said, sent) or f"it answered {answer.status}", ended=ended) from None
    except (ValueError, LookupError, TypeError):
        raise NotGranted(f"its answer of status {answer.status} was not understood") from None
    if not isinstance(token.get("access_token"), str):
        raise NotGranted("its answer has no access token")
    return token


def _without(words: str, secrets: Sequence[str]) -> str:
    for secret in secrets:
        if len(secret) >= SHORTEST_SECRET:
            words = words.replace(secret, "[redacted]")
    return words[:LONGEST_FIELD]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of an account that end. `given_at` is in epoch seconds, `lifetime` in seconds."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    given_at: float
    lifetime: float

    @classmethod
    def of(cls, told: Mapping[str, Any], before: str | None, asked_at: float, lifetime: float) -> "Tokens":
        """From an answer; `before` is the refresh token that stays when there is no other, `lifetime` the
        one of an access token of which nothing is said. Raises `NotGranted`.
        """
        refresh_token = told.get("refresh_token") or before
        if not isinstance(refresh_token, str):
            raise NotGranted("it gave no refresh token; is the app allowed offline access there?")
        try:
            seconds = float(told.get("expires_in") or lifetime)
        except (TypeError, ValueError):
            seconds = lifetime
        return cls(told["access_token"], refresh_token, asked_at, seconds)

    @classmethod
    def opened(cls, kept: Mapping[str, str]) -> "Tokens":
        """As `kept` has them."""
        return cls(
            kept["access_token"], kept["refresh_token"], float(kept["given_at"]), float(kept["lifetime"])
        )

    @property
    def kept(self) -> dict[str, str]:
        """To be encrypted."""
        return {
            "access_token": self.access_token,
            "refresh_token": self.refresh_token,
            "given_at": repr(self.given_at),
            "lifetime": repr(self.lifetime),
        }

    def token(self) -> Token | None:
        """The access token, if it is still to be used."""
        age = time.time() - self.given_at
        # A clock that was put back makes no token younger than new.
        if not 0 <= age < used_for(self.lifetime):
            return None
        return Token(self.access_token, self.lifetime - age)


@dataclass(frozen=True, slots=True)
class NewGrant:
    """The first tokens of an account, not yet stored, and the id by which it will have them."""

    tokens: Tokens
    id: str = field(default_factory=lambda: uuid4().hex)
