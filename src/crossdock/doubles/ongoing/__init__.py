"""A double of Ongoing WMS's Goods Owner REST API."""

from crossdock.doubles.ongoing.app import OngoingDouble
from crossdock.doubles.ongoing.causes import ReturnCause, parse_return_cause

__all__ = ["OngoingDouble", "ReturnCause", "parse_return_cause"]
