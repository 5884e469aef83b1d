"""The warehouse company of the sandbox: orders, stock, inbound shipments and returns."""
