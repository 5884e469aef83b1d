"""The shop of the sandbox: products with variants, their stock, orders, shipments and refunds."""
