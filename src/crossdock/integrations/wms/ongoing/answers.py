"""What Ongoing's answers have in common: numbers, times, statuses, and whose record it is."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from crossdock.connector import Account, Asked, NotFound, VendorAnswer, vendor_path
from crossdock.connector.patterns import INT32_PATTERN
from crossdock.integrations.wms.ongoing.goods_owner import goods_owner_id
from crossdock.schemas.times import UNKNOWN, is_wire_time, wire_time

Record = dict[str, Any]


def utc(text: str | None) -> str | None:
    """Ongoing's ISO 8601 in the contract's form, `YYYY-MM-DDTHH:MM:SSZ`. Without an offset it is UTC.

    A date alone, as the vendor's example answers have for some fields, is its midnight.
    """
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    if is_wire_time(text):
        return text
    return wire_time(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment)


def known_time(*texts: str | None) -> str:
    """The first of some times that is known; without any, the record is as old as its first reading."""
    for text in texts:
        if text and (moment := utc(text)):
            return moment
    return UNKNOWN


def part_of(answer: Any, name: str, id_name: str, what: str) -> Record:
    """The part of a decoded record that holds its id. Raises `ValueError` when there is none."""
    part = answer.get(name) if isinstance(answer, dict) else None
    if not isinstance(part, dict) or not isinstance(part.get(id_name), int):
        raise ValueError(f"the answer is not {what}")  # noqa: TRY004
    return part


def text_id(part: Mapping[str, Any] | None) -> str | None:
    """The id of a warehouse or the like as the contract has it, a text."""
    return str(part["id"]) if part and part.get("id") else None


def is_own(account: Account, record: Any) -> bool:
    """Whether a record is there and of the account's goods owner: one API user may see several."""
    own = goods_owner_id(account)
    return bool(record) and ((record.get("goodsOwner") or {}).get("id", own) == own)


def numbered_path(asked: Asked[Any], collection: str, what: str) -> str:
    """The path of the record in Ongoing. Raises `NotFound` for an id that is none of Ongoing's numbers."""
    if not re.match(INT32_PATTERN, asked.record_id):
        raise NotFound(f"Ongoing has no {what} {asked.record_id}", extra={"id": asked.record_id})
    return vendor_path(collection, asked.record_id)


def own_record(asked: Asked[Any], record: Any, what: str) -> Record:
    """The record of the path's id. Raises `NotFound` when it is not there or another goods owner's."""
    if not is_own(asked.account, record):
        raise NotFound(f"Ongoing has no {what} {asked.record_id}", extra={"id": asked.record_id})
    found: Record = record
    return found


def number_in(name: str) -> Callable[[Asked[Any], Sequence[VendorAnswer]], str]:
    """How the id of what was written is read: a number of that name in the first answer.

    The function raises `ValueError` when it is missing.
    """

    def written_id(asked: Asked[Any], answers: Sequence[VendorAnswer]) -> str:  # noqa: ARG001
        body = answers[0].json()
        number = body.get(name) if isinstance(body, dict) else None
        if not isinstance(number, int):
            raise ValueError(f"the answer names no {name}")  # noqa: TRY004
        return str(number)

    return written_id
