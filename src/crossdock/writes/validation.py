"""From the bytes that a caller sent to a typed body, checked against the account's published document."""

from dataclasses import dataclass
from typing import Any

import msgspec
import orjson

from crossdock.connector import WriteOperation
from crossdock.errors import FieldFault, Unprocessable
from crossdock.schemas.fields import WriteBody
from crossdock.write_info.published import Published

SCHEMA_HASH = "x-schema-hash"
"""The header with the hash of the schema that a body was checked against."""


@dataclass(frozen=True, slots=True)
class CheckedBody:
    """A body that the document allows: as it was sent, and as the operation's declared type.

    `schema_hash` stands for the schema that allowed it, and is empty for one of the journal.
    """

    sent: dict[str, Any]
    typed: WriteBody
    schema_hash: str = ""


def parse(content: bytes) -> Any:
    """The decoded JSON. Raises `Unprocessable` with the position of the first mistake."""
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError as error:
        message = f"The body is not JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        raise Unprocessable(message, [FieldFault("", message)]) from error


def check(published: Published, operation: WriteOperation[Any], sent: Any) -> CheckedBody:
    """Raises `Unprocessable` with every fault of the body."""
    law = published.law(operation.action)
    schema_hash = published.schema_hash(operation.action)
    headers = {SCHEMA_HASH: schema_hash}
    if law is None:
        message = f"This account offers no values that {operation.action.name} needs."
        raise Unprocessable(message, [FieldFault("", message)], headers=headers)
    if not law.allows(sent):
        faults = law.faults(sent)
        count = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise Unprocessable(f"The body does not follow write-info: {count}.", faults, headers=headers)
    # The law has already settled the types; JSON Schema counts 1.0 among the integers, hence not strict.
    return CheckedBody(sent, msgspec.convert(sent, operation.body, strict=False), schema_hash)


def accepted_before(operation: WriteOperation[Any], body: str) -> CheckedBody:
    """A body of the journal, which the law of its time allowed."""
    sent = orjson.loads(body)
    return CheckedBody(sent, msgspec.convert(sent, operation.body, strict=False))
