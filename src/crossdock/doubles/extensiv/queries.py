"""Lists: `rql`, pages, and the HAL form of a collection (rels/rql, rels/hal)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from crossdock.doubles.extensiv.asked import Asked, bad_query
from crossdock.doubles.extensiv.warehouse import Model

PREDICATE = re.compile(r"([A-Za-z.]+)(==|=ge=)(.*)")


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list, and how many there are in all."""

    page: list[Model]
    total: int


def page(asked: Asked, models: list[Model], default_size: int) -> Found:
    """The page that is asked for of the models that satisfy `rql`. Raises `Fault`.

    Of the language, equality and "at least", joined by `;`, are understood; anything else is refused. `sort`
    is a property, in descending order after a minus sign.
    """
    rql = asked.parameters.get("rql", "")
    tests = [_predicate(part) for part in rql.split(";") if part]
    found = [model for model in models if all(test(model) for test in tests)]
    if sort := asked.parameters.get("sort"):
        steps = sort.removeprefix("-").lower().split(".")
        found.sort(key=lambda model: str(_value(model, steps) or ""), reverse=sort.startswith("-"))
    size, number = asked.parameters.get("pgsiz", default_size), asked.parameters.get("pgnum", 1)
    return Found(found[(number - 1) * size : number * size], len(found))


def _predicate(part: str) -> Callable[[Model], bool]:
    match = PREDICATE.fullmatch(part)
    if match is None:
        raise bad_query("rql", f"Not understood: {part}")
    path, value = match[1].lower().split("."), unquote(match[3])
    if match[2] == "==":
        return lambda model: str(_value(model, path)).lower() == value.lower()
    return lambda model: str(_value(model, path) or "") >= value


def _value(model: Any, path: list[str]) -> Any:
    for step in path:
        if not isinstance(model, dict):
            return None
        model = next((inner for name, inner in model.items() if name.lower() == step), None)
    return model


def embedded(rel: str, models: list[Model]) -> Model:
    """A list under its relation."""
    return {"_embedded": {rel: models}, "_links": {}}
