"""The carrier sandbox: it begins with invoice files made for it, and takes those of every carrier."""

from crossdock.connector.files import carrier_of_files

integration = carrier_of_files(
    "sandbox",
    "Carrier Sandbox",
    "Invoice files to try things out on; files of every carrier are taken.",
)
