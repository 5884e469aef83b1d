"""What each integration here asks for beside what the contract's publisher asked of the same system.

`python -m tests.support.parity` writes `docs/parity.md`. Theirs: `tests/specs/integration-write-fields.json`,
the publisher's snapshot of October 2025. Ours: the declarations. Reasons: `parity.toml` beside each
integration.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson

from crossdock.catalog import Catalog
from crossdock.catalog.catalog import ENTRY_POINT_GROUP
from crossdock.connector import Integration
from crossdock.schemas.actions import WRITE_ACTIONS, Action
from crossdock.write_info.summary import fields_of

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "parity.md"
SNAPSHOT = ROOT / "tests" / "specs" / "integration-write-fields.json"

CALLED_THERE = {
    "cart/sandbox": "Cart Sandbox",
    "wms/sandbox": "WMS Sandbox",
    "wms/ongoing": "Ongoing WMS",
    "wms/shiphero": "ShipHero",
    "wms/shipbob": "ShipBob",
    "wms/extensiv": "Extensiv (3PL Central)",
}

PLACEHOLDERS = ("N/A", "Connect an account")
"""How the snapshot, made without an account, shows values that an account decides."""

WHOLE = ""
"""The key of a reason about an action as a whole."""


@dataclass(frozen=True)
class Field:
    """One side of a comparison: the JSON type, whether the field is required where it stands, and the closed
    list of its values where it has one.
    """

    type: str
    required: bool
    accepted: tuple[str, ...] = ()

    def __str__(self) -> str:
        values = f" of {', '.join(self.accepted)}" if self.accepted else ""
        return f"{self.type}{values}, {'required' if self.required else 'optional'}"


Fields = Mapping[str, Field]


@dataclass(frozen=True)
class Row:
    """A field on both sides; `reason` is for the difference, empty where one is owed."""

    path: str
    theirs: Field | None
    ours: Field | None
    reason: str | None

    @property
    def differs(self) -> bool:
        return self.theirs != self.ours


@dataclass(frozen=True)
class Comparison:
    """One action of one integration, which at least they have."""

    integration: Integration
    action: Action
    rows: list[Row]
    missing_here: bool
    reason: str | None
    idle_reasons: list[str]

    @property
    def without_reason(self) -> list[str]:
        """The places that differ and do not say why."""
        if self.missing_here:
            return [] if self.reason else [WHOLE]
        return [row.path for row in self.rows if row.differs and not row.reason]


def their_fields(schema: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, Field]]:
    """The fields of a schema of the snapshot, by dotted path."""
    for name, field in schema.get("fields", {}).items():
        path = f"{at}{name}"
        values = field.get("enum", ())
        asked_of_account = any(value.startswith(PLACEHOLDERS) for value in values)
        accepted = () if asked_of_account else tuple(sorted(values))
        yield path, Field(field["type"], name in schema.get("required", ()), accepted)
        yield from their_fields(field.get("object") or field.get("items") or {}, f"{path}.")


def our_fields(integration: Integration, action: Action) -> dict[str, Field] | None:
    """The fields of a declared write, by dotted path; `None` where there is none."""
    operation = integration.write(action.name)
    if operation is None:
        return None
    found = {}
    for path, schema, required in fields_of(operation.body):
        kind = schema["type"]
        accepted = tuple(sorted(schema.get("enum", ())))
        found[path] = Field(kind if isinstance(kind, str) else kind[0], required, accepted)
    return found


def reasons_of(integration: Integration) -> dict[str, dict[str, str]]:
    """The reasons beside an integration, by action and path."""
    for entry_point in entry_points(group=ENTRY_POINT_GROUP):
        if entry_point.name == integration.slug.replace("/", "."):
            file = files(entry_point.module) / "parity.toml"
            return tomllib.loads(file.read_text()) if file.is_file() else {}
    return {}


def comparisons() -> list[Comparison]:
    """Every action that the snapshot has of an integration that is here."""
    snapshot = orjson.loads(SNAPSHOT.read_bytes())["schemas"]
    found = []
    for integration in Catalog.installed().all():
        reasons = reasons_of(integration)
        for action in WRITE_ACTIONS:
            schema = snapshot.get(action.url, {}).get(CALLED_THERE.get(integration.slug))
            if schema is not None and action.integration_type == integration.type:
                theirs = dict(their_fields(schema))
                found.append(compare(integration, action, theirs, reasons.get(action.name, {})))
    return found


def compare(
    integration: Integration, action: Action, theirs: Fields, reasons: Mapping[str, str]
) -> Comparison:
    """One action on both sides."""
    ours = our_fields(integration, action)
    rows = [
        Row(path, theirs.get(path), (ours or {}).get(path), reasons.get(path))
        for path in dict.fromkeys([*theirs, *(ours or {})])
        if not _inside_a_difference(path, theirs, ours or {})
    ]
    differing = {row.path for row in rows if row.differs} if ours is not None else {WHOLE}
    return Comparison(
        integration,
        action,
        rows,
        missing_here=ours is None,
        reason=reasons.get(WHOLE),
        idle_reasons=sorted(set(reasons) - differing - {WHOLE}),
    )


def _inside_a_difference(path: str, theirs: Fields, ours: Fields) -> bool:
    """What lies within an object that only one side has, or that theirs is silent about, is said with it."""
    parents = path.split(".")
    above = [".".join(parents[:depth]) for depth in range(1, len(parents))]
    return any(
        (parent in theirs) != (parent in ours) or not any(told.startswith(f"{parent}.") for told in theirs)
        for parent in above
    )


def page(found: list[Comparison]) -> str:
    """`docs/parity.md`."""
    lines = [
        "# Parity",
        "",
        "Generated by `python -m tests.support.parity`; do not edit. The reasons are in `parity.toml` beside",
        "each integration.",
        "",
        "For each write that the contract's publisher described for the same system (snapshot of October",
        "2025, names, types, required lists and closed lists of values only): the fields there and here.",
        "Fields are named by dotted paths. A test fails on a difference without a reason.",
    ]
    by_integration: dict[str, list[Comparison]] = {}
    for comparison in found:
        by_integration.setdefault(comparison.integration.slug, []).append(comparison)
    for slug, its in by_integration.items():
        lines += ["", f"## {its[0].integration.display_name} (`{slug}`)"]
        for comparison in its:
            lines += ["", f"### `{comparison.action.name}`: `{comparison.action.url}`", ""]
            if comparison.reason:
                lines += [_cell(comparison.reason), ""]
            if not comparison.missing_here:
                lines += ["| field | there | here | why |", "| --- | --- | --- | --- |"]
                lines += [_line(row) for row in comparison.rows]
    return "\n".join(lines) + "\n"


def _line(row: Row) -> str:
    why = _cell(row.reason or "") if row.differs else ""
    return f"| `{row.path}` | {row.theirs or 'no'} | {row.ours or 'no'} | {why} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(comparisons()))
