"""Warehouse systems."""
