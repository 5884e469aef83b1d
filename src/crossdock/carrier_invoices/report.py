"""What is told of a file that was read: what it is, what is wrong with it, and whether it adds up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from crossdock.carrier_invoices.faults import Fault
from crossdock.carrier_invoices.ledger import Difference, Ledger
from crossdock.carrier_invoices.recognise import Recognised

Status = Literal["reconciled", "differs", "incomplete", "not_stated"]


@dataclass(frozen=True, slots=True)
class Report:
    """A file's reconciliation.

    `status` is `differs` when charges do not add up to a total that the file states, `incomplete` when rows
    could not be read, `not_stated` when the file states no total, and else `reconciled`. At most a hundred
    differences and faults are listed; `more_differences` and `more_faults` count the others.
    """

    carrier: str
    format: str
    status: Status
    rows: int
    line_items: int
    totals_stated: int
    differences: Sequence[Difference]
    more_differences: int
    faults: Sequence[Fault]
    more_faults: int
    notes: Sequence[str]

    def as_json(self) -> dict[str, Any]:
        """The report as it is stored and shown. Amounts are text, so that they stay exact."""
        return {
            "carrier": self.carrier,
            "format": self.format,
            "status": self.status,
            "rows": self.rows,
            "line_items": self.line_items,
            "totals_stated": self.totals_stated,
            "differences": [
                {
                    "of": one.of,
                    "invoice_id": one.invoice_id,
                    "key": one.key,
                    "stated": str(one.stated),
                    "found": str(one.found),
                    "difference": str(one.difference),
                    "first_row": one.rows[0],
                    "last_row": one.rows[1],
                }
                for one in self.differences
            ],
            "more_differences": self.more_differences,
            "faults": [{"row": fault.row, "message": fault.message} for fault in self.faults],
            "more_faults": self.more_faults,
            "notes": list(self.notes),
        }


def report_of(
    recognised: Recognised, ledger: Ledger, rows: int, lines: int, faults: Sequence[Fault], more_faults: int
) -> Report:
    """The report of a file that was read to its end."""
    status: Status = "reconciled"
    if ledger.differences or ledger.more_differences:
        status = "differs"
    elif faults:
        status = "incomplete"
    elif not ledger.totals_stated:
        status = "not_stated"
    return Report(
        carrier=recognised.format.carrier,
        format=recognised.format.name,
        status=status,
        rows=rows,
        line_items=lines,
        totals_stated=ledger.totals_stated,
        differences=tuple(ledger.differences),
        more_differences=ledger.more_differences,
        faults=tuple(faults),
        more_faults=more_faults,
        notes=tuple(
            text if times == 1 else f"{text} ({times} times)" for text, times in ledger.notes.items()
        ),
    )
