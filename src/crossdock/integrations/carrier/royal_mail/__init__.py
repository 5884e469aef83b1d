"""Royal Mail, by the invoice files that it gives its customers."""

from crossdock.connector.files import carrier_of_files

integration = carrier_of_files(
    "royal-mail",
    "Royal Mail",
    "Postal service of the United Kingdom; its invoice reports are read from CSV files.",
)
