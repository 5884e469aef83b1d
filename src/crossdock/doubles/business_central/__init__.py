"""A double of Business Central's API, version 2.0: one company of one environment."""

from crossdock.doubles.business_central.app import BusinessCentralDouble
from crossdock.doubles.business_central.company import Company

__all__ = ["BusinessCentralDouble", "Company"]
