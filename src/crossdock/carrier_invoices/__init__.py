"""Carriers' invoice files: what they are, the line items in them, and whether those add up.

Knows files and nothing else: no storage, no HTTP.
"""

from crossdock.carrier_invoices.faults import Fault, UnknownShape
from crossdock.carrier_invoices.lines import Line, Money, Parcel
from crossdock.carrier_invoices.reading import Reading
from crossdock.carrier_invoices.report import Report

__all__ = ["Fault", "Line", "Money", "Parcel", "Reading", "Report", "UnknownShape"]
