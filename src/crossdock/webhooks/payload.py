"""What is sent of an event: the stored text byte for byte, unless something is sealed or it is too large."""

import orjson

from crossdock.connections.vault import Vault

LARGEST_PAYLOAD = 256 * 1024
"""Bytes; the contract does not say where it truncates."""


def body_of(event_id: str, payload: str, sealed: bytes | None, vault: Vault, public_url: str) -> str:
    """The body of a delivery. `sealed` is merged into `data`; an oversized event tells where all of it is."""
    if sealed is not None:
        event = orjson.loads(payload)
        event["data"] |= vault.decrypt(sealed)
        return orjson.dumps(event).decode()
    if len(payload) <= LARGEST_PAYLOAD and len(payload.encode()) <= LARGEST_PAYLOAD:
        return payload
    event = orjson.loads(payload)
    event["data"] = {"id": event["data"].get("id")}
    event.pop("previous_attributes", None)
    event["data_truncated"] = True
    event["data_url"] = f"{public_url}/webhooks/events/{event_id}/data"
    return orjson.dumps(event).decode()
