"""One HTTP API to every system that moves goods."""

__version__ = "0.1.0"
