"""Lists: `rql`, `sort`, pages, and the HAL form of a collection (rels/rql, rels/hal).

Of `rql`, predicates joined by `;` are understood; the reference also has alternatives joined by `,` and
parentheses around them, which are refused here as if they were wrong.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import eq, ge, gt, le, lt, ne
from typing import Any
from urllib.parse import unquote

from crossdock.doubles.extensiv.asked import Asked, bad_query
from crossdock.doubles.extensiv.warehouse import Model

PREDICATE = re.compile(r"([A-Za-z.]+)(==|!=|=gt=|=ge=|=lt=|=le=|=hv=|=in=|=out=)(.*)")
VALUE, VALUES = re.compile(r"[^!()*=,;]*"), re.compile(r"\(([^!()*=;]+)\)")
COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "==": eq,
    "!=": ne,
    "=gt=": gt,
    "=ge=": ge,
    "=lt=": lt,
    "=le=": le,
}
DATE = "date"

Getter = Callable[[Model], Any]
Test = Callable[[Model], bool]


@dataclass(frozen=True)
class Listing:
    """What a list takes: resources on a page unless told, and at most, and the properties that it knows.

    Properties are paths of the resource's model; their names count without regard to case.
    """

    size: int
    most: int
    properties: Sequence[str]
    sorted: bool = True

    def getter(self, name: str, parameter: str) -> Getter:
        """How a property is read from a resource. Raises `Fault` for one that the list does not know."""
        known = next((path for path in self.properties if path.lower() == name.lower()), None)
        if known is None:
            raise bad_query(parameter, f"Properties not supported: {name}")
        steps, is_date = known.split("."), known.lower().endswith(DATE)

        def get(model: Any) -> Any:
            for step in steps:
                model = model.get(step) if isinstance(model, dict) else None
            return _moment(model, parameter) if is_date and model is not None else model

        return get


OF_RECEIPTS_AND_ORDERS = (
    "readOnly.customerIdentifier.id",
    "readOnly.facilityIdentifier.id",
    "readOnly.creationDate",
    "readOnly.lastModifiedDate",
    "readOnly.status",
    "referenceNum",
    "poNum",
    "externalId",
)
ORDERS = Listing(
    100,
    1000,
    ("readOnly.orderId", "readOnly.isClosed", "readOnly.processDate", *OF_RECEIPTS_AND_ORDERS),
)
RECEIVERS = Listing(
    100, 500, ("readOnly.receiverId", "readOnly.receiverType", "arrivalDate", *OF_RECEIPTS_AND_ORDERS)
)
ITEMS = Listing(
    10,
    100,
    (
        "itemId",
        "sku",
        "upc",
        "description",
        "readOnly.creationDate",
        "readOnly.lastModifiedDate",
        "readOnly.deactivated",
    ),
)
CUSTOMERS = Listing(20, 100, ("readOnly.customerId", "readOnly.creationDate", "readOnly.deactivated"))
STOCK = Listing(100, 500, ("itemIdentifier.id", "itemIdentifier.sku", "facilityId"), sorted=False)
FACILITIES = Listing(100, 100, ("facilityId", "name", "deactivated"))
LOCATIONS = Listing(100, 100, (), sorted=False)


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list, and how many there are in all."""

    page: list[Model]
    total: int


def page(asked: Asked, models: list[Model], listing: Listing) -> Found:
    """The page that is asked for of the models that satisfy `rql`, in the order of `sort`. Raises `Fault`.

    What has no value stands before what has one.
    """
    size, number = _number(asked, "pgsiz", listing.size), _number(asked, "pgnum", 1)
    if size > listing.most:
        raise bad_query("pgsiz", f"At most {listing.most} resources are on a page.")
    tests = [_test(listing, part) for part in asked.parameters.get("rql", "").split(";") if part]
    found = [model for model in models if all(test(model) for test in tests)] if tests else list(models)
    for name in reversed((asked.parameters.get("sort") or "").split(",")) if listing.sorted else ():
        if name:
            get = listing.getter(name.removeprefix("-"), "sort")
            found.sort(key=_with_nothing_first(get), reverse=name.startswith("-"))
    return Found(found[(number - 1) * size : number * size], len(found))


def _number(asked: Asked, parameter: str, otherwise: int) -> int:
    given: int = asked.parameters.get(parameter, otherwise)
    if given < 1:
        raise bad_query(parameter, "It must be above 0.")
    return given


def _with_nothing_first(get: Getter) -> Callable[[Model], tuple[bool, Any]]:
    def key(model: Model) -> tuple[bool, Any]:
        value = get(model)
        return (value is not None, value)

    return key


def _test(listing: Listing, part: str) -> Test:
    match = PREDICATE.fullmatch(part)
    if match is None:
        raise bad_query("rql", f"Not understood: {part}")
    name, operator, text = match.groups()
    get = listing.getter(name, "rql")
    if operator in {"=in=", "=out="}:
        inside = VALUES.fullmatch(text)
        if inside is None:
            raise bad_query("rql", f"Not understood: {part}")
        return _among(get, inside[1].split(","), among=operator == "=in=")
    if VALUE.fullmatch(text) is None:
        raise bad_query("rql", f"Not understood: {part}")
    if operator == "=hv=":
        wanted = unquote(text).lower() == "true"
        return lambda model: (get(model) is not None) == wanted
    return _compares(get, COMPARED[operator], unquote(text))


def _among(get: Getter, texts: Sequence[str], *, among: bool) -> Test:
    """The values are few and the models are many: each text is made a value once for each kind of value."""
    kinds: dict[type, frozenset[Any]] = {}

    def test(model: Model) -> bool:
        value = _folded(get(model))
        kind = type(value)
        if kind not in kinds:
            kinds[kind] = frozenset(_like(value, unquote(text)) for text in texts)
        return (value in kinds[kind]) == among

    return test


def _compares(get: Getter, compared: Callable[[Any, Any], bool], text: str) -> Test:
    kinds: dict[type, Any] = {}

    def test(model: Model) -> bool:
        value = _folded(get(model))
        if value is None:
            return compared is ne
        kind = type(value)
        if kind not in kinds:
            kinds[kind] = _like(value, text)
        return compared(value, kinds[kind])

    return test


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _like(value: Any, text: str) -> Any:
    """A text as the kind of value that a property has. Raises `Fault`."""
    try:
        if isinstance(value, bool):
            return {"true": True, "false": False}[text.lower()]
        if isinstance(value, int | float):
            return float(text)
    except (KeyError, ValueError) as error:
        raise bad_query("rql", f"Not a value of the property: {text}") from error
    return _moment(text, "rql") if isinstance(value, datetime) else text.casefold()


def _moment(text: str, parameter: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise bad_query(parameter, f"Not a date: {text}") from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def embedded(rel: str, models: list[Model]) -> Model:
    """A list under its relation."""
    return {"_embedded": {rel: models}, "_links": {}}
