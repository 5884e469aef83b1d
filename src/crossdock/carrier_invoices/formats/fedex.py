"""FedEx: one row for each shipment with up to 51 pairs of columns, a label and an amount, one pair a charge.

Two shapes, by the region of the account: the United States (210 columns) and international air waybills (168
columns). Sources: the contract's mapping (resources.md, section 3.1), the publisher's samples and its page
about them: labels that name subtotals are no charges; `Net Charge Amount` and `Air Waybill Total Amount` are
the row's total; their sum over an invoice is `Original Amount Due`.

In the sample `Transportation Charge Amount` repeats the pair `Transportation Charge`. Where a row fills that
column and has no such pair, the column is a charge of its own. A discount is a pair with a negative amount,
so each charge is as much before as after discounts.
"""

from collections.abc import Sequence
from decimal import Decimal

from crossdock.carrier_invoices.faults import BadRow
from crossdock.carrier_invoices.lines import Money, Parcel
from crossdock.carrier_invoices.sheet import Columns, Format, Opening, Row, Sheet, by_header, plain
from crossdock.carrier_invoices.values import ZERO, amount, day

_SUBTOTALS = frozenset(
    plain(label)
    for label in (
        "Net Transportation Charges",
        "Subtotal",
        "Import/Export Subtotal",
        "Tax Subtotal",
        "Non-Trans Charges",
    )
)
_FREIGHT = "Transportation Charge"
_ORDINARY = {"", "shipment"}


def _pairs(names: Sequence[str], label: str) -> list[int]:
    """The columns of labels: the label's name, or, made different, that name and a number."""
    wanted = plain(label)
    return [
        index
        for index, name in enumerate(names[:-1])
        if plain(name) == wanted or plain(name.rstrip("0123456789")) == wanted
    ]


def _open_us(opening: Opening) -> Sheet:
    return _open(
        opening,
        invoice="Invoice Number",
        tracking="Express or Ground Tracking ID",
        label="Tracking ID Charge Description",
        total="Net Charge Amount",
        freight="Transportation Charge Amount",
    )


def _open_international(opening: Opening) -> Sheet:
    return _open(
        opening,
        invoice="FedEx Invoice Number",
        tracking="Air Waybill Number",
        label="Air Waybill Charge Label",
        total="Air Waybill Total Amount",
        currency="Bill to Currency",
        kind="Invoice Type",
    )


def _open(
    opening: Opening,
    *,
    invoice: str,
    tracking: str,
    label: str,
    total: str,
    freight: str = "",
    currency: str = "",
    kind: str = "",
) -> Sheet:
    columns, ledger, comma = Columns(opening.match.names), opening.ledger, opening.decimal_comma
    account_at, invoice_at = columns.at("Bill to Account Number"), columns.at(invoice)
    date_at, tracking_at = columns.at("Invoice Date"), columns.at(tracking)
    total_at, due_at = columns.at(total), columns.peek("Original Amount Due")
    freight_at = columns.find(freight) if freight else None
    currency_at = columns.find(currency) if currency else None
    kind_at = columns.peek(kind) if kind else None
    pairs = _pairs(opening.match.names, label)

    def charges(row: Row) -> list[Money]:
        found = []
        has_freight = False
        for at in pairs:
            called = row[at].strip()
            paid = amount(row[at + 1], opening.match.names[at + 1], comma)
            if not called and paid:
                raise BadRow(f"{opening.match.names[at + 1]!r} has an amount and its label is empty")
            if called and plain(called) not in _SUBTOTALS:
                has_freight = has_freight or plain(called) == plain(_FREIGHT)
                if paid is None:
                    raise BadRow(f"{called!r} has no amount")
                if paid:
                    found.append(Money(called, paid, paid))
        if freight_at is not None and not has_freight:
            paid = amount(row[freight_at], freight, comma)
            if paid:
                found.insert(0, Money(_FREIGHT, paid, paid))
        return found

    def read(number: int, row: Row) -> tuple[Parcel, Sequence[Money]]:
        money_of = row[currency_at].strip() if currency_at is not None else None
        if money_of == "":
            raise BadRow(f"the currency is missing: {currency!r}")
        found = charges(row)
        stated = amount(row[total_at], total, comma)
        due: Decimal | None = None
        if due_at is not None:
            due = amount(row[due_at], "Original Amount Due", comma)
        sort = row[kind_at].strip() if kind_at is not None else ""
        invoice_id = row[invoice_at] or None
        parcel = Parcel(
            row[account_at] or None,
            invoice_id,
            row[tracking_at] or None,
            day(row[date_at], "Invoice Date"),
            money_of,
            None if sort.lower() in _ORDINARY else sort,
        )
        sum_of = sum((one.net for one in found), ZERO)
        ledger.check("row", invoice_id, total, stated, sum_of, number)
        ledger.add(invoice_id, sum_of, number, due)
        return parcel, found

    parsed = columns.parsed | {at + side for at in pairs for side in (0, 1)}
    return Sheet(read, frozenset(parsed), frozenset({columns.width}))


FORMATS = (
    Format(
        "fedex",
        "FedEx invoice, United States",
        "a header row with 'Express or Ground Tracking ID' and 'Tracking ID Charge Description'",
        by_header(
            "Bill to Account Number",
            "Invoice Number",
            "Express or Ground Tracking ID",
            "Net Charge Amount",
            "Tracking ID Charge Description",
        ),
        _open_us,
    ),
    Format(
        "fedex",
        "FedEx invoice, international",
        "a header row with 'Air Waybill Number' and 'Air Waybill Charge Label'",
        by_header(
            "Bill to Account Number",
            "FedEx Invoice Number",
            "Air Waybill Number",
            "Air Waybill Total Amount",
            "Air Waybill Charge Label",
        ),
        _open_international,
    ),
)
