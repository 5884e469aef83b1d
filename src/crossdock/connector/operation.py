"""A write operation, declared once: everything Crossdock says and does about it is derived from here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from msgspec import Struct

from crossdock.connector.vendor import Account, VendorAnswer, VendorRequest
from crossdock.schemas.actions import Action
from crossdock.schemas.fields import WriteBody

BodyT = TypeVar("BodyT", bound=WriteBody)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A value the account has that a caller is not offered, and why."""

    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What an account accepts for an option: one row a choice, its columns by name.

    The rows keep the vendor's order. A column may be `None` in a row that has no such value.
    """

    rows: Sequence[Mapping[str, str | None]]
    left_out: Sequence[LeftOut] = ()

    def column(self, name: str) -> list[str]:
        """The distinct values of a column, in order."""
        return list(dict.fromkeys(row[name] for row in self.rows if row[name] is not None))  # type: ignore[misc]


KnownChoices = Mapping[str, Choices]
"""Choices by option name; empty where no account is known."""


@dataclass(frozen=True, slots=True)
class Option:
    """A list of accepted values that differs from account to account."""

    name: str
    request: Callable[[Account], VendorRequest]
    parse: Callable[[Any], Choices]
    """Decoded answer in, choices out. Raises `ValueError` when the answer is not of the vendor's shape."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Something a body must satisfy beyond its component schema; published with it.

    `schema` is JSON Schema over the whole body. Without one, `description` tells of a check that needs
    the vendor's own data.
    """

    description: str
    schema: Mapping[str, Any] | None = None


def no_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """An operation whose component schema says everything."""
    return ()


Reads = Mapping[str, Any]
"""Decoded answers of the reads that a translation asked for, by the name it gave them; `None` for a 404."""


@dataclass(frozen=True, slots=True)
class WriteOperation(Generic[BodyT]):
    """One write of one integration.

    The functions are pure; the pipeline does the talking. In order of use:

    - `reads(account, body)`: what has to be read from the vendor before the body can be translated;
    - `translate(account, body, reads)`: the vendor's request. Raises `Unprocessable` with a pointer for
      each thing in the body that the vendor's data contradicts;
    - `written_id(answer)`: the vendor's id of what was written;
    - `read_back(account, id)`: the request that reads it;
    - `record(decoded)`: the canonical record. Raises `ValueError` when the answer is not of the vendor's
      shape.

    After an interruption, `find(account, body)` asks for the record by the caller's own number and
    `found(decoded, body)` gives the id of the one that says what the body says, or `None`.
    """

    action: Action
    body: type[BodyT]
    reads: Callable[[Account, BodyT], Mapping[str, VendorRequest]]
    translate: Callable[[Account, BodyT, Reads], VendorRequest]
    written_id: Callable[[VendorAnswer], str]
    read_back: Callable[[Account, str], VendorRequest]
    record: Callable[[Any], Struct]
    find: Callable[[Account, BodyT], VendorRequest]
    found: Callable[[Any, BodyT], str | None]
    rules: Callable[[KnownChoices], Sequence[Rule]] = no_rules
    component_names: Mapping[type[WriteBody], str] = field(default_factory=dict)
    """Names of nested objects in the document, where the class name is not the contract's."""
    unused_fields: frozenset[str] = frozenset()
    """Top-level fields that are accepted for the contract's sake and go nowhere at this vendor."""
