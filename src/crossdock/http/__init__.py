"""Thin routes: each parses a request, calls one function and shapes the answer."""
