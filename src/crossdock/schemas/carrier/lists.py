"""The lists of carriers: the contract's endpoint table, section 4."""

from crossdock.schemas import carrier
from crossdock.schemas.list_functions import DATE, ListFunction

LISTS: tuple[ListFunction, ...] = (
    ListFunction(
        "carrier",
        "get_invoice_line_items",
        "/carrier/invoice-line-items",
        "invoice-line-items",
        carrier.InvoiceLineItem,
        "carrier-invoice-line-item",
        "invoice_line_item_id",
        own_filters={"transaction_date": DATE},
    ),
)
