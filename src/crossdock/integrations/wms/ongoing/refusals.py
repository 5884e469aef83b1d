"""Which of the caller's fields a refusal of Ongoing is about.

Ongoing refuses with one sentence (`message`) that names what it is about: an article, an order, a warehouse.
When exactly one value of the body stands in the sentence, that value's field is at fault.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from crossdock.connector import Asked, FieldFault, VendorAnswer
from crossdock.connector.vendor import vendor_words

SHORTEST = 3
"""Shorter values are in too many sentences by chance."""

KEPT_HERE = "trackstar_tags"


def named_field(asked: Asked[Any], answer: VendorAnswer) -> Sequence[FieldFault]:
    """The field whose value the vendor's sentence names, if it is one and only one."""
    words = vendor_words(answer)
    body = msgspec.to_builtins(asked.body)
    found = [pointer for pointer, value in _texts(body, "") if _names(words, pointer, value)]
    return [FieldFault(found[0], words)] if len(found) == 1 else []


def _texts(value: Any, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != KEPT_HERE:
                yield from _texts(inner, f"{at}/{name}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, f"{at}/{index}")
    elif isinstance(value, str):
        yield at, value


def _names(words: str, pointer: str, value: str) -> bool:
    """Whether the value stands in the sentence as a word; an id, which may be short, after what it is of."""
    before = r"(?<![\w-])"
    kind = re.fullmatch(r".*/(\w+)_id", pointer)
    if kind:
        before = rf"{kind[1].replace('_', ' ')}\W+"
    elif len(value) < SHORTEST:
        return False
    return re.search(rf"{before}{re.escape(value)}(?![\w-])", words, re.IGNORECASE) is not None
