"""One charge of an invoice, as every format gives it."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct


class Money(Struct, frozen=True, gc=False):
    """What a format finds of one charge in a row. `code` tells charges apart that are called the same."""

    description: str | None
    gross: Decimal
    net: Decimal
    code: str = ""


class Parcel(Struct, frozen=True, gc=False):
    """What all charges of a row share.

    `transaction_date` is in the contract's form. `currency` is an ISO 4217 code, `None` where the format has
    no column for one. `invoice_type` is the carrier's word for what is no ordinary invoice, as a credit note.
    `contract_id` is the id that the contract wants the line item to have, where it wants one. `group` is what
    else the charges of a parcel share and those of others do not, where the tracking number may not tell.
    """

    account_id: str | None
    invoice_id: str | None
    tracking_number: str | None
    transaction_date: str | None
    currency: str | None = None
    invoice_type: str | None = None
    contract_id: str | None = None
    group: str = ""


class Raw(Struct, frozen=True, gc=False):
    """The columns of a row that are in no other field and are not empty: their names and their cells."""

    names: Sequence[str]
    cells: Sequence[str]


class Line(Struct, frozen=True, gc=False):
    """A line item: one charge, where it stood, and what its id is.

    `id` is made of what identifies the charge (see `identity`), the same in whatever file it comes.
    """

    id: str
    row: int
    parcel: Parcel
    money: Money
    columns: Raw

    @property
    def raw(self) -> dict[str, str]:
        """The carrier's own columns that are in no other field. A mapping of their own for each caller: rows
        share the names, and are smaller without one."""
        return dict(zip(self.columns.names, self.columns.cells, strict=True))
