"""Tags, which are the caller's own: checked, stored with the record, and never sent to the vendor."""

from decimal import Decimal
from typing import Any

import msgspec
import orjson
import sqlalchemy as sa

from crossdock.errors import FieldFault, Unprocessable
from crossdock.records.announce import announcer
from crossdock.records.canonical import TAGS
from crossdock.schemas.list_functions import ListFunction
from crossdock.storage.records import load_record, lock_resource, put_tags
from crossdock.write_info.law import NULL_WORDS

MOST_TAGS = 100
_decode_exactly = msgspec.json.Decoder(dict[str, Any], float_hook=Decimal).decode
"""Keeps amounts of money as they are written."""

LONGEST_TAG = 200


def checked_tags(body: Any) -> list[Any]:
    """The tags of a body. Raises `Unprocessable` with every fault."""
    if not isinstance(body, dict) or body.keys() != {TAGS} or not isinstance(body[TAGS], list):
        message = f"The body is an object with {TAGS}, a list, and nothing else."
        raise Unprocessable(message, [FieldFault("" if not isinstance(body, dict) else f"/{TAGS}", message)])
    tags: list[Any] = body[TAGS]
    if len(tags) > MOST_TAGS:
        message = f"{len(tags)} tags are given; {MOST_TAGS} are the most."
        raise Unprocessable(message, [FieldFault(f"/{TAGS}", message)])
    faults = [
        FieldFault(
            f"/{TAGS}/{at}",
            f"must be a text of 1 to {LONGEST_TAG} characters without a comma, and no null word, "
            "or an object of one such pair",
        )
        for at, tag in enumerate(tags)
        if not _is_tag(tag)
    ]
    if faults:
        raise Unprocessable("A tag is not accepted.", faults)
    return tags


def _is_tag(tag: Any) -> bool:
    texts = [tag] if isinstance(tag, str) else []
    if isinstance(tag, dict) and len(tag) == 1:
        texts = [*tag.keys(), *tag.values()]
    return bool(texts) and all(
        isinstance(text, str)
        and len(text) <= LONGEST_TAG
        and text not in NULL_WORDS
        and not set(text) & {",", "\0"}
        for text in texts
    )


def set_tags(
    db: sa.Connection, connection_id: str, function: ListFunction, record_id: str, tags: list[Any], now: float
) -> str | None:
    """Replaces the tags of a record, announces that, and gives the record as it is served from now on.

    `None` when there is no such record.
    """
    told = announcer(db, connection_id)
    # A sync that has read the record and not yet stored it would put the earlier tags back.
    lock_resource(db, connection_id, function.collection)
    stored = load_record(db, connection_id, function.collection, record_id)
    if stored is None:
        return None
    before = orjson.loads(stored.data)
    if before.get(TAGS) == tags:
        return stored.data
    exact = _decode_exactly(stored.data)
    changed = put_tags(db, connection_id, function.collection, record_id, exact | {TAGS: tags}, now)
    told.updated(function, record_id, before, changed)
    told.flush(db)
    return changed
