"""FedEx, by the invoice files that it gives its customers."""

from crossdock.connector.files import carrier_of_files

integration = carrier_of_files(
    "fedex",
    "FedEx",
    "Parcel carrier; invoices of the United States and international ones are read from CSV files.",
)
