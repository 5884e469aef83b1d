"""From a checked body to the vendor's requests, after reading what the translation asks for."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crossdock.connector import Asked, Reads, VendorRequest, WriteOperation
from crossdock.connector.client import VendorClient

ROUNDS = 5
"""How often a translation may ask for more, each time knowing what it read before."""


@dataclass(frozen=True, slots=True)
class Translated:
    """The vendor's requests, in the order in which they are sent, and what was read for them."""

    requests: Sequence[VendorRequest]
    reads: Reads


async def translated(vendor: VendorClient, operation: WriteOperation[Any], asked: Asked[Any]) -> Translated:
    """Raises `VendorError` when something cannot be read, and whatever the translation raises."""
    known = await _read_everything(vendor, operation, asked)
    requests = operation.translate(asked, known)
    return Translated([requests] if isinstance(requests, VendorRequest) else requests, known)


async def _read_everything(vendor: VendorClient, operation: WriteOperation[Any], asked: Asked[Any]) -> Reads:
    decoded: dict[str, Any] = {}
    headers: dict[str, Mapping[str, str]] = {}
    for _ in range(ROUNDS):
        known = Reads(decoded, headers)
        wanted = {name: read for name, read in operation.reads(asked, known).items() if name not in decoded}
        if not wanted:
            return known
        found = await asyncio.gather(*(vendor.read_decoded(read, missing=True) for read in wanted.values()))
        for name, (value, of_answer) in zip(wanted, found, strict=True):
            decoded[name] = value
            headers[name] = of_answer
    return Reads(decoded, headers)
