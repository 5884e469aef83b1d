"""USPS, by the invoice files that it gives its customers."""

from crossdock.connector.files import carrier_of_files

integration = carrier_of_files(
    "usps",
    "USPS",
    "Postal service of the United States; transaction reports of its payment system are read from CSV files.",
)
