"""The command line: `crossdock --help`."""

from crossdock.cli.main import main

__all__ = ["main"]
