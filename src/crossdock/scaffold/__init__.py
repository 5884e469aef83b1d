"""Writes the package that a new integration begins as."""

from crossdock.scaffold.package import write_package

__all__ = ["write_package"]
