"""The columns of a row that no field of a line item has, for its `raw`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import itemgetter

from crossdock.carrier_invoices.sheet import Row

_MOST_PATTERNS = 1_000

_Getter = Callable[[Row], Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Which columns are filled in some rows, and what goes into their `raw`."""

    empty: int
    filled: _Getter
    names: Sequence[str]
    unparsed: _Getter


class Unparsed:
    """Picks the cells of a row that are neither parsed nor empty.

    Rows of one file mostly fill the same few of their many columns. Which ones a pattern of filled columns
    picks is worked out once, and that makes this several times as fast as looking at each cell.
    """

    def __init__(self, names: Sequence[str], parsed: frozenset[int]) -> None:
        self._names = names
        self._parsed = parsed
        self._columns = range(len(names))
        self._patterns: dict[tuple[int, ...], _Pattern] = {}
        self._last = self._pattern(())

    def of(self, row: Row) -> dict[str, str]:
        """The filled, unparsed cells of the row by the names of their columns."""
        if len(row) < len(self._names):
            row = [*row, *[""] * (len(self._names) - len(row))]
        known = self._last
        if row.count("") != known.empty or not all(known.filled(row)):
            filled = tuple(compress(self._columns, row))
            known = self._last = self._patterns.get(filled) or self._pattern(filled)
        return dict(zip(known.names, known.unparsed(row), strict=True))

    def _pattern(self, filled: tuple[int, ...]) -> _Pattern:
        if len(self._patterns) >= _MOST_PATTERNS:
            self._patterns.clear()
        kept = [at for at in filled if at not in self._parsed]
        found = _Pattern(
            len(self._names) - len(filled), _getter(filled), [self._names[at] for at in kept], _getter(kept)
        )
        self._patterns[filled] = found
        return found


def _getter(columns: Sequence[int]) -> _Getter:
    if len(columns) < 2:
        return lambda row: [row[at] for at in columns]
    return itemgetter(*columns)
