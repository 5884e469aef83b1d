"""The ERP of the sandbox: items, stock in locations, sales orders and purchase orders."""
