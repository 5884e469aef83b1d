"""Credentials at rest: encrypted with the operator's secret key, which can be rotated.

Fernet (AES-128-CBC with HMAC-SHA-256) of the `cryptography` package; `MultiFernet` for rotation.
"""

import base64
import hmac
import os
from pathlib import Path

import orjson
import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from crossdock.connector import Account
from crossdock.settings import Settings
from crossdock.storage import accounts
from crossdock.storage.database import Database
from crossdock.storage.oauth_tables import oauth_grants
from crossdock.storage.tables import auth_codes, events, secret_check, webhook_endpoints

CHECK_TEXT = b"crossdock"
KEY_FILE = "secret.key"


class SecretKeyProblem(Exception):
    """The secret key is missing, malformed, or not the one the database was made with."""


class Vault:
    """Encrypts and decrypts with the first of the keys, and decrypts with the others."""

    def __init__(self, keys: str) -> None:
        self._keys = [key.strip() for key in keys.split(",") if key.strip()]
        try:
            self._fernet = MultiFernet([Fernet(key) for key in self._keys])
        except ValueError as error:
            raise SecretKeyProblem(
                "CROSSDOCK_SECRET_KEY must hold 32 bytes in URL-safe base64 (44 characters), "
                "or several such keys with commas between, the newest first."
            ) from error

    def encrypt(self, account: Account) -> bytes:
        """An account's credential fields as ciphertext."""
        return self._fernet.encrypt(orjson.dumps(dict(account)))

    def decrypt(self, ciphertext: bytes) -> dict[str, str]:
        """The credential fields again. Raises `SecretKeyProblem` when no key fits."""
        try:
            fields: dict[str, str] = orjson.loads(self._fernet.decrypt(ciphertext))
        except InvalidToken as error:
            raise SecretKeyProblem("Stored credentials do not open with the secret key.") from error
        return fields

    def signing_keys(self, purpose: str) -> list[bytes]:
        """Keys to sign with for one purpose, derived from the secret keys; the newest is the last."""
        return [
            hmac.digest(base64.urlsafe_b64decode(key), purpose.encode(), "sha256")
            for key in reversed(self._keys)
        ]

    def fits(self, db: sa.Connection) -> bool:
        """Whether these keys open this database; the first keys to ask become the ones that do."""
        token = db.scalar(sa.select(secret_check.c.token))
        if token is None:
            db.execute(secret_check.insert().values(id=1, token=self._fernet.encrypt(CHECK_TEXT)))
            return True
        try:
            return self._fernet.decrypt(token) == CHECK_TEXT
        except InvalidToken:
            return False

    def rotate(self, db: sa.Connection) -> int:
        """Encrypts everything anew with the first key; the number of connections done."""
        sealed = (webhook_endpoints.c.secrets, events.c.sealed, auth_codes.c.sealed, oauth_grants.c.sealed)
        for column in sealed:
            self._rotate_column(db, column)
        rows = accounts.list_connections(db)
        for row in rows:
            accounts.replace_credentials(db, row.id, self._fernet.rotate(row.credentials))
        db.execute(secret_check.update().values(token=self._fernet.encrypt(CHECK_TEXT)))
        return len(rows)

    def _rotate_column(self, db: sa.Connection, column: sa.Column[bytes | None]) -> None:
        (key,) = column.table.primary_key
        # Locked, so that nothing newer is overwritten: a server may be renewing tokens.
        found = sa.select(key, column).where(column.isnot(None)).with_for_update()
        for row in db.execute(found).all():
            rotated = self._fernet.rotate(row[1] or b"")
            db.execute(sa.update(column.table).where(key == row[0]).values({column.name: rotated}))


def open_vault(settings: Settings, database: Database) -> Vault:
    """The vault of a database. Raises `SecretKeyProblem`, saying what to do, when no key opens it.

    The embedded default makes a key on first start and keeps it beside the data with mode 600.
    """
    keys, origin = settings.secret_key, "CROSSDOCK_SECRET_KEY"
    if keys is None and settings.uses_embedded_database:
        keys, origin = _key_file(settings.home), str(settings.home / KEY_FILE)
    if keys is None:
        raise SecretKeyProblem(
            "CROSSDOCK_SECRET_KEY is required with PostgreSQL. Make one with: crossdock secrets new"
        )
    vault = Vault(keys)
    with database.transaction() as db:
        if not vault.fits(db):
            raise SecretKeyProblem(
                f"The secret key from {origin} does not fit this database: its credentials were encrypted "
                "with another one. Start with that key, or put both in CROSSDOCK_SECRET_KEY (the new one "
                "first, a comma between) and run: crossdock secrets rotate"
            )
    return vault


def _key_file(home: Path) -> str:
    path = home / KEY_FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        key = Fernet.generate_key().decode()
        file.write(key + "\n")
    return key
