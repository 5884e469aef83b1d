"""Finds the installed integrations through their entry points and answers by type and name."""

from crossdock.catalog.catalog import Catalog

__all__ = ["Catalog"]
