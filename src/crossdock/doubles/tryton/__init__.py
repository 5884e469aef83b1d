"""Tryton: no double but the real system, installed and started for the tests, with a door before it."""
