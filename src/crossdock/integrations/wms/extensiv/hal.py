"""What every resource of the API has in common: HAL, ETags, `rql`, and the words of a refusal.

Source: rels/hal, rels/headers, rels/rql and rels/exceptions of the vendor's reference.
"""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from crossdock.connector import Blame, NotFound, Reads, VendorAnswer
from crossdock.connector.patterns import INT32_PATTERN

HAL = "application/hal+json"
REL = "http://api.3plCentral.com/rels/"
ORDER_ITEMS = REL + "orders/item"
RECEIVE_ITEMS = REL + "inventory/receiveritem"

NUMBER = INT32_PATTERN.removeprefix("^").removesuffix("$")
"""Regular expression of an id: they are 32-bit integers."""

Model = dict[str, Any]


def embedded(model: Any, rel: str) -> list[Model]:
    """The resources that a resource or a list holds under a relation. Raises `ValueError` for no object."""
    if not isinstance(model, dict):
        raise ValueError("the answer is not a resource")  # noqa: TRY004
    found = (model.get("_embedded") or {}).get(rel) or []
    return list(found)


def numbered(record_id: str, pattern: str = NUMBER) -> str:
    """The id, if it is one that Extensiv can have given. Raises `NotFound`."""
    if re.fullmatch(pattern, record_id):
        return record_id
    raise NotFound("Extensiv has no record with such an id.", extra={"id": record_id})


def if_match(reads: Reads, name: str) -> dict[str, str]:
    """The header that lets a change through only if nobody was faster.

    Without an ETag there is none, and Extensiv refuses with a 428: better than to overwrite unseen.
    """
    etag = reads.headers.get(name, {}).get("etag")
    return {} if etag is None else {"if-match": etag}


def rql(**equal: str | int) -> str:
    """A query for resources whose properties equal values; `__` stands for a dot in a name.

    The server decodes twice, so a value is encoded here and again as part of the URL.
    """
    parts = ((name.replace("__", "."), quote(str(value), safe="")) for name, value in equal.items())
    return ";".join(f"{name}=={value}" for name, value in parts)


def words(answer: VendorAnswer) -> str:
    """`Hint` of an exception body, unchanged; the body as it is where there is none."""
    text = answer.content.decode("utf-8", "replace")
    try:
        body = answer.json()
    except ValueError:
        return text
    hint = body.get("Hint") if isinstance(body, dict) else None
    return str(hint) if hint else text


def blamed(answer: VendorAnswer) -> Sequence[Blame]:
    """`Properties` of a `ModelValidationException`, whose names are paths in PascalCase."""
    try:
        body = answer.json()
    except ValueError:
        return ()
    properties = body.get("Properties") if isinstance(body, dict) else None
    return [
        Blame(_pointer(str(named["Name"])), words(answer))
        for named in properties or ()
        if isinstance(named, dict) and named.get("Name")
    ]


def _pointer(name: str) -> str:
    """`OrderItems[0].ItemIdentifier.Sku` as `/orderItems/0/itemIdentifier/sku`."""
    steps = re.sub(r"\[(\d+)\]", r".\1", name).split(".")
    return "".join(f"/{step[:1].lower()}{step[1:]}" for step in steps)
