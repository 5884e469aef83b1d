"""Whether the charges of a file add up to what the carrier says they add up to."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from crossdock.carrier_invoices.values import ZERO

MOST_SHOWN = 100
"""Differences and faults that are told one by one; the rest is counted."""
_MOST_APART = 10_000
"""Shipments that are remembered because their total has not been reached yet."""

Of = Literal["file", "invoice", "shipment", "row"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A total that the charges do not add up to. `rows` are the first and the last one that belong to it.

    `key` tells which shipment or column it is about. `found` is what the charges add up to.
    """

    of: Of
    invoice_id: str | None
    key: str
    stated: Decimal
    found: Decimal
    rows: tuple[int, int]

    @property
    def difference(self) -> Decimal:
        """What is missing from the charges; negative when they are more than the total."""
        return self.stated - self.found


@dataclass(slots=True)
class _Sum:
    """A growing sum, and the total that it should reach. `several` says that rows state several totals."""

    first_row: int
    last_row: int
    found: Decimal = ZERO
    stated: Decimal | None = None
    several: bool = False


@dataclass(slots=True)
class _Groups:
    """Totals of shipments or withdrawals, each row stating the one that it belongs to.

    The rows of one usually come one after the other. What does not add up when the next one begins is kept,
    since more of its rows may come later.
    """

    key: str = ""
    current: _Sum | None = None
    apart: dict[str, _Sum] = field(default_factory=dict)
    too_many: int = 0

    def add(self, key: str, found: Decimal, row: int, stated: Decimal) -> None:
        now = self.current
        if now is None or self.key != key or now.stated != stated:
            self.close()
            self.key = key
            now = self.current = _Sum(row, row, stated=stated)
        now.found += found
        now.last_row = row

    def close(self) -> None:
        now = self.current
        self.current = None
        if now is None:
            return
        before = self.apart.pop(self.key, None)
        if before is not None:
            now.found += before.found
            now.first_row = before.first_row
        if now.found == now.stated:
            return
        if len(self.apart) < _MOST_APART:
            self.apart[self.key] = now
        else:
            self.too_many += 1


class Ledger:
    """Adds up one file. Formats tell it of every row; memory grows with invoices, not with rows."""

    def __init__(self) -> None:
        self.totals_stated = 0
        self.differences: list[Difference] = []
        self.more_differences = 0
        self.notes: dict[str, int] = {}
        self._withdrawals = _Groups()
        self._invoices: dict[str | None, _Sum] = {}
        self._shipments: defaultdict[str | None, _Groups] = defaultdict(_Groups)

    @property
    def invoices(self) -> int:
        """How many invoices have told the ledger of themselves."""
        return len(self._invoices)

    def note(self, text: str) -> None:
        """Remembers something that is no fault; the same again is counted."""
        if text in self.notes or len(self.notes) < MOST_SHOWN:
            self.notes[text] = self.notes.get(text, 0) + 1

    def check(
        self, of: Of, invoice_id: str | None, key: str, stated: Decimal | None, found: Decimal, row: int
    ) -> None:
        """Compares a total that one row states with what the charges under it come to."""
        if stated is None:
            return
        self.totals_stated += 1
        self.compare(of, invoice_id, key, stated, found, row)

    def compare(
        self, of: Of, invoice_id: str | None, key: str, stated: Decimal, found: Decimal, row: int
    ) -> None:
        """As `check`, for a figure that is no total of charges and proves nothing when it is right."""
        if stated != found:
            self._differs(Difference(of, invoice_id, key, stated, found, (row, row)))

    def withdraw(self, withdrawal: str, stated: Decimal, found: Decimal, row: int) -> None:
        """Adds a transaction to the withdrawal that paid it."""
        self._withdrawals.add(withdrawal, found, row, stated)

    def add(self, invoice_id: str | None, found: Decimal, row: int, stated: Decimal | None = None) -> None:
        """Adds a row's charges to its invoice, and takes down the invoice's total if the row states it."""
        one = self._invoices.get(invoice_id)
        if one is None:
            one = self._invoices[invoice_id] = _Sum(row, row)
        one.found += found
        one.last_row = row
        if stated is not None:
            if one.stated is None:
                one.stated = stated
            elif one.stated != stated:
                one.several = True

    def add_shipment(
        self, invoice_id: str | None, shipment: str, found: Decimal, row: int, stated: Decimal | None
    ) -> None:
        """As `add`, where the total of a row may also be the one of its shipment."""
        self.add(invoice_id, found, row, stated)
        if stated is not None:
            self._shipments[invoice_id].add(shipment, found, row, stated)

    def close(self) -> None:
        """Compares the totals of invoices; to be called once, after the last row."""
        self._withdrawals.close()
        for key, paid in self._withdrawals.apart.items():
            self.note(
                f"withdrawal {key} took {paid.stated} and its transactions here come to {paid.found} "
                f"(rows {paid.first_row} to {paid.last_row})"
            )
        for invoice_id, one in self._invoices.items():
            for difference in self._of_invoice(invoice_id, one):
                self._differs(difference)
        self._shipments.clear()

    def _of_invoice(self, invoice_id: str | None, one: _Sum) -> Iterator[Difference]:
        if one.stated is None:
            return
        self.totals_stated += 1
        if not one.several and one.found == one.stated:
            return
        shipments = self._shipments.get(invoice_id)
        if shipments is not None:
            shipments.close()
            if not shipments.apart:
                return
        if shipments is not None and one.several:
            for key, part in shipments.apart.items():
                yield Difference(
                    "shipment",
                    invoice_id,
                    key,
                    part.stated or ZERO,
                    part.found,
                    (part.first_row, part.last_row),
                )
            self.more_differences += shipments.too_many
            return
        key = "rows state different totals for it; the first is compared" if one.several else ""
        yield Difference("invoice", invoice_id, key, one.stated, one.found, (one.first_row, one.last_row))

    def _differs(self, difference: Difference) -> None:
        if len(self.differences) < MOST_SHOWN:
            self.differences.append(difference)
        else:
            self.more_differences += 1
