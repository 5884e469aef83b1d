"""The columns of a row that no field of a line item has, for its `raw`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import itemgetter

from crossdock.carrier_invoices.lines import Raw
from crossdock.carrier_invoices.sheet import Row

_MOST_PATTERNS = 1_000

_Getter = Callable[[Row], Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Which unparsed columns are filled in some rows."""

    names: Sequence[str]
    cells: _Getter


class Unparsed:
    """Picks the cells of a row that are neither parsed nor empty.

    Rows of one file mostly fill the same few of their many columns. Which ones a pattern of filled columns
    picks is worked out once, and that makes this several times as fast as looking at each cell.
    """

    def __init__(self, names: Sequence[str], parsed: frozenset[int]) -> None:
        self._names = names
        self._of_parsed = _getter(sorted(parsed))
        self._unparsed = [at for at in range(len(names)) if at not in parsed]
        self._of_unparsed = _getter(self._unparsed)
        self._patterns: dict[tuple[int, ...], _Pattern] = {}
        self._last = self._pattern(())

    def of(self, row: Row) -> Raw:
        """The filled, unparsed cells of the row and the names of their columns."""
        if len(row) < len(self._names):
            row = [*row, *[""] * (len(self._names) - len(row))]
        known = self._last
        cells = known.cells(row)
        empty = row.count("") - self._of_parsed(row).count("")
        if empty + len(cells) != len(self._unparsed) or not all(cells):
            filled = tuple(compress(self._unparsed, self._of_unparsed(row)))
            known = self._last = self._patterns.get(filled) or self._pattern(filled)
            cells = known.cells(row)
        return Raw(known.names, cells)

    def _pattern(self, filled: tuple[int, ...]) -> _Pattern:
        if len(self._patterns) >= _MOST_PATTERNS:
            self._patterns.clear()
        found = _Pattern([self._names[at] for at in filled], _getter(filled))
        self._patterns[filled] = found
        return found


def _getter(columns: Sequence[int]) -> _Getter:
    if len(columns) < 2:
        return lambda row: [row[at] for at in columns]
    return itemgetter(*columns)
