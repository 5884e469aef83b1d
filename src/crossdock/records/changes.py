"""What changed between two states of a record, as the contract's `previous_attributes` say it.

Keys are dotted paths to what changed, values what was there before; list indexes are numbers. The contract
leaves open how a longer or shorter list is told: here the whole earlier list stands under its path, and so
does an object whose keys contain dots.
"""

from collections.abc import Iterator, Mapping
from typing import Any

OF_THE_COPY = frozenset({"trackstar_created_date", "trackstar_updated_date"})
"""Keys that tell of the stored copy and not of the record."""


def previous_attributes(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """The earlier values of what differs; empty when nothing does."""
    found: dict[str, Any] = {}
    for name in sorted((before.keys() | now.keys()) - OF_THE_COPY):
        found.update(_differing(name, before.get(name), now.get(name)))
    return found


def _differing(path: str, before: Any, now: Any) -> Iterator[tuple[str, Any]]:
    if before == now and type(before) is type(now):
        return
    if isinstance(before, dict) and isinstance(now, dict):
        names = sorted(before.keys() | now.keys())
        if any("." in name for name in names):
            yield path, before
            return
        for name in names:
            yield from _differing(f"{path}.{name}", before.get(name), now.get(name))
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for index, (old, new) in enumerate(zip(before, now, strict=True)):
            yield from _differing(f"{path}.{index}", old, new)
    else:
        yield path, before


def gained(before: Mapping[str, Any], now: Mapping[str, Any], field: str) -> bool:
    """Whether a list field has an entry that was not there, told by the entry's own id where it has one."""
    old = {_name_of(entry) for entry in before.get(field) or ()}
    return any(_name_of(entry) not in old for entry in now.get(field) or ())


def _name_of(entry: Any) -> str:
    if isinstance(entry, dict):
        for name in ("shipment_id", "id"):
            if entry.get(name):
                return f"{name}={entry[name]}"
    return repr(entry)
