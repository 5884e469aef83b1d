"""UPS, by the invoice files that it gives its customers."""

from crossdock.connector.files import carrier_of_files

integration = carrier_of_files(
    "ups",
    "UPS",
    "Parcel carrier; its billing data is read from CSV files, one row for each charge.",
)
