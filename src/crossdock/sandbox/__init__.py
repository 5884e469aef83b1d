"""Systems that live in Crossdock's own database and behave like the real ones: a warehouse, a shop, an ERP.

They are reached as any vendor's system is: over a small JSON API (`sandbox.app`), by connectors that know
nothing of this room. What each does is in a folder of its own, written over `site.Shelves`, so that it runs
on plain memory as well as on the database.
"""
