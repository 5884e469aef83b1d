"""A real Vendure, for tests and demos: installed from npm into a cache, started on SQLite, filled by its
own APIs."""

from crossdock.doubles.vendure.app import VendureDouble
from crossdock.doubles.vendure.server import NotToBeHad, VendureServer, running_server, shared_server
from crossdock.doubles.vendure.shop import Shop

__all__ = ["NotToBeHad", "Shop", "VendureDouble", "VendureServer", "running_server", "shared_server"]
