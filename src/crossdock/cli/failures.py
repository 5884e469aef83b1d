"""The failures that an operator can mend, in words on standard error."""

import sys

from crossdock.catalog.quality import BadQuality
from crossdock.connections.vault import SecretKeyProblem
from crossdock.errors import ApiError, Unavailable, Unprocessable
from crossdock.settings import BadSetting
from crossdock.storage.schema import DatabaseIsNewer

FAILED = 1
CANNOT_START = 2


def explain(error: Exception) -> int | None:
    """Prints what is wrong; the exit code, or `None` for a failure that is a bug of Crossdock."""
    match error:
        case SecretKeyProblem() | BadSetting() | DatabaseIsNewer() | Unavailable() | OSError():
            print(f"crossdock: {error}", file=sys.stderr)
            return CANNOT_START
        case Unprocessable():
            print(f"crossdock: {error.message}", file=sys.stderr)
            for fault in error.faults:
                accepted = f" (accepted: {fault.accepted})" if fault.accepted else ""
                print(f"  {fault.pointer}: {fault.message}{accepted}", file=sys.stderr)
            return FAILED
        case ApiError():
            print(f"crossdock: {error.message}", file=sys.stderr)
            return FAILED
        case BadQuality():
            print(f"crossdock: {error}", file=sys.stderr)
            return FAILED
    return None
