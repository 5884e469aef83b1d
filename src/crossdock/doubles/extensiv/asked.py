"""What an operation is given, and how it refuses: the exception bodies of the reference (rels/exceptions)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crossdock.doubles.double import Refused

if TYPE_CHECKING:
    from crossdock.doubles.extensiv.tokens import Tokens
    from crossdock.doubles.extensiv.warehouse import Record, Warehouse

MODELS = "WMS.V2.Generic.Models"


class Fault(Refused):
    """A refusal with an exception body. Its names are in PascalCase, as everything in them."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        super().__init__(str(body.get("Hint", "")), status)
        self.body = dict(body)


def invalid(model: str, name: str, code: str, hint: str, value: Any = None) -> Fault:
    """400: a property of the body is not accepted. `name` is its path in PascalCase."""
    return Fault(
        400,
        {
            "$type": f"{MODELS}.Exceptions.ModelValidationException, {MODELS}",
            "ModelType": model,
            "Properties": [{"Name": name, "Value": value}],
            "ErrorCode": code,
            "Hint": hint,
        },
    )


def not_now(action: str, code: str, hint: str) -> Fault:
    """403: the state of the record does not allow an operator."""
    return Fault(
        403,
        {
            "$type": f"{MODELS}.Exceptions.OperationException, {MODELS}",
            "ActionName": action,
            "ErrorCode": code,
            "Hint": hint,
        },
    )


def bad_query(parameter: str, hint: str) -> Fault:
    """400: a query parameter is not understood."""
    return Fault(
        400,
        {
            "$type": f"{MODELS}.Exceptions.QueryParameterException, {MODELS}",
            "Parameters": [parameter],
            "ErrorCode": "NotParsable",
            "Hint": hint,
        },
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that keeps to the specification: its parameters with their types, and its body."""

    warehouse: "Warehouse"
    tokens: "Tokens"
    parameters: Mapping[str, Any]
    body: Any

    def record(self, records: Mapping[int, "Record"], parameter: str) -> "Record":
        """The record whose id is in the path. Raises `Refused` with 404."""
        found = records.get(self.parameters[parameter])
        if found is None:
            raise Refused("There is no such resource.", 404)
        return found

    def unchanged(self, record: "Record") -> None:
        """Raises `Refused`: 428 without `If-Match`, 412 when the record has changed since (rels/headers)."""
        given = self.parameters.get("If-Match")
        if given is None:
            raise Refused("If-Match is required.", 428)
        if given.removeprefix("W/") != record.etag:
            raise Refused("The resource has changed.", 412)
