"""Tags, which are the caller's own: checked, stored with the record, and never sent to the vendor."""

from decimal import Decimal
from typing import Annotated, Any

import msgspec
import orjson
import sqlalchemy as sa
from msgspec import Meta, Struct

from crossdock.records.announce import announcer
from crossdock.records.canonical import TAGS
from crossdock.schemas.list_functions import ListFunction
from crossdock.storage.records import load_record, lock_resource, put_tags
from crossdock.write_info.law import NULL_WORDS

MOST_TAGS = 100
_decode_exactly = msgspec.json.Decoder(dict[str, Any], float_hook=Decimal).decode
"""Keeps amounts of money as they are written."""

LONGEST_TAG = 200


TagText = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=LONGEST_TAG,
        pattern="^[^,\\x00]*$",
        description=f"a text of 1 to {LONGEST_TAG} characters without a comma, and no null word",
        extra_json_schema={"not": {"enum": NULL_WORDS}},
    ),
]
Tag = Annotated[
    TagText | Annotated[dict[TagText, TagText], Meta(min_length=1, max_length=1)],
    Meta(
        description=f"a text of 1 to {LONGEST_TAG} characters without a comma, and no null word, "
        "or an object of one such pair"
    ),
]


class Tags(Struct, forbid_unknown_fields=True):
    """The tags that a record is to have."""

    trackstar_tags: Annotated[list[Tag], Meta(max_length=MOST_TAGS, description=f"{MOST_TAGS} tags at most")]


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
