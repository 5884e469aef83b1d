"""A double of ShipBob's Developer API, versions 1.0 and 2.0."""

from crossdock.doubles.shipbob.app import ShipBobDouble
from crossdock.doubles.shipbob.merchant import Channel

__all__ = ["Channel", "ShipBobDouble"]
