"""UPS: billing data with one row for each charge, 250 columns in version 6.1, with or without a header row.

Sources: the contract's notes on this file (resources.md, section 3.1), the publisher's sample and its page
about it. `Net Amount` is what is charged and `Net Amount` + `Incentive Amount` what it was before discounts.
`Basis Value` is what the carrier calculated from: it may be in another currency, and is left in `raw`.

`Invoice Amount` is "total invoice amount" on that page. In the sample it is the total of each row's shipment
(`Lead Shipment Number`), and the rows of one invoice state several. So an invoice adds up when its charges
come to the one amount that all of its rows state, or when the charges of every shipment come to the amount
that the shipment's rows state.
"""

import re
from collections.abc import Sequence

from crossdock.carrier_invoices.faults import BadRow
from crossdock.carrier_invoices.formats.ups_columns import NAMES
from crossdock.carrier_invoices.lines import Money, Parcel
from crossdock.carrier_invoices.sheet import Columns, Format, Match, Opening, Row, Sheet, by_header, unique
from crossdock.carrier_invoices.values import ZERO, amount, day

_CLASSES = {
    "FRT": "Transportation Charges",
    "FSC": "Fuel Surcharges",
    "ACC": "Accessorial Charges",
    "TAX": "Taxes",
    "GOV": "Government Charges",
    "BRK": "Brokerage Charges",
    "EXM": "Exempt Charges",
    "MSC": "Miscellaneous Charges",
    "INF": "Information",
}
"""Names for the classification codes that the publisher's page lists, for rows without a description. The
first four are the sample's own."""

_ORDINARY = {"", "01", "1"}

_by_header = by_header(
    "Invoice Number", "Lead Shipment Number", "Charge Classification Code", "Net Amount", "Invoice Amount"
)
_VERSION = re.compile(r"\d{1,2}\.\d{1,2}").fullmatch
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}").match


def _match(rows: Sequence[Row]) -> Match | None:
    found = _by_header(rows)
    if found is not None or not rows:
        return found
    first = rows[0]
    if len(first) < len(NAMES) or not _VERSION(first[0].strip()) or not _ISO_DAY(first[4]):
        return None
    return Match(unique(NAMES + ("",) * (len(first) - len(NAMES))), header_rows=0)


def _open(opening: Opening) -> Sheet:
    columns, ledger, comma = Columns(opening.match.names), opening.ledger, opening.decimal_comma
    account, invoice = columns.at("Account Number"), columns.at("Invoice Number")
    charged, invoiced = columns.at("Transaction Date"), columns.peek("Invoice Date")
    tracking, lead = columns.at("Tracking Number"), columns.peek("Lead Shipment Number") or 0
    total, net = columns.at("Invoice Amount"), columns.at("Net Amount")
    incentive = columns.at("Incentive Amount")
    described, classified = columns.at("Charge Description"), columns.at("Charge Classification Code")
    coded = columns.at("Charge Description Code")
    currency = columns.at("Transaction Currency Code")
    other_currency = columns.at("Invoice Currency Code")
    kind = columns.peek("Invoice Type Code")

    def read(number: int, row: Row) -> tuple[Parcel, Sequence[Money]]:
        paid = amount(row[net], "Net Amount", comma)
        if paid is None:
            raise BadRow("'Net Amount' is empty")
        money_of = row[currency] or row[other_currency]
        if not money_of.strip():
            raise BadRow("the currency is missing: 'Transaction Currency Code' and 'Invoice Currency Code'")
        discount = amount(row[incentive], "Incentive Amount", comma) or ZERO
        stated = amount(row[total], "Invoice Amount", comma)
        when = day(row[charged], "Transaction Date")
        if when is None and invoiced is not None:
            when = day(row[invoiced], "Invoice Date")
        invoice_id = row[invoice] or None
        sort = row[kind].strip() if kind is not None else ""
        code = row[classified]
        ledger.add_shipment(invoice_id, row[lead], paid, number, stated)
        parcel = Parcel(
            row[account] or None,
            invoice_id,
            row[tracking] or None,
            when,
            money_of,
            None if sort in _ORDINARY else sort,
            None,
            row[lead],
        )
        called = row[described] or _CLASSES.get(code, code) or None
        return parcel, (Money(called, paid + discount, paid, f"{code}/{row[coded]}/{row[lead]}"),)

    return Sheet(read, frozenset(columns.parsed), frozenset({columns.width}))


FORMATS = (
    Format(
        "ups",
        "UPS billing data",
        "a header row with 'Lead Shipment Number', 'Charge Classification Code' and 'Net Amount', or 250 "
        "columns without one",
        _match,
        _open,
    ),
)
