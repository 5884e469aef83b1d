"""What can be wrong with an invoice file, said so that somebody can put it right."""

from dataclasses import dataclass


class UnknownShape(Exception):
    """A file that is no invoice of a carrier known here; the message says what was looked for."""


class BadRow(Exception):
    """A row that cannot be read; the message says which column and why, without the row's number."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that gave no line items. `row` counts from 1 and includes header rows, as spreadsheets count."""

    row: int
    message: str
