"""DPD: one row for each parcel, separated by semicolons, with English, Dutch or German column names.

Sources: the contract's mapping (resources.md, section 3.1), the publisher's samples and its page about them:
every charge column that is not zero is a line item, called as the column; `Total amount` or `Totaal` is the
row's total and no line item; dates are `20260331` or `31.03.2026`.

The English sample's charges come to `Total amount`. The Dutch layout has one charge column, `Toeslag`, and in
the sample it does not come to `Totaal` in any row; such a file is marked with the differences. The German
sample leaves `Totaal` empty, so that it states no total. No column is for the currency.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crossdock.carrier_invoices.lines import Money, Parcel
from crossdock.carrier_invoices.sheet import Columns, Format, Match, Opening, Row, Sheet, by_header
from crossdock.carrier_invoices.values import ZERO, amount, day


@dataclass(frozen=True, slots=True)
class _Words:
    """The columns' names in one language."""

    language: str
    invoice: str
    date: str
    account: str
    parcel: str
    total: str
    charges: tuple[str, ...]
    known_by: tuple[str, ...]


_ENGLISH = _Words(
    "English",
    "Invoice number",
    "Invoice date",
    "Customer number",
    "Parcel number",
    "Total amount",
    (
        "Base price",
        "Energy surcharge",
        "Fuel surcharge",
        "Toll surcharge",
        "Peak surcharge",
        "System return surcharge",
        "Oversized/Overweight surcharge",
        "Customs surcharge",
        "Total other surcharges",
    ),
    ("Base price",),
)
_GERMAN = _Words(
    "German",
    "Factuur",
    "Factuurdatum",
    "Relatienummer",
    "Pakketnummer",
    "Totaal",
    ("Tarief", "Fuel surcharge", "mautpreis", "verzoll_gebuehr", "Toeslag", "COD Toeslag"),
    ("Tarief", "mautpreis"),
)
_DUTCH = _Words(
    "Dutch",
    "Factuur",
    "Factuurdatum",
    "Relatienummer",
    "Pakketnummer",
    "Totaal",
    ("Toeslag",),
    ("Toeslag", "Dienst"),
)


def _open_with(words: _Words) -> Callable[[Opening], Sheet]:
    def bind(opening: Opening) -> Sheet:
        columns, ledger, comma = Columns(opening.match.names), opening.ledger, opening.decimal_comma
        invoice_at, date_at = columns.at(words.invoice), columns.at(words.date)
        account_at, parcel_at = columns.at(words.account), columns.at(words.parcel)
        total_at = columns.peek(words.total)
        charges = [(name, at) for name in words.charges if (at := columns.find(name)) is not None]

        def read(number: int, row: Row) -> tuple[Parcel, Sequence[Money]]:
            found = []
            for name, at in charges:
                paid = amount(row[at], name, comma)
                if paid:
                    found.append(Money(name, paid, paid))
            stated = None if total_at is None else amount(row[total_at], words.total, comma)
            invoice_id = row[invoice_at] or None
            parcel = Parcel(
                row[account_at] or None, invoice_id, row[parcel_at] or None, day(row[date_at], words.date)
            )
            sum_of = sum((one.net for one in found), ZERO)
            ledger.check("row", invoice_id, words.total, stated, sum_of, number)
            return parcel, found

        return Sheet(read, frozenset(columns.parsed), frozenset({columns.width}))

    return bind


def _match_with(words: _Words) -> Callable[[Sequence[Row]], Match | None]:
    return by_header(words.invoice, words.date, words.account, words.parcel, *words.known_by)


FORMATS = tuple(
    Format(
        "dpd",
        f"DPD invoice, {words.language}",
        f"a header row with '{words.parcel}', '{words.invoice}' and '{words.known_by[0]}'",
        _match_with(words),
        _open_with(words),
    )
    for words in (_ENGLISH, _GERMAN, _DUTCH)
)
