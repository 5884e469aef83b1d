"""Carriers: the canonical record of a charge, as in the contract's resource tables, section 3.1."""

from decimal import Decimal
from typing import Any

from msgspec import Struct


class InvoiceLineItem(Struct, kw_only=True):
    """One charge of a carrier's invoice, in the invoice's currency.

    A charge is neither a shipment nor an invoice: several may share a tracking number. Amounts are exact; a
    credit is negative. `raw` has the carrier's own columns.
    """

    id: str
    created_date: str
    updated_date: str
    transaction_date: str | None = None
    account_id: str | None = None
    invoice_id: str | None = None
    tracking_number: str | None = None
    gross_cost: Decimal | None = None
    net_cost: Decimal | None = None
    currency: str | None = None
    charge_description: str | None = None
    raw: dict[str, Any] = {}
    trackstar_tags: list[Any] | None = None
    additional_fields: dict[str, Any] = {}


__all__ = ["InvoiceLineItem"]
