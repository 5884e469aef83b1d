"""DHL Express, by the invoice files that it gives its customers."""

from crossdock.connector.files import carrier_of_files

integration = carrier_of_files(
    "dhl-express",
    "DHL Express",
    "Express carrier; its invoices are read from CSV files.",
)
