"""Lists: `rql`, pages, and the HAL form of a collection (rels/rql, rels/hal)."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from crossdock.doubles.extensiv.asked import Asked, bad_query
from crossdock.doubles.extensiv.warehouse import Model

PREDICATE = re.compile(r"([A-Za-z.]+)==(.*)")


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list, and how many there are in all."""

    page: list[Model]
    total: int


def page(asked: Asked, models: list[Model], default_size: int) -> Found:
    """The page that is asked for of the models that satisfy `rql`. Raises `Fault`.

    Of the language, equality joined by `;` is understood; anything else is refused.
    """
    rql = asked.parameters.get("rql", "")
    tests = [_predicate(part) for part in rql.split(";") if part]
    found = [model for model in models if all(_has(model, path, value) for path, value in tests)]
    size, number = asked.parameters.get("pgsiz", default_size), asked.parameters.get("pgnum", 1)
    return Found(found[(number - 1) * size : number * size], len(found))


def _predicate(part: str) -> tuple[list[str], str]:
    match = PREDICATE.fullmatch(part)
    if match is None:
        raise bad_query("rql", f"Not understood: {part}")
    return match[1].lower().split("."), unquote(match[2])


def _has(model: Any, path: list[str], value: str) -> bool:
    for step in path:
        if not isinstance(model, dict):
            return False
        model = next((inner for name, inner in model.items() if name.lower() == step), None)
    return str(model).lower() == value.lower()


def embedded(rel: str, models: list[Model]) -> Model:
    """A list under its relation."""
    return {"_embedded": {rel: models}, "_links": {}}
