"""Page tokens: the last id of a page, signed for the one list that it belongs to.

`itsdangerous` signs with a key that is derived from the secret key, and takes those signed with earlier keys.
"""

from itsdangerous import BadData, URLSafeSerializer

from crossdock.connections.vault import Vault
from crossdock.errors import FieldFault, Unprocessable

PURPOSE = "page-tokens"


class PageTokens:
    """Makes tokens and reads them again. `place` names the list: a token of another one is refused."""

    def __init__(self, vault: Vault) -> None:
        self._keys = vault.signing_keys(PURPOSE)

    def made(self, place: str, last_id: str) -> str:
        """The token of the page that follows `last_id`."""
        return str(self._serializer(place).dumps(last_id))

    def read(self, place: str, token: str) -> str:
        """The id behind which a page begins. Raises `Unprocessable` for a token that is not of this list."""
        try:
            last_id = self._serializer(place).loads(token)
        except BadData:
            last_id = None
        if isinstance(last_id, str):
            return last_id
        message = "page_token is not one that this list of this connection gave."
        raise Unprocessable(message, [FieldFault("/page_token", message)], location="query")

    def _serializer(self, place: str) -> URLSafeSerializer:
        return URLSafeSerializer(self._keys, salt=place)
