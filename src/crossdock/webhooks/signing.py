"""Signatures of Standard Webhooks, by the package of that name, under its own header names and Svix's.

Source: the Standard Webhooks specification; the contract's webhook page names the `svix-` headers.
"""

import secrets
from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime

from standardwebhooks.webhooks import Webhook

SECRET_BYTES = 32
PREFIX = "whsec_"


def new_secret() -> str:
    """A signing secret that nobody has."""
    return PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signed_headers(keys: Sequence[Webhook], message_id: str, at: float, body: str) -> dict[str, str]:
    """The headers of one attempt at `at` (epoch seconds): a signature for each key that is valid."""
    second = datetime.fromtimestamp(int(at), UTC)
    signature = " ".join(key.sign(message_id, second, body) for key in keys)
    values = {"id": message_id, "timestamp": str(int(at)), "signature": signature}
    return {f"{family}-{name}": value for family in ("svix", "webhook") for name, value in values.items()}
