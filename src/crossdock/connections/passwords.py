"""Passwords: hashed with argon2id by the parameters that the library recommends (RFC 9106, low memory)."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from crossdock.errors import FieldFault

SHORTEST, LONGEST = 12, 200
"""Characters."""

_hasher = PasswordHasher()


def password_faults(pointer: str, password: str) -> list[FieldFault]:
    """What is wrong with a new password."""
    if not SHORTEST <= len(password) <= LONGEST:
        return [FieldFault(pointer, f"must have {SHORTEST} to {LONGEST} characters")]
    if len(set(password)) < 4:
        return [FieldFault(pointer, "must have at least 4 different characters")]
    return []


def hashed(password: str) -> str:
    """What is stored of a password. Takes tens of milliseconds on purpose: call it off the event loop."""
    return _hasher.hash(password.encode("utf-8", "surrogateescape"))


def is_right(stored: str | None, password: str) -> bool:
    """Whether it is the password; as slow where there is none, so that nobody learns who has an account."""
    try:
        right = _hasher.verify(stored or _nobodys(), password.encode("utf-8", "surrogateescape"))
    except (VerificationError, InvalidHashError):
        return False
    return right and stored is not None


@cache
def _nobodys() -> str:
    return hashed("the password of nobody")
