"""The shapes of carriers' invoice files, one module for each carrier."""

from crossdock.carrier_invoices.formats import (
    dhl_ecommerce,
    dhl_express,
    dpd,
    fedex,
    royal_mail,
    ups,
    usps,
)

FORMATS = (
    *ups.FORMATS,
    *fedex.FORMATS,
    *usps.FORMATS,
    *dhl_express.FORMATS,
    *dhl_ecommerce.FORMATS,
    *dpd.FORMATS,
    *royal_mail.FORMATS,
)
"""Every shape known, in the order in which they are tried."""
