"""What a format is: how it is recognised, and how its rows are read."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from crossdock.carrier_invoices.ledger import Ledger
from crossdock.carrier_invoices.lines import Money, Parcel

Row = Sequence[str]
ReadRow = Callable[[int, Row], tuple[Parcel, Sequence[Money]] | None]
"""Takes the row's number and its cells; gives what the row charges, `None` for a row that charges nothing.
Tells the ledger what the row adds and what total it states. Raises `BadRow`, and then has told nothing."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's columns, bound to what they mean. `parsed` are the columns that do not go into `raw`.

    `widths` are the numbers of cells that a row may have; a row with others was cut or mixed up.
    """

    read: ReadRow
    parsed: frozenset[int]
    widths: frozenset[int]


@dataclass(frozen=True, slots=True)
class Match:
    """That a file is of a format: its columns' names, and how many rows come before the first of data."""

    names: tuple[str, ...]
    header_rows: int = 1


@dataclass(frozen=True, slots=True)
class Opening:
    """With what a file is read: where the rows' totals go, and how amounts are written."""

    match: Match
    ledger: Ledger
    decimal_comma: bool


@dataclass(frozen=True, slots=True)
class Format:
    """One shape of a carrier's invoice file.

    `carrier` is the integration's name. `looked_for` says in a few words what the format is known by.
    `match` gets the file's first rows.
    """

    carrier: str
    name: str
    looked_for: str
    match: Callable[[Sequence[Row]], Match | None]
    open: Callable[[Opening], Sheet]


class Columns:
    """Finds columns by their names and remembers which were asked for."""

    def __init__(self, names: Sequence[str]) -> None:
        self._found: dict[str, int] = {}
        for index, name in enumerate(names):
            self._found.setdefault(plain(name), index)
        self.parsed: set[int] = set()
        self.width = len(names)

    def find(self, *names: str) -> int | None:
        """The first column that has one of the names."""
        for name in names:
            index = self._found.get(plain(name))
            if index is not None:
                self.parsed.add(index)
                return index
        return None

    def at(self, *names: str) -> int:
        """The same for a column without which the format is not recognised. Raises `LookupError`."""
        index = self.find(*names)
        if index is None:
            raise LookupError(names[0])
        return index

    def peek(self, *names: str) -> int | None:
        """The same for a column that stays in `raw` as well."""
        return next((self._found[plain(name)] for name in names if plain(name) in self._found), None)


def plain(name: str) -> str:
    """A column's name without what exports change: case, spaces around and between, a byte order mark."""
    return " ".join(name.replace("\ufeff", "").split()).casefold()


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """The names as a file has them, made different: a second `Amount` is `Amount 2`, one without a name
    `Column 7`."""
    seen: dict[str, int] = {}
    result = []
    for number, name in enumerate(names, 1):
        told = " ".join(name.replace("\ufeff", "").split()) or f"Column {number}"
        seen[told] = seen.get(told, 0) + 1
        result.append(told if seen[told] == 1 else f"{told} {seen[told]}")
    return tuple(result)


def by_header(*required: str) -> Callable[[Sequence[Row]], Match | None]:
    """Recognises a file whose first row names at least those columns."""
    wanted = {plain(name) for name in required}

    def match(rows: Sequence[Row]) -> Match | None:
        if not rows or not wanted <= {plain(cell) for cell in rows[0]}:
            return None
        return Match(unique(rows[0]))

    return match
