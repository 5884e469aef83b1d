"""Which carrier's format a file has, told from its content alone."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from crossdock.carrier_invoices.faults import UnknownShape
from crossdock.carrier_invoices.formats import FORMATS
from crossdock.carrier_invoices.sheet import Format, Match
from crossdock.carrier_invoices.text import encoding_of, head_text

_DELIMITERS = ",;\t|"
_FIRST_ROWS = 3
_MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is: its format, and how its text is read."""

    format: Format
    match: Match
    encoding: str
    delimiter: str


def recognise(head: bytes) -> Recognised:
    """The format of a file that begins with those bytes; a few kilobytes are enough for every one known.

    Raises `UnknownShape`, whose message tells what was found and what was looked for.
    """
    encoding = encoding_of(head)
    text = head_text(head, encoding).lstrip("\ufeff")
    for delimiter in _DELIMITERS:
        rows = _rows(text, delimiter)
        for known in FORMATS:
            match = known.match(rows)
            if match is not None:
                return Recognised(known, match, encoding, delimiter)
    raise UnknownShape(_unknown(text))


def _rows(text: str, delimiter: str) -> Sequence[list[str]]:
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if row:
                rows.append(row)
            if len(rows) == _FIRST_ROWS:
                break
    except csv.Error:
        pass
    return rows


def _unknown(text: str) -> str:
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max(_DELIMITERS, key=first.count)
    cells = [cell.strip()[:40] for cell in first.split(delimiter)]
    shown = ", ".join(repr(cell) for cell in cells[:_MOST_SHOWN])
    if len(cells) > _MOST_SHOWN:
        shown += ", ..."
    wanted = "; ".join(f"{known.name}: {known.looked_for}" for known in FORMATS)
    return (
        f"The file is of no known shape. Its first row has {len(cells)} columns: {shown}. "
        f"Looked for were: {wanted}."
    )
