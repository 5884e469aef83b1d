"""Where each field of a body lands in the vendor's request: found out by rehearsing the translation.

A sample body is translated twice with one field changed in between. Where the two requests differ is where
the field lands. Nothing is declared, so nothing can drift: the translation that is rehearsed is the one that
serves writes.
"""

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import commonpath
from typing import Any

import msgspec

from crossdock.connector import Asked, Integration, NotFound, Unprocessable, VendorRequest
from crossdock.connector.operation import WriteOperation
from crossdock.write_info.rehearsal import TEXTS, Difference, Sampler, differences, value_at, without
from crossdock.write_info.schema import components, settle_account_values

KEPT_HERE = "trackstar_tags"
"""The one field that is Crossdock's own: kept with the record, sent to nobody."""


@dataclass(frozen=True, slots=True)
class Landing:
    """A place in a vendor's request: which request, and a URI fragment, query parameter or header in it."""

    request: str
    place: str
    computed: bool = False
    """Whether what stands there was made from the value: looked up by it, put together, written otherwise."""

    def __str__(self) -> str:
        return f"{self.request}{self.place}"


@dataclass(frozen=True, slots=True)
class Trace:
    """Where the fields of one operation land, by place in the caller's body. `{}` when nothing could be told.

    A field that is not sent anywhere has an empty list; one that could not be rehearsed is missing.
    """

    landings: Mapping[str, Sequence[Landing]] = field(default_factory=dict)

    def unused(self, sent: Mapping[str, Any]) -> list[str]:
        """The fields of a body, as dotted paths, that were accepted and go nowhere."""
        places = dict.fromkeys(_places(sent, ""))
        nowhere = [place for place, landings in self.landings.items() if not landings]
        return [place.strip("/").replace("/*", "").replace("/", ".") for place in nowhere if place in places]

    def origin(self, vendor_place: str) -> str | None:
        """The place in the caller's body of what is at a vendor's place, a JSON Pointer; `None` if unknown.

        List indexes are carried over in their order. A vendor may name the end of a place only.
        """
        indexes = re.findall(r"(?<=/)\d+(?=/|$)", vendor_place)
        wanted = re.sub(r"(?<=/)\d+(?=/|$)", "*", vendor_place)
        bare = wanted.replace("/*", "")
        if not bare:
            return None
        own = (
            self._landing_at(lambda place: place == f"#{wanted}")
            or self._landing_at(lambda place: place.replace("/*", "") == f"#{bare}")
            or self._landing_at(lambda place: place.replace("/*", "").endswith(bare))
            or self._holder_of(f"#{bare}/")
        )
        if own is None:
            return None
        numbers = itertools.chain(indexes, itertools.repeat("0"))
        return re.sub(r"\*", lambda _: next(numbers), own)

    def _holder_of(self, above: str) -> str | None:
        """What the fields have in common that land below a vendor's place: `/line_items` for a list of lines,
        or the one field that does.
        """
        below = [
            own
            for own, landings in self.landings.items()
            if any(landing.place.replace("/*", "").startswith(above) for landing in landings)
        ]
        if len(below) == 1:
            return below[0]
        return commonpath(below).removesuffix("/*").rstrip("/") or None if below else None

    def _landing_at(self, matches: Callable[[str], bool]) -> str | None:
        for own, landings in self.landings.items():
            if any(matches(landing.place) for landing in landings):
                return own
        return None


def _places(value: Any, at: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _places(inner, f"{at}/{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from _places(inner, f"{at}/*")
    else:
        yield at


def rehearse(integration: Integration, operation: WriteOperation[Any]) -> Trace:
    """Where every field of an operation lands, for an account that nobody has."""
    schemas = settle_account_values(components(operation.body, {}), {})
    samplers = [Sampler(schemas, operation.body.__name__, texts) for texts in TEXTS]
    landings: dict[str, Sequence[Landing]] = {}
    for place in samplers[0].leaves():
        if place.split("/")[1] == KEPT_HERE:
            continue
        found = _landings_of(place, samplers, integration, operation)
        if found is not None:
            landings[place] = found
    return Trace(landings)


def _landings_of(
    place: str, samplers: Sequence[Sampler], integration: Integration, operation: WriteOperation[Any]
) -> list[Landing] | None:
    """Where one field lands; `None` when no body with it could be translated.

    A field that must be there and has one value only says the same as the request as a whole.
    """
    rehearsed = False
    for sampler in samplers:
        for one, other in _pairs(sampler, place):
            if one == other:
                continue
            before = _requests(integration, operation, one)
            after = _requests(integration, operation, other)
            if before is None or after is None:
                continue
            rehearsed = True
            said = [value_at(one, place), value_at(other, place)]
            if found := list(dict.fromkeys(_landings(before, after, said))):
                return found
    if rehearsed:
        return []
    for sampler in samplers:
        requests = _requests(integration, operation, sampler.full())
        if requests is not None and sampler.full() == sampler.full(changed=place):
            return [Landing(_name(request), "") for request in requests]
    return None


def _pairs(sampler: Sampler, place: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Bodies that differ in one field: with all the others, and with none that can be left out."""
    yield sampler.full(), sampler.full(changed=place)
    yield sampler.sparse(place), sampler.sparse(place, changed=place)
    yield sampler.sparse(place), without(sampler.sparse(place), place)
    yield sampler.full(), without(sampler.full(), place)


def _requests(
    integration: Integration, operation: WriteOperation[Any], body: Mapping[str, Any]
) -> list[VendorRequest] | None:
    """The vendor's requests for a sample body, or `None` when it is not one that can be translated."""
    account = {credential.name: credential.example for credential in integration.credential_fields}
    try:
        typed = msgspec.convert(body, operation.body, strict=False)
        asked = Asked(account, typed, "11", "00000000-0000-0000-0000-000000000000")
        requests = operation.translate(asked, operation.sample_reads(asked))
        further = operation.then(asked, "11", None)
    except (ValueError, LookupError, TypeError, AttributeError, Unprocessable, NotFound):
        return None
    return [*([requests] if isinstance(requests, VendorRequest) else requests), *further]


def _landings(
    before: Sequence[VendorRequest], after: Sequence[VendorRequest], said: Sequence[Any]
) -> Iterator[Landing]:
    """`said` has the caller's values in the two bodies, `None` where a body has none."""
    for one, other in _paired(before, after):
        if one is None or other is None:
            yield Landing(_name(one or other), "")  # type: ignore[arg-type]
            continue
        name = _name(one)
        if one.path != other.path:
            steps = [request.path.split("/") for request in (one, other)]
            as_said = all(
                value is None or str(value) in parts for value, parts in zip(said, steps, strict=True)
            )
            yield Landing(name, " path", not as_said)
        for found in differences(one.body, other.body):
            yield Landing(name, f"#{found.place}", _is_computed(found, said))
        for found in differences(one.query, other.query):
            yield Landing(name, f"?{found.place[1:]}", _is_computed(found, said))
        for found in differences(one.form or {}, other.form or {}):
            yield Landing(name, f"#{found.place}", _is_computed(found, said))
        for found in differences(one.headers, other.headers):
            yield Landing(name, f" header {found.place[1:]}", _is_computed(found, said))
        if one.content != other.content:
            yield Landing(name, " content")


def _is_computed(found: Difference, said: Sequence[Any]) -> bool:
    pairs = zip(said, (found.before, found.after), strict=True)
    return any(value is not None and not _is_same(value, sent) for value, sent in pairs)


def _is_same(value: Any, sent: Any) -> bool:
    """Whether a value was sent as it is, be it as text, as a number or as one item of a list."""
    if isinstance(sent, list) and len(sent) == 1:
        return _is_same(value, sent[0])
    try:
        return float(value) == float(sent)
    except (TypeError, ValueError):
        return str(value).lower() == str(sent).lower()


def _paired(
    before: Sequence[VendorRequest], after: Sequence[VendorRequest]
) -> Iterator[tuple[VendorRequest | None, VendorRequest | None]]:
    """Requests for the same thing side by side, where one body makes a request that the other does not."""
    ones, others = _by_purpose(before), _by_purpose(after)
    for purpose in dict.fromkeys([*ones, *others]):
        yield from itertools.zip_longest(ones.get(purpose, ()), others.get(purpose, ()))


def _by_purpose(requests: Sequence[VendorRequest]) -> dict[tuple[str, Any], list[VendorRequest]]:
    """By method and path, and by the document or method where all requests go to one path."""
    found: dict[tuple[str, Any], list[VendorRequest]] = {}
    for request in requests:
        said = request.body if isinstance(request.body, Mapping) else {}
        document = said.get("query", said.get("method"))
        purpose = (_name(request), document if isinstance(document, str) else None)
        found.setdefault(purpose, []).append(request)
    return found


def _name(request: VendorRequest) -> str:
    """Method and path, with the sample's own numbers out of sight."""
    return f"{request.method} {re.sub(r'/(?:1[12]|AB|CD)(?=/|$)', '/{}', request.path)}"
