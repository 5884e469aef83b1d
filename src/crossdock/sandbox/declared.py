"""The check of an edited record against the declaration of its kind: every fault, each at its place.

A kind of record is declared once, as a `msgspec.Struct` whose fields are types with `msgspec.Meta` limits and
the notes of this module: `Fixed` for what an edit cannot change, `Refers` for ids of other records,
`WireDate` for dates. What an edit leaves as it was is not judged.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
import orjson
from msgspec import NODEFAULT, UNSET, Meta, Struct, UnsetType
from msgspec.structs import FieldInfo, fields

from crossdock.errors import FieldFault
from crossdock.sandbox.moments import EARLIEST_YEAR, LATEST_YEAR
from crossdock.sandbox.site import Kind, Record
from crossdock.schemas.times import is_wire_time

NOTHING: Any = object()
"""Stands for what was not there before."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A member that an edit cannot change, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Refers:
    """A member that is the id of a record of that kind."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class WireDate:
    """A member that is a moment in the contract's form."""


IsThere = Callable[[Kind, str], bool]


def checked(
    declared: type[Struct], before: Record, after: Record, is_there: IsThere
) -> tuple[Record, list[FieldFault]]:
    """The edited record with the defaults of what was taken out of it, and every fault that it has.

    `before` is the record that was edited, `is_there` says whether there is a record of an id.
    """
    check = _Check(is_there)
    return check.object(declared, before, after, ""), check.faults


def escape(name: str) -> str:
    """The name of a member as it stands in a JSON Pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


class _Check:
    def __init__(self, is_there: IsThere) -> None:
        self.faults: list[FieldFault] = []
        self._is_there = is_there

    def object(self, declared: type[Struct], before: Any, after: Any, at: str) -> Any:
        """The object with its defaults; the faults are noted."""
        if not isinstance(after, dict):
            return self._fault(at, "must be an object", after)
        was = before if isinstance(before, dict) else {}
        known = {field.encode_name: field for field in fields(declared)}
        for name in after.keys() - known.keys():
            near = get_close_matches(name, known, n=1, cutoff=0.6)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            self._fault(f"{at}/{escape(name)}", f"unknown field{hint}", after, sorted(known))
        result = {}
        for name, value in after.items():
            if name in known:
                result[name] = self.value(
                    known[name].type, was.get(name, NOTHING), value, f"{at}/{escape(name)}"
                )
        for name in known.keys() - after.keys():
            if before is NOTHING or name in was:
                self._left_out(known[name], was, result, f"{at}/{escape(name)}")
        return result

    def _left_out(self, field: FieldInfo, was: Mapping[str, Any], result: Record, at: str) -> None:
        fixed = next((note for note in get_args(field.type)[1:] if isinstance(note, Fixed)), None)
        if fixed is not None and field.encode_name in was:
            self._fault(at, f"cannot be edited: {fixed.why}", None, [was[field.encode_name]])
        elif field.default_factory is not NODEFAULT:
            result[field.encode_name] = msgspec.to_builtins(field.default_factory())
        elif field.default is NODEFAULT:
            self._fault(at, "can be neither null nor left out", None)
        elif field.default is not UNSET:
            result[field.encode_name] = msgspec.to_builtins(field.default)

    def value(self, hint: Any, before: Any, after: Any, at: str) -> Any:
        """The value with its defaults; the faults are noted."""
        if before is not NOTHING and _same(before, after):
            return after
        notes: tuple[Any, ...] = ()
        if get_origin(hint) is Annotated:
            hint, *found = get_args(hint)
            notes = tuple(found)
        fixed = next((note for note in notes if isinstance(note, Fixed)), None)
        if fixed is not None:
            accepted = None if before is NOTHING else [before]
            return self._fault(at, f"cannot be edited: {fixed.why}", after, accepted)
        if get_origin(hint) in {Union, UnionType}:
            return self._one_of(hint, before, after, at)
        if isinstance(hint, type) and issubclass(hint, Struct):
            return self.object(hint, before, after, at)
        if get_origin(hint) is Literal:
            self._chosen(get_args(hint), after, at)
        elif self._fits(hint, notes, after, at):
            return self._inside(hint, notes, before, after, at)
        return after

    def _chosen(self, choices: tuple[Any, ...], after: Any, at: str) -> None:
        if not any(type(after) is type(choice) and after == choice for choice in choices):
            self._fault(at, f"{str(after)[:40]!r} is not one of the accepted values", after, list(choices))

    def _inside(self, hint: Any, notes: tuple[Any, ...], before: Any, after: Any, at: str) -> Any:
        if get_origin(hint) is list:
            return self._rows(get_args(hint)[0], before if isinstance(before, list) else [], after, at)
        if get_origin(hint) is dict:
            return self._mapping(hint, before, after, at)
        self._note_says(notes, after, at)
        return after

    def _one_of(self, hint: Any, before: Any, after: Any, at: str) -> Any:
        """A value that may be null, or left out."""
        choices = [choice for choice in get_args(hint) if choice is not UnsetType]
        if after is None and NoneType in choices:
            return None
        return self.value(next(c for c in choices if c is not NoneType), before, after, at)

    def _rows(self, item: Any, before: list[Any], after: list[Any], at: str) -> list[Any]:
        """The rows of an array, of which each is held against the one that stood in its place."""
        was = [*before, *[NOTHING] * len(after)]
        return [self.value(item, was[number], row, f"{at}/{number}") for number, row in enumerate(after)]

    def _mapping(self, hint: Any, before: Any, after: Any, at: str) -> Any:
        named, kept = get_args(hint)
        was = before if isinstance(before, dict) else {}
        result = {}
        for name, value in after.items():
            place = f"{at}/{escape(name)}"
            if name not in was:
                self.value(named, NOTHING, name, place)
            result[name] = self.value(kept, was.get(name, NOTHING), value, place)
        return result

    def _fits(self, hint: Any, notes: tuple[Any, ...], after: Any, at: str) -> bool:
        """Whether it is of the type and within its limits; what is inside of it is not looked at."""
        plain = get_origin(hint) or hint
        limits = tuple(note for note in notes if isinstance(note, Meta))
        try:
            msgspec.convert(after, Annotated[(plain, *limits)] if limits else plain)
        except msgspec.ValidationError as error:
            self._fault(at, str(error), after)
            return False
        return True

    def _note_says(self, notes: tuple[Any, ...], after: str, at: str) -> None:
        for note in notes:
            if isinstance(note, WireDate) and not _is_moment(after):
                self._fault(
                    at,
                    f"must be a moment such as 2026-03-01T12:00:00Z, in a year from {EARLIEST_YEAR} "
                    f"to {LATEST_YEAR}",
                    after,
                )
            elif isinstance(note, Refers) and not self._is_there(note.kind, after):
                self._fault(at, f"there is no {after} in {note.kind.replace('_', ' ')}", after)

    def _fault(self, at: str, message: str, after: Any, accepted: Any = None) -> Any:
        self.faults.append(FieldFault(at, message, accepted))
        return after


def _is_moment(text: str) -> bool:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    return is_wire_time(text) and EARLIEST_YEAR <= moment.year <= LATEST_YEAR


def _same(before: Any, after: Any) -> bool:
    """Whether two values are the same JSON; to Python 1, 1.0 and true are equal."""
    sort = orjson.OPT_SORT_KEYS
    return orjson.dumps(before, option=sort) == orjson.dumps(after, option=sort)


class Entry(Struct, kw_only=True):
    """What every record has."""

    id: Annotated[str, Fixed("the sandbox gives ids")]
    created_date: Annotated[str, Fixed("it is when the record was made")]
    updated_date: Annotated[str, Fixed("it becomes the time of the edit")]


Date = Annotated[str, WireDate()]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]
"""Whole units, of which there may be none."""

Amount = Annotated[float, Meta(ge=-1_000_000_000, le=1_000_000_000)]
"""Money that may be owed either way."""
