"""Freight forwarders."""
