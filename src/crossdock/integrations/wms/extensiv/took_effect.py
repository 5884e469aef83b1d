"""Whether an operator took effect that an answer was lost for: its record has the status that it gives."""

from collections.abc import Callable
from typing import Any

from crossdock.connector import Account, Asked, LookUp, VendorRequest
from crossdock.integrations.wms.extensiv.hal import Model


def any_record(asked: Asked[Any], record: Model) -> bool:  # noqa: ARG001
    """For an operator that says nothing which the record would show."""
    return True


def took_effect(
    read: Callable[[Account, str], VendorRequest],
    status: int,
    says_so: Callable[[Asked[Any], Model], bool] = any_record,
) -> LookUp[Any]:
    """A look-up of the record in the path: `read` reads it, and `says_so` compares it with the body."""

    def request(asked: Asked[Any]) -> VendorRequest:
        return read(asked.account, asked.record_id)

    def found(asked: Asked[Any], answer: Any) -> str | None:
        there = answer is not None and answer["readOnly"]["status"] == status
        return asked.record_id if there and says_so(asked, answer) else None

    return LookUp(request, found)
