"""Vendure's refusals: errors of GraphQL, and error results in the place of a result.

An error result has `errorCode`, `message` and, for some, `transitionError`
(`common-error-results.graphql`). Errors have a `path` and mostly a code among their extensions
(`common/error/errors.js`); what no one foresaw, such as a constraint of the database, has none.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from crossdock.connector import VendorAnswer
from crossdock.connector.vendor import vendor_words

STATUSES = {
    "UNAUTHORIZED": 401,
    "FORBIDDEN": 401,
    "ENTITY_NOT_FOUND": 404,
    "USER_INPUT_ERROR": 400,
    "BAD_USER_INPUT": 400,
    "ILLEGAL_OPERATION": 400,
    "CHANNEL_NOT_FOUND": 400,
    "GRAPHQL_VALIDATION_FAILED": 400,
    "GRAPHQL_PARSE_FAILED": 400,
    "INVALID_CREDENTIALS_ERROR": 401,
    "NATIVE_AUTH_STRATEGY_ERROR": 401,
}
"""The status that a code means. A session that has ended is `FORBIDDEN`, as is what a role does not allow."""

UNFORESEEN = 500
REFUSED = 400
AFTER_THE_EFFECT = 502


def interpret(answer: VendorAnswer) -> VendorAnswer:
    """The answer with the status that it means.

    An error below a root field is raised while the result is read, after a mutation took effect. Its
    status is 502, so that a write with one counts as not known to have failed, whatever data stands
    beside it.
    """
    if answer.status != 200:
        return answer
    decoded = _decoded(answer)
    errors = list(_errors(decoded))
    data = decoded.get("data")
    values = [value for value in data.values() if value is not None] if isinstance(data, dict) else []
    if errors and (values or any(_is_nested(error) for error in errors)):
        return replace(answer, status=AFTER_THE_EFFECT)
    if errors:
        return replace(answer, status=STATUSES.get(_code(errors[0]), UNFORESEEN))
    refused = next(_results(decoded), None)
    return (
        answer
        if refused is None
        else replace(answer, status=STATUSES.get(str(refused.get("errorCode")), REFUSED))
    )


def words(answer: VendorAnswer) -> str:
    """The vendor's message, or messages."""
    decoded = _decoded(answer)
    said = [error.get("message") for error in _errors(decoded)]
    for result in _results(decoded):
        said += [result.get("message"), result.get("transitionError")]
    return "; ".join(str(message) for message in said if message) or vendor_words(answer)


def error_codes(answer: VendorAnswer) -> set[str]:
    """The codes of the error results."""
    return {str(result["errorCode"]) for result in _results(_decoded(answer))}


def _decoded(answer: VendorAnswer) -> dict[str, Any]:
    try:
        decoded = answer.json()
    except ValueError:
        return {}
    return decoded if isinstance(decoded, dict) else {}


def _errors(decoded: dict[str, Any]) -> Iterator[dict[str, Any]]:
    errors = decoded.get("errors")
    for error in errors if isinstance(errors, list) else ():
        if isinstance(error, dict):
            yield error


def _results(decoded: dict[str, Any]) -> Iterator[dict[str, Any]]:
    data = decoded.get("data")
    for value in data.values() if isinstance(data, dict) else ():
        if isinstance(value, dict) and "errorCode" in value:
            yield value


def _is_nested(error: dict[str, Any]) -> bool:
    path = error.get("path")
    return isinstance(path, list) and len(path) > 1


def _code(error: dict[str, Any]) -> str:
    extensions = error.get("extensions")
    return str(extensions.get("code")) if isinstance(extensions, dict) else ""
