"""Royal Mail: its invoice report, one row for each sales order, under two header rows.

Sources: the contract's mapping (resources.md, section 3.1), the publisher's sample and its page about it: the
first header row names groups and the second the columns; a last row `Overall Result` has totals;
`charge_description` is made of product name and class of mail. `Gross Value` is `gross_cost` and `Net Value`
`net_cost`, as the contract maps them; the two differ by the tax and not by a discount.

The report has no parcels: they are in a separate tracking file, so `tracking_number` is empty. The publisher
also has a file of its own that combines both, with one row for each item under one header row (`gross_cost`,
`net_cost`, `tracking_number`); it is read too. It states no totals. Neither names a currency.
"""

from collections.abc import Sequence
from decimal import Decimal

from crossdock.carrier_invoices.faults import BadRow
from crossdock.carrier_invoices.lines import Money, Parcel
from crossdock.carrier_invoices.sheet import (
    Columns,
    Format,
    Match,
    Opening,
    Row,
    Sheet,
    by_header,
    plain,
    unique,
)
from crossdock.carrier_invoices.values import ZERO, amount, day

_TOTALS = "overall result"
_REQUIRED = {"sales order no.", "invoice number", "account number", "net value", "gross value"}


def _match(rows: Sequence[Row]) -> Match | None:
    if len(rows) < 2 or not {plain(cell) for cell in rows[1]} >= _REQUIRED:
        return None
    return Match(unique(rows[1]), header_rows=2)


def _open(opening: Opening) -> Sheet:
    columns, ledger, comma = Columns(opening.match.names), opening.ledger, opening.decimal_comma
    account_at, invoice_at = columns.at("Account Number"), columns.at("Invoice Number")
    date_at, order_at = columns.at("Invoice Date"), columns.peek("Sales Order No.") or 0
    net_at, gross_at, tax_at = columns.at("Net Value"), columns.at("Gross Value"), columns.peek("Tax Amount")
    product_at, class_at = columns.at("Product Name"), columns.at("Class of Mail")
    sums = {"Net Value": ZERO, "Gross Value": ZERO}

    def cell(row: Row, at: int, column: str) -> Decimal:
        found = amount(row[at], column, comma)
        if found is None:
            raise BadRow(f"{column!r} is empty")
        return found

    def overall(number: int, row: Row) -> None:
        for column, at in (("Net Value", net_at), ("Gross Value", gross_at)):
            stated = amount(row[at], column, comma)
            ledger.check("file", None, f"Overall Result, {column}", stated, sums[column], number)
        sums.update({"Net Value": ZERO, "Gross Value": ZERO})

    def read(number: int, row: Row) -> tuple[Parcel, Sequence[Money]] | None:
        if any(cell_text.strip().lower() == _TOTALS for cell_text in row):
            overall(number, row)
            return None
        net, gross = cell(row, net_at, "Net Value"), cell(row, gross_at, "Gross Value")
        tax = None if tax_at is None else amount(row[tax_at], "Tax Amount", comma)
        called = " ".join(part for part in (row[product_at].strip(), row[class_at].strip()) if part)
        invoice_id = row[invoice_at] or None
        parcel = Parcel(
            row[account_at] or None,
            invoice_id,
            None,
            day(row[date_at], "Invoice Date"),
            group=row[order_at],
        )
        sums["Net Value"] += net
        sums["Gross Value"] += gross
        if tax is not None:
            ledger.compare("row", invoice_id, "Net Value + Tax Amount", gross, net + tax, number)
        return parcel, (Money(called or None, gross, net, row[order_at]),)

    return Sheet(read, frozenset(columns.parsed), frozenset({columns.width}))


def _open_combined(opening: Opening) -> Sheet:
    columns, comma = Columns(opening.match.names), opening.decimal_comma
    account_at, invoice_at = columns.at("account_number"), columns.at("invoice_number")
    date_at, item_at = columns.at("invoice_date"), columns.at("tracking_number")
    net_at, gross_at = columns.at("net_cost"), columns.at("gross_cost")
    words = [at for name in ("product_name", "class_of_mail") if (at := columns.find(name)) is not None]
    source_at = columns.peek("source_type")

    def read(_number: int, row: Row) -> tuple[Parcel, Sequence[Money]]:
        net = amount(row[net_at], "net_cost", comma)
        gross = amount(row[gross_at], "gross_cost", comma)
        if net is None or gross is None:
            raise BadRow("'net_cost' or 'gross_cost' is empty")
        called = [row[at].strip() for at in words]
        if source_at is not None and row[source_at].strip().lower() == "rts":
            called.append("RTS")
        parcel = Parcel(
            row[account_at] or None,
            row[invoice_at] or None,
            row[item_at] or None,
            day(row[date_at], "invoice_date"),
        )
        return parcel, (Money(" ".join(filter(None, called)) or None, gross, net),)

    return Sheet(read, frozenset(columns.parsed), frozenset({columns.width}))


FORMATS = (
    Format(
        "royal-mail",
        "Royal Mail invoice report",
        "two header rows, the second with 'Sales Order No.', 'Net Value' and 'Gross Value'",
        _match,
        _open,
    ),
    Format(
        "royal-mail",
        "Royal Mail items with their share of the invoice",
        "a header row with 'account_number', 'sales_order_no', 'gross_cost' and 'net_cost'",
        by_header(
            "account_number",
            "invoice_number",
            "invoice_date",
            "sales_order_no",
            "tracking_number",
            "gross_cost",
            "net_cost",
        ),
        _open_combined,
    ),
)
