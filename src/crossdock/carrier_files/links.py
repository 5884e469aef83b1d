"""Download links: signed, for one file, and good for twenty minutes."""

from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeTimedSerializer

from crossdock.connections.vault import Vault
from crossdock.errors import Forbidden
from crossdock.schemas.times import wire_time

PURPOSE = "carrier-file-links"
LIFETIME = timedelta(minutes=20)
"""As the contract says: resources.md, section 3.2."""


class DownloadLinks:
    """Makes links and checks them. `public_url` is where callers reach this service."""

    def __init__(self, vault: Vault, public_url: str) -> None:
        self._keys = vault.signing_keys(PURPOSE)
        self._public_url = public_url

    def made(self, file_id: str) -> tuple[str, str]:
        """A link that needs no key, and until when it is good, in the contract's form."""
        signed = self._serializer(file_id).dumps("")
        ends = wire_time(datetime.now(UTC) + LIFETIME)
        return f"{self._public_url}/carrier/files/{file_id}/download?signature={signed}", ends

    def check(self, file_id: str, signature: str) -> None:
        """Raises `Forbidden` for a link that was not made here, for this file, within its lifetime."""
        try:
            self._serializer(file_id).loads(signature, max_age=int(LIFETIME.total_seconds()))
        except BadData as error:
            raise Forbidden(
                "This link is not valid or has expired. GET /carrier/files gives a new one."
            ) from error

    def _serializer(self, file_id: str) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self._keys, salt=f"{PURPOSE} {file_id}")
