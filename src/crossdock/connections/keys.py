"""API keys: made here, shown once, and stored as digests."""

import hashlib
import secrets
from dataclasses import dataclass, field

import sqlalchemy as sa

from crossdock.errors import FieldFault, Unprocessable
from crossdock.storage import accounts
from crossdock.storage.database import Database

KEY_PREFIX = "crossdock_key_"
HINT_LENGTH = len(KEY_PREFIX) + 6
LONGEST_FIELD = 2_000
"""Characters of a name or of a credential."""


def digest(secret: str) -> bytes:
    """What is stored of a key or token. They are 256 random bits, so a plain SHA-256 is enough."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).digest()


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made; `key` is never to be had again."""

    id: str
    key: str = field(repr=False)


def create_api_key(database: Database, organisation: str, *, read_only: bool) -> NewKey:
    """A new key for an organisation, which is made if it is new. Raises `Unprocessable` without a name."""
    check_organisation(organisation)
    with database.transaction() as db:
        return new_api_key(db, organisation, read_only=read_only)


def new_api_key(db: sa.Connection, organisation: str, *, read_only: bool, name: str = "") -> NewKey:
    """A new key for an organisation, as part of the caller's transaction."""
    key = KEY_PREFIX + secrets.token_urlsafe(32)
    return NewKey(
        accounts.add_api_key(db, organisation, digest(key), key[:HINT_LENGTH], read_only, name), key
    )


def check_organisation(name: str) -> None:
    """Raises `Unprocessable` when it is no name for an organisation."""
    if not name.strip() or len(name) > LONGEST_FIELD or "\x00" in name:
        fault = FieldFault("/org", "must be a name")
        raise Unprocessable("The organisation needs a name.", [fault])
