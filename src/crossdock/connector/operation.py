"""A write operation, declared once: everything Crossdock says and does about it is derived from here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from msgspec import Struct

from crossdock.connector.vendor import Account, Reads, VendorAnswer, VendorRequest
from crossdock.errors import FieldFault
from crossdock.schemas.actions import Action
from crossdock.schemas.fields import WriteBody

BodyT = TypeVar("BodyT", bound=WriteBody)


@dataclass(frozen=True, slots=True)
class Asked(Generic[BodyT]):
    """One write as a caller asks for it: the account, the checked body, and the record's id in the path.

    `record_id` is empty where the path has none. `reference` is a text of 36 characters that belongs to this
    write and no other, also when it is tried again: something to be found by, for vendors that keep a note.
    """

    account: Account
    body: BodyT
    record_id: str = ""
    reference: str = ""


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


def no_more_pages(answer: Any) -> VendorRequest | None:  # noqa: ARG001
    """An option that one answer tells whole."""
    return None


@dataclass(frozen=True, slots=True)
class Option:
    """A list of accepted values that differs from account to account."""

    name: str
    request: Callable[[Account], VendorRequest]
    parse: Callable[[Any], Choices]
    """Decoded answer in, choices out. Raises `ValueError` when the answer is not of the vendor's shape."""
    following: Callable[[Any], VendorRequest | None] = no_more_pages
    """The request for the page behind a decoded answer, `None` behind the last one."""


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


def no_reads(asked: Asked[Any], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """An operation whose body says everything that its request needs."""
    return {}


def no_sample_reads(asked: Asked[Any]) -> Reads:  # noqa: ARG001
    """For an operation that reads nothing."""
    return Reads()


def id_of_path(asked: Asked[Any], answers: Sequence[VendorAnswer]) -> str:  # noqa: ARG001
    """The id in the path, for writes that change a record that is there."""
    return asked.record_id


def nothing_then(
    asked: Asked[Any],  # noqa: ARG001
    record_id: str,  # noqa: ARG001
    known: Any,  # noqa: ARG001
) -> Sequence[VendorRequest]:
    """For writes that are done when the vendor took their requests."""
    return ()


def nothing_further(
    asked: Asked[Any],  # noqa: ARG001
    reads: Reads,  # noqa: ARG001
    answers: Sequence[VendorAnswer],  # noqa: ARG001
) -> VendorRequest | None:
    """For an operation whose requests are all known before the first is sent."""
    return None


def no_field_blamed(asked: Asked[Any], answer: VendorAnswer) -> Sequence[FieldFault]:  # noqa: ARG001
    """An operation whose refusals the integration maps for all of them, or nobody can."""
    return ()


@dataclass(frozen=True, slots=True)
class LookUp(Generic[BodyT]):
    """How to find out, after an interruption, whether a write took effect.

    `request(asked)` asks for the record by something that the caller chose, and `found(asked, decoded)` gives
    the id of the one that says what the body says, or `None`. A 404 is given to `found` as `None`.
    """

    request: Callable[[Asked[BodyT]], VendorRequest]
    found: Callable[[Asked[BodyT], Any], str | None]


@dataclass(frozen=True, slots=True)
class WriteOperation(Generic[BodyT]):
    """One write of one integration.

    The functions are pure; the pipeline does the talking. In order of use:

    - `reads(asked, known)`: what has to be read from the vendor before the body can be translated. Asked
      again with what is known by then, until it names nothing new;
    - `translate(asked, reads)`: the vendor's request, or several that are sent one after the other. Raises
      `Unprocessable` with a pointer for each thing in the body that the vendor's data contradicts, and
      `NotFound` when the vendor has no record of the path's id;
    - `further(asked, reads, answers)`: a request that needs something of the answers so far, such as the id
      of what was just made; asked again after each, until it gives `None`;
    - `written_id(asked, answers)`: the vendor's id of what was written; an answer for each request;
    - `then(asked, id, known)`: further requests about what was written, such as confirming it. `known` is
      `None` just after it was written; after an interruption it is what `read_back` reads, by which the steps
      that were taken already are left out;
    - `read_back(account, id)`: the request that reads it, or several by name;
    - `record(decoded)`: the canonical record; decoded answers by name where there were several. Raises
      `ValueError` when the answer is not of the vendor's shape.

    An action that answers many records has `each`, which gives the rows of what was read back, each to be
    given to `record`. Its `written_id` says whatever `read_back` needs to find them; no caller sees it.

    Where the vendor keeps nothing to read back, `read_back` is `None` and `record_after(asked, reads)` gives
    the record as it is after the write. Where an action answers no record at all, there is neither.

    After an interruption `look_up` says whether the write took effect. Without one, `repeatable` says that
    sending it again does no harm, or which bodies that is true of; a write that has neither is never sent
    twice. What is found not to have taken effect is read, translated and sent anew.

    `sample_reads(asked)` makes up answers to `reads` that fit any body. With them the translation can be
    rehearsed, which is how Crossdock knows where each field lands and which fields go nowhere.
    """

    action: Action
    body: type[BodyT]
    translate: Callable[[Asked[BodyT], Reads], VendorRequest | Sequence[VendorRequest]]
    record: Callable[[Any], Struct] | None = None
    read_back: Callable[[Account, str], VendorRequest | Mapping[str, VendorRequest]] | None = None
    record_after: Callable[[Asked[BodyT], Reads], Struct] | None = None
    written_id: Callable[[Asked[BodyT], Sequence[VendorAnswer]], str] = id_of_path
    then: Callable[[Asked[BodyT], str, Any], Sequence[VendorRequest]] = nothing_then
    reads: Callable[[Asked[BodyT], Reads], Mapping[str, VendorRequest]] = no_reads
    sample_reads: Callable[[Asked[BodyT]], Reads] = no_sample_reads
    further: Callable[[Asked[BodyT], Reads, Sequence[VendorAnswer]], VendorRequest | None] = nothing_further
    each: Callable[[Any], Sequence[Any]] | None = None
    look_up: LookUp[BodyT] | None = None
    repeatable: bool | Callable[[Asked[BodyT]], bool] = False
    refused: Callable[[Asked[BodyT], VendorAnswer], Sequence[FieldFault]] = no_field_blamed
    """The fields that a refusal is about, where the integration's `blamed` does not tell."""
    rules: Callable[[KnownChoices], Sequence[Rule]] = no_rules
    component_names: Mapping[type[WriteBody], str] = field(default_factory=dict)
    """Names of nested objects in the document, where the class name is not the contract's."""

    def can_be_repeated(self, asked: Asked[BodyT]) -> bool:
        """Whether this write may be sent again without knowing whether it took effect."""
        return self.repeatable if isinstance(self.repeatable, bool) else self.repeatable(asked)
