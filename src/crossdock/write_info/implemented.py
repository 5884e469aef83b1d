"""Which fields of a canonical record a list fills: the contract's `implemented_fields`.

Nothing is declared about it. The samples of a list are rows in which the vendor says everything it can; what
their translation fills, or what changes with them, is implemented.
"""

from collections.abc import Sequence
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from crossdock.connector import ListOperation

ALWAYS = ("connection_id", "trackstar_created_date", "trackstar_updated_date")
"""What every stored copy has."""

TAGS = "trackstar_tags"


def implemented_fields(operation: ListOperation) -> dict[str, Any]:
    """The record's shape with true or false in the place of each value.

    A list has the shape of its elements in it, a map that of its values under `key`. An object of which
    nothing is filled is false.
    """
    records = [operation.record(sample) for sample in operation.samples]
    turned = [record for sample in operation.samples if (record := _turned(operation, sample)) is not None]
    found = _of_struct(operation.function.record, records, turned)
    shape = dict(found) if isinstance(found, dict) else {}
    if operation.function.has_tags:
        shape[TAGS] = True
    return {**shape, **dict.fromkeys(ALWAYS, True)}


def _turned(operation: ListOperation, sample: Any) -> Struct | None:
    """The record of a sample in which every yes is a no: yes and no are told apart by that alone."""
    try:
        return operation.record(_opposite(sample))
    except (ValueError, TypeError, LookupError, AttributeError):
        return None


def _opposite(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, dict):
        return {key: _opposite(inner) for key, inner in value.items()}
    return [_opposite(inner) for inner in value] if isinstance(value, list) else value


def _of_struct(
    kind: type[Struct], values: Sequence[Any], turned: Sequence[Any]
) -> dict[str, Any] | Literal[False]:
    hints = get_type_hints(kind)
    shape = {}
    for field in msgspec.structs.fields(kind):
        own = [getattr(value, field.name) for value in values if value is not None]
        opposite = [getattr(value, field.name) for value in turned if value is not None]
        default = None if field.default is msgspec.NODEFAULT else field.default
        shape[field.name] = _of_value(hints[field.name], own, opposite, default)
    return shape if any(shape.values()) else False


def _of_value(hint: Any, values: Sequence[Any], turned: Sequence[Any], default: Any) -> Any:
    kind, around = _inner(hint)
    if kind is None:
        filled = any(value not in (None, "", [], {}, default) for value in values)
        return filled or (len(values) == len(turned) and list(values) != list(turned))
    if around is None:
        return _of_struct(kind, values, turned)
    found = _of_struct(kind, _elements(values), _elements(turned))
    if not found:
        return False
    return [found] if around is list else {"key": found}


def _elements(values: Sequence[Any]) -> list[Any]:
    """The elements of lists, and the values of maps."""
    return [
        element
        for value in values
        for element in (value.values() if isinstance(value, dict) else value or ())
    ]


def _inner(hint: Any) -> tuple[type[Struct] | None, Any]:
    """The struct that a type is, or holds in a list or a map, and which of the two."""
    if isinstance(hint, type) and issubclass(hint, Struct):
        return hint, None
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {list, dict}:
        kind, around = _inner(arguments[-1])
        return (kind, origin) if around is None else (None, None)
    for argument in arguments if origin is not None else ():
        if isinstance(argument, type) and issubclass(argument, Struct):
            return argument, None
    return None, None
