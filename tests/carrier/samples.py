"""The publisher's sample invoices, and other files made of them."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

from crossdock.carrier_invoices import Line, Reading, Report

FOLDER = Path(__file__).parents[1] / "specs" / "carrier-invoices"
SEMICOLONS = ("dpd-dutch", "dpd-english", "dpd-german")

Rows = list[list[str]]


def sample(name: str) -> bytes:
    return (FOLDER / f"{name}.csv").read_bytes()


def rows_of(name: str) -> Rows:
    text = sample(name).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(name)))


def file_of(name: str, rows: Rows, encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=_delimiter(name)).writerows(rows)
    return out.getvalue().encode(encoding)


def changed(name: str, change: Callable[[Rows], None]) -> bytes:
    """A sample with its rows changed in place, header rows included."""
    rows = rows_of(name)
    change(rows)
    return file_of(name, rows)


def column(name: str, title: str, header_row: int = 0) -> int:
    return rows_of(name)[header_row].index(title)


def read(content: bytes) -> tuple[Sequence[Line], Report]:
    reading = Reading(io.BytesIO(content))
    lines = [line for batch in reading.batches() for line in batch]
    return lines, reading.report()


def ids(content: bytes) -> list[str]:
    return [line.id for line in read(content)[0]]


def _delimiter(name: str) -> str:
    return ";" if name in SEMICOLONS else ","
