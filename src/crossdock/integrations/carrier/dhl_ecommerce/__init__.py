"""DHL eCommerce, by the invoice files that it gives its customers."""

from crossdock.connector.files import carrier_of_files

integration = carrier_of_files(
    "dhl-ecommerce",
    "DHL eCommerce",
    "Parcel carrier; its invoices are read from files of HDR and DTL rows.",
)
