"""A record of a sandbox edited by hand: what it says becomes something else, by a JSON Merge Patch.

An edit moves no goods. What other records follow from the edited one is kept in step with it, so that the
sandbox's other operations find what they expect.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from crossdock.errors import FieldFault, Unprocessable
from crossdock.sandbox.declared import checked
from crossdock.sandbox.desk import answered
from crossdock.sandbox.merge_patch import TooDeep, merged
from crossdock.sandbox.refusals import unfit
from crossdock.sandbox.site import Kind, Record, Site

Keep = Callable[[Site, Record, Record], None]
"""Saves an edited record, as it is answered, and what follows from it: called with the site and the record
before and after. Raises `Refused` for what cannot be."""


@dataclass(frozen=True, slots=True)
class Editable:
    """How records of a kind can be edited: what they are declared to be, and what saves them."""

    declared: type[Struct]
    keep: Keep


def edit(site: Site, kind: Kind, how: Editable, record_id: str, patch: Any) -> Record:
    """The record as it is answered afterwards; one that the patch leaves as it is is not saved.

    Raises `Unprocessable` with every fault, `Refused` for an unknown record and for what does not agree with
    other records.
    """
    before = answered(kind, site.get(kind, record_id))
    if not isinstance(patch, dict):
        message = "must be an object: the members that change (RFC 7396)"
        raise Unprocessable(f"The body {message}.", [FieldFault("", message)])
    try:
        after = merged(before, patch)
    except TooDeep as error:
        raise Unprocessable(str(error), [FieldFault("", str(error))]) from error

    def is_there(other: Kind, other_id: str) -> bool:
        return site.shelves.get(other, other_id) is not None

    after, faults = checked(how.declared, before, after, is_there)
    if faults:
        faults.sort(key=lambda fault: fault.pointer)
        count = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise Unprocessable(f"The record cannot be so: {count}.", faults)
    if after != before:
        how.keep(site, before, after)
    return answered(kind, site.get(kind, record_id))


def saved_as(kind: Kind) -> Keep:
    """For records from which nothing else follows."""

    def keep(site: Site, before: Record, after: Record) -> None:  # noqa: ARG001
        site.save(kind, after)

    return keep


def check_is_free(site: Site, kind: Kind, field: str, before: Record, after: Record) -> None:
    """Raises `Refused` for a number that another record of the kind is looked up by."""
    number = after[field]
    if number == before[field] or number is None:
        return
    taken = site.shelves.find(kind, number)
    if taken:
        raise unfit(f"{number} is taken by {taken[0]['id']}.", f"/{field}")


def check_at_most(rows: list[Record], field: str, most: str) -> None:
    """Raises `Refused` for a line of which more moved than it has."""
    for at, row in enumerate(rows):
        if row[field] > row[most]:
            raise unfit(f"can be {row[most]} at most, the line's {most}.", f"/line_items/{at}/{field}")


def check_stand_once(rows: list[Record], field: str) -> None:
    """Raises `Refused` for two lines that are known by the same name."""
    seen: set[str] = set()
    for at, row in enumerate(rows):
        if row[field] in seen:
            raise unfit(f"{row[field]} stands on two lines.", f"/line_items/{at}/{field}")
        seen.add(row[field])


Edits = Mapping[Kind, Editable]
