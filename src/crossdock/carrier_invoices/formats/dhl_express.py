"""DHL Express: `I` rows for invoices and `S` rows for their shipments, with charges `XC1` to `XC9` and more.

Sources: the contract's notes (resources.md, section 3.1), the publisher's sample and its page about it: only
`S` rows are charged; an empty `Billing Account` is that of the `I` row before; every `XC` group with a name
and an amount is a charge; files about customs have `XC10` and `XC11` too; some regions write `5.476,48`;
`Invoice Type` may be `Credit Note`.

In the sample `Weight Charge` and the `XC` charges come to `Total amount (excl. VAT)`, and that with `Total
Tax` to `Total amount (incl. VAT)`. So the line items are the charges without VAT, which stays in `raw`; the
other named charges count among them, and named discounts come off the weight charge. Totals of an `I` row are
checked where it states some; in the sample it states none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from crossdock.carrier_invoices.faults import BadRow
from crossdock.carrier_invoices.lines import Money, Parcel
from crossdock.carrier_invoices.sheet import Columns, Format, Opening, Row, Sheet, by_header
from crossdock.carrier_invoices.values import ZERO, amount, day

_Group = tuple[int | None, int, int, int | None]

_MOST_EXTRA = 99
_WEIGHT = "Weight Charge"
_NET, _GROSS, _TAX = "Total amount (excl. VAT)", "Total amount (incl. VAT)", "Total Tax"


@dataclass(slots=True)
class _Before:
    """What `S` rows take from the `I` row before them."""

    account: str = ""
    currency: str = ""
    kind: str = ""


def _open(opening: Opening) -> Sheet:  # noqa: PLR0915
    columns, ledger, comma = Columns(opening.match.names), opening.ledger, opening.decimal_comma
    sort_at, invoice_at = columns.at("Line Type"), columns.at("Invoice Number")
    account_at, shipment_at = columns.at("Billing Account"), columns.at("Shipment Number")
    shipped_at, invoiced_at = columns.at("Shipment Date"), columns.peek("Invoice Date")
    currency_at, kind_at = columns.at("Currency"), columns.peek("Invoice Type")
    weight_at = columns.at(_WEIGHT)
    net_at, gross_at, tax_at = columns.peek(_NET), columns.peek(_GROSS), columns.peek(_TAX)
    discounts = [at for n in range(1, 4) if (at := columns.find(f"Discount {n} Amount")) is not None]
    extras = _groups(columns)
    before = _Before()

    def cell(row: Row, at: int | None, column: str) -> Decimal | None:
        return None if at is None else amount(row[at], column, comma)

    def charges(row: Row) -> list[Money]:
        weight = cell(row, weight_at, _WEIGHT) or ZERO
        off = sum((abs(cell(row, at, "Discount") or ZERO) for at in discounts), ZERO)
        found = [Money(_WEIGHT, weight, weight - off)] if weight or off else []
        for code_at, name_at, amount_at, discount_at in extras:
            name = row[name_at].strip()
            charged = cell(row, amount_at, name or opening.match.names[amount_at])
            if not charged:
                continue
            if not name:
                raise BadRow(f"{opening.match.names[amount_at]!r} has an amount and no name")
            less = abs(cell(row, discount_at, f"discount of {name}") or ZERO)
            code = row[code_at] if code_at is not None else ""
            found.append(Money(name, charged, charged - less, code))
        return found

    def invoice(number: int, row: Row) -> None:
        stated = cell(row, net_at, _NET)
        before.account, before.currency = row[account_at], row[currency_at]
        before.kind = row[kind_at].strip() if kind_at is not None else ""
        ledger.add(row[invoice_at] or None, ZERO, number, stated)

    def read(number: int, row: Row) -> tuple[Parcel, Sequence[Money]] | None:
        sort = row[sort_at].strip().upper()
        if sort == "I":
            invoice(number, row)
            return None
        if sort != "S":
            raise BadRow(f"'Line Type' is {row[sort_at][:20]!r}; 'I' and 'S' are known")
        money_of = row[currency_at].strip() or before.currency.strip()
        if not money_of:
            raise BadRow("the currency is missing: 'Currency'")
        found = charges(row)
        net, gross, tax = cell(row, net_at, _NET), cell(row, gross_at, _GROSS), cell(row, tax_at, _TAX)
        when = day(row[shipped_at], "Shipment Date")
        if when is None and invoiced_at is not None:
            when = day(row[invoiced_at], "Invoice Date")
        invoice_id = row[invoice_at] or None
        kind = (row[kind_at].strip() if kind_at is not None else "") or before.kind
        parcel = Parcel(
            row[account_at] or before.account or None,
            invoice_id,
            row[shipment_at] or None,
            when,
            money_of,
            None if kind.lower() in {"", "invoice"} else kind,
        )
        sum_of = sum((one.net for one in found), ZERO)
        ledger.check("row", invoice_id, _NET, net, sum_of, number)
        if tax is not None:
            ledger.check("row", invoice_id, _GROSS, gross, sum_of + tax, number)
        ledger.add(invoice_id, sum_of, number)
        return parcel, found

    return Sheet(read, frozenset(columns.parsed), frozenset({columns.width}))


def _groups(columns: Columns) -> list[_Group]:
    """Code, name, amount and discount of each charge that a row has room for."""
    found: list[_Group] = []
    for number in (1, 2):
        name, charged = (
            columns.find(f"Other Charges {number}"),
            columns.find(f"Other Charges {number} Amount"),
        )
        if name is not None and charged is not None:
            found.append((None, name, charged, None))
    for number in range(1, _MOST_EXTRA):
        name, charged = columns.find(f"XC{number} Name"), columns.find(f"XC{number} Charge")
        if name is None or charged is None:
            break
        found.append((columns.find(f"XC{number} Code"), name, charged, columns.find(f"XC{number} Discount")))
    return found


FORMATS = (
    Format(
        "dhl-express",
        "DHL Express invoice",
        "a header row with 'Line Type', 'Shipment Number' and 'XC1 Charge'",
        by_header(
            "Line Type",
            "Invoice Number",
            "Billing Account",
            "Shipment Number",
            "Shipment Date",
            "Currency",
            "Weight Charge",
            "XC1 Name",
            "XC1 Charge",
        ),
        _open,
    ),
)
