"""A double of Flexport's API, version 2: shipments, bookings and the network of a client."""

from crossdock.doubles.flexport.app import FlexportDouble
from crossdock.doubles.flexport.client_account import ClientAccount

__all__ = ["ClientAccount", "FlexportDouble"]
