"""Who may call, and whose goods they see.

Ongoing gives a user rights to goods owners. Where those are not told, a user is taken to have the ones it
has named so far: most calls name one, and a record asked for by id alone must belong to one of them.
"""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterable

from crossdock.doubles.double import Refused


class Access:
    """What is accepted: `None` accepts any user name, password or goods owner."""

    def __init__(
        self, username: str | None, password: str | None, goods_owners: Iterable[int] | None
    ) -> None:
        self._username = username
        self._password = password
        self._goods_owners = None if goods_owners is None else frozenset(goods_owners)
        self._named: dict[str, set[int]] = {}

    def user(self, authorization: str) -> str:
        """The user name of an `Authorization` header. Raises `Refused` when it is not accepted."""
        scheme, _, encoded = authorization.partition(" ")
        try:
            username, colon, password = b64decode(encoded, validate=True).decode().partition(":")
        except (NotBase64, UnicodeDecodeError):
            colon = ""
        if (
            scheme.lower() != "basic"
            or not colon
            or self._username not in (None, username)
            or self._password not in (None, password)
        ):
            raise Refused(
                "Authorization has been denied for this request.", 401, {"www-authenticate": "Basic"}
            )
        return username

    def check(self, goods_owner_id: int) -> None:
        """Raises `Refused` for a goods owner that is not accepted."""
        if goods_owner_id < 1 or (
            self._goods_owners is not None and goods_owner_id not in self._goods_owners
        ):
            raise Refused(f"You do not have access to goods owner {goods_owner_id}.", 403)

    def named(self, user: str, goods_owner_id: int) -> None:
        """Remembers that the user named an accepted goods owner."""
        self._named.setdefault(user, set()).add(goods_owner_id)

    def sees(self, user: str, goods_owner_id: int) -> bool:
        """Whether records of the goods owner exist for the user; to one that named none yet, all do."""
        return user not in self._named or goods_owner_id in self._named[user]
