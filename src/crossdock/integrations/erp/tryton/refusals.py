"""Tryton's refusals: an `error` in an answer of status 200, or a page in HTML.

Source: Tryton 8.2, `trytond/exceptions.py`: an error is a list of a kind and its arguments. A call is one
transaction, which is rolled back with any error. A `UserWarning` is a question to a person; nobody is here to
answer it, so it is a refusal.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from crossdock.connector import Blame, VendorAnswer

STATUSES = {"UserError": 400, "UserWarning": 409, "ConcurrencyException": 412, "LoginException": 401}
"""Any other error is one of the server's own; nothing was written, so it is a refusal like the others."""

BLAMED = re.compile(r'field "([^"]+)"')
DOMAIN_FIELD = {
    "Quantity": "/quantity",
    "Unit Price": "/unit_price",
    "Reference": "/reference",
    "Party": "/party",
}


def interpret(answer: VendorAnswer) -> VendorAnswer:
    """412 when a record changed in the meantime, 409 for a question to a person, else 400."""
    error = _error(answer) if answer.status == 200 else None
    if error is None:
        return answer
    return replace(answer, status=STATUSES.get(str(error[0]), 400))


def words(answer: VendorAnswer) -> str:
    """Message and description as Tryton gives them; the text of a page in HTML."""
    error = _error(answer)
    if error is None:
        text = answer.content.decode("utf-8", "replace")
        shown = re.search(r"<p>(.*?)</p>", text, re.DOTALL)
        return html.unescape(shown.group(1)).strip() if shown else text
    kind, detail = str(error[0]), error[1] if len(error) > 1 else None
    if isinstance(detail, list):
        said = detail[1:] if kind == "UserWarning" else detail[:2]
        return "\n".join(str(part) for part in said if part)
    return str(detail) if kind in STATUSES else kind


def blamed(answer: VendorAnswer) -> Sequence[Blame]:
    """The field that a message names by its English label."""
    said = words(answer)
    labels = BLAMED.findall(said)
    return [Blame(DOMAIN_FIELD[label], said) for label in labels if label in DOMAIN_FIELD]


def _error(answer: VendorAnswer) -> list[Any] | None:
    """The error of an answer, unless it has none."""
    if not answer.content.startswith(b'{"id":') or b'"error":' not in answer.content[:64]:
        return None
    try:
        decoded = answer.json()
    except ValueError:
        return None
    error = decoded.get("error")
    return error if isinstance(error, list) and error else None
