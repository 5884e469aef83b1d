"""USPS: the transaction report of its Enterprise Payment System, one row for each transaction.

Sources: the contract's mapping (resources.md, section 3.1), the publisher's sample and its page about it:
`Postage` is the cost before and after discounts, `Transaction Amount` the total debited, negative for a
refund. The contract takes the transaction for the invoice, so each adds up when its postage is the amount
debited.

A withdrawal from the bank (`ACH Withdrawal Amount`) pays transactions that need not all be in the report.
Where those that are come to something else, the report gets a note, and is not marked as wrong.
"""

from collections.abc import Sequence
from decimal import Decimal

from crossdock.carrier_invoices.faults import BadRow
from crossdock.carrier_invoices.lines import Money, Parcel
from crossdock.carrier_invoices.sheet import Columns, Format, Opening, Row, Sheet, by_header
from crossdock.carrier_invoices.values import amount, day


def _open(opening: Opening) -> Sheet:
    columns, ledger, comma = Columns(opening.match.names), opening.ledger, opening.decimal_comma
    account, transaction = columns.at("EPS Account #"), columns.at("EPS Transaction ID")
    when, kind = columns.at("Transaction Date/Time"), columns.at("Transaction Type")
    pic, postage = columns.at("Package Identification Code (PIC)"), columns.at("Postage")
    debited = columns.peek("Transaction Amount")
    withdrawn, withdrawal = columns.peek("ACH Withdrawal Amount"), columns.peek("ACH Withdrawal ID")

    def read(number: int, row: Row) -> tuple[Parcel, Sequence[Money]]:
        paid = amount(row[postage], "Postage", comma)
        if paid is None:
            raise BadRow("'Postage' is empty")
        stated = amount(row[debited], "Transaction Amount", comma) if debited is not None else None
        taken: Decimal | None = None
        if withdrawn is not None:
            taken = amount(row[withdrawn], "ACH Withdrawal Amount", comma)
        transaction_id, code = row[transaction] or None, row[pic].strip() or None
        parcel = Parcel(
            row[account] or None,
            transaction_id,
            code,
            day(row[when], "Transaction Date/Time"),
            contract_id=code,
        )
        ledger.check("invoice", transaction_id, "Transaction Amount", stated, paid, number)
        if taken is not None and withdrawal is not None:
            ledger.withdraw(row[withdrawal], taken, paid if stated is None else stated, number)
        return parcel, (Money(row[kind] or None, paid, paid),)

    return Sheet(read, frozenset(columns.parsed), frozenset({columns.width}))


FORMATS = (
    Format(
        "usps",
        "USPS EPS transactions",
        "a header row with 'EPS Transaction ID' and 'Package Identification Code (PIC)'",
        by_header(
            "EPS Account #",
            "EPS Transaction ID",
            "Package Identification Code (PIC)",
            "Postage",
            "Transaction Date/Time",
            "Transaction Type",
        ),
        _open,
    ),
)
