"""A vendor's refusal, with the fields of the caller's body that it is about."""

from typing import Any

from crossdock.connector import Asked, FieldFault, Integration, VendorAnswer, WriteOperation
from crossdock.errors import VendorError
from crossdock.write_info.tracing import Trace


def with_blame(
    refusal: VendorError,
    integration: Integration,
    operation: WriteOperation[Any],
    asked: Asked[Any],
    trace: Trace,
    answer: VendorAnswer,
) -> VendorError:
    """The refusal with `errors` where the vendor says enough; its words are left as they are."""
    faults = list(operation.refused(asked, answer)) or [
        FieldFault(own, blame.words)
        for blame in integration.blamed(answer)
        if (own := trace.origin(blame.place)) is not None
    ]
    if faults:
        refusal.extra["errors"] = [fault.as_json() for fault in faults]
    return refusal
