"""A double of Extensiv 3PL Warehouse Manager's REST API, as far as Crossdock uses it."""

from crossdock.doubles.extensiv.app import ExtensivDouble

__all__ = ["ExtensivDouble"]
