"""Refusals in the form that the specification has for the operation and the status.

Three forms: no body (401, 403, most 404s), messages by field, and ASP.NET's problem details with or without
messages by field. The fields are named as ShipBob's own answers name them, by their .NET names
(`ReferenceId`; `""` for the request as a whole), which public clients show for a duplicate order
(`{"": ["Cannot insert order with existing ReferenceId"]}`) and a duplicate product
(`{"ReferenceId": [...]}`). The other names follow that pattern and the other words are ours.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from crossdock.doubles.double import Refused
from crossdock.doubles.faults import Answer
from crossdock.doubles.specification import Call, Specification

PROBLEM = "Microsoft.AspNetCore.Mvc.ProblemDetails"
VALIDATION_PROBLEM = "Microsoft.AspNetCore.Mvc.ValidationProblemDetails"
TITLES = {400: "Bad Request", 404: "Not Found", 422: "Unprocessable Entity"}


class Invalid(Refused):
    """What is wrong, by field: `""` for the request as a whole."""

    def __init__(self, errors: Mapping[str, Sequence[str]], status: int = 422) -> None:
        super().__init__("; ".join(word for words in errors.values() for word in words), status)
        self.errors = {field: list(words) for field, words in errors.items()}


def refusal(specification: Specification, call: Call, refused: Refused) -> Answer:
    """The answer to a refused call, checked as every answer is. Raises `Violation`."""
    schema = specification.answer_schema(call, refused.status)
    if schema is None:
        return Answer(refused.status, b"", refused.headers)
    errors = refused.errors if isinstance(refused, Invalid) else {"": [refused.message]}
    body = _body(str(schema), refused, errors)
    specification.check_answer(call, body, refused.status)
    return Answer(refused.status, orjson.dumps(body), refused.headers)


def _body(schema: str, refused: Refused, errors: dict[str, list[str]]) -> dict[str, Any]:
    title = TITLES[refused.status]
    if VALIDATION_PROBLEM in schema:
        return {"$type": VALIDATION_PROBLEM, "title": title, "status": refused.status, "errors": errors}
    if PROBLEM in schema:
        return {"$type": PROBLEM, "title": title, "status": refused.status, "detail": refused.message}
    return errors
