"""One charge of an invoice, as every format gives it."""

from decimal import Decimal

from msgspec import Struct


class Money(Struct, frozen=True):
    """What a format finds of one charge in a row. `code` tells charges apart that are called the same."""

    description: str | None
    gross: Decimal
    net: Decimal
    code: str = ""


class Parcel(Struct, frozen=True):
    """What all charges of a row share.

    `transaction_date` is in the contract's form. `currency` is an ISO 4217 code, `None` where the format has
    no column for one. `invoice_type` is the carrier's word for what is no ordinary invoice, as a credit note.
    `contract_id` is the id that the contract wants the line item to have, where it wants one.
    """

    account_id: str | None
    invoice_id: str | None
    tracking_number: str | None
    transaction_date: str | None
    currency: str | None = None
    invoice_type: str | None = None
    contract_id: str | None = None


class Line(Struct, frozen=True):
    """A line item: one charge, where it stood, and what its id is.

    `id` is made of what identifies the charge (see `identity`), the same in whatever file it comes.
    `raw` holds the columns of the row that are in no other field and are not empty.
    """

    id: str
    row: int
    parcel: Parcel
    money: Money
    raw: dict[str, str]
