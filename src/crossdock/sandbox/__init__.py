"""A warehouse that lives in Crossdock's own database and behaves like one.

It is reached as any vendor's system is: over a small JSON API (`sandbox.app`), by a connector that knows
nothing of this room. The behaviour (`orders`, `shipping`, `inbound`, `returns`, `stock`, `products`) is
written over `warehouse.Shelves`, so that it runs on plain memory as well as on the database.
"""
