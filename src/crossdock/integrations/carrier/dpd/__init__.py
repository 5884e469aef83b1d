"""DPD, by the invoice files that it gives its customers."""

from crossdock.connector.files import carrier_of_files

integration = carrier_of_files(
    "dpd",
    "DPD",
    "Parcel carrier; its invoices in English, Dutch and German are read from files separated by semicolons.",
)
