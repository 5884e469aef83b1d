"""What the list cases find: a list that works is declared a little wrong, and its case has to say so."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from crossdock.conformance import Bench, Nonconforming, Subject, subject
from crossdock.conformance.lists import cases
from crossdock.connector import ListOperation, ListPage, Span, VendorRequest

Wrong = Callable[[ListOperation], ListOperation]


@pytest.fixture(scope="module")
def sandbox() -> Subject:
    return subject("wms/sandbox")


@pytest.fixture(scope="module")
def vendor() -> Subject:
    return subject("wms/shipbob")


def tried(bench: Bench, subject: Subject, function: str, wrong: Wrong) -> None:
    listing = subject.integration.listing(function)
    assert listing is not None
    integration = replace(subject.integration, lists=[wrong(listing)])
    [case] = cases(replace(subject, integration=integration))
    case.run(bench)


def twice(listing: ListOperation) -> ListOperation:
    def page(position: Any, decoded: Any) -> ListPage:
        return ListPage(listing.page(position, decoded).rows, None if position else "0")

    return replace(listing, page=page)


def endless(listing: ListOperation) -> ListOperation:
    return replace(listing, page=lambda position, decoded: ListPage([], "0"))


def no_json(listing: ListOperation) -> ListOperation:
    return replace(listing, page=lambda position, decoded: ListPage(decoded["items"], object()))


def not_understood(listing: ListOperation) -> ListOperation:
    return replace(listing, page=lambda position, decoded: ListPage(decoded["rows"]))


def empty(listing: ListOperation) -> ListOperation:
    return replace(listing, page=lambda position, decoded: ListPage([]))


def bad_row(listing: ListOperation) -> ListOperation:
    def page(position: Any, decoded: Any) -> ListPage:
        given = listing.page(position, decoded)
        return ListPage([*given.rows, {**given.rows[0], "order_number": 5}], given.next)

    return replace(listing, page=page)


def bad_sample(listing: ListOperation) -> ListOperation:
    return replace(listing, samples=[{**listing.samples[0], "order_number": 5}])


def foretold(listing: ListOperation) -> ListOperation:
    return replace(listing, id_of=lambda row: f"{row['id']}-x")


def local(listing: ListOperation) -> ListOperation:
    return replace(
        listing, record=lambda row: listing.record({**row, "updated_date": "2026-01-01T08:00:00+01:00"})
    )


def not_sampled(listing: ListOperation) -> ListOperation:
    sparse = {**listing.samples[0], "line_items": []}
    return replace(listing, samples=[sparse])


def spanless(listing: ListOperation) -> ListOperation:
    return replace(
        listing, request=lambda account, span, position: listing.request(account, Span(), position)
    )


def said_less(listing: ListOperation) -> ListOperation:
    def record(row: Any) -> msgspec.Struct:
        made = listing.record(row)
        made.order_number = "SO-0"  # type: ignore[attr-defined]
        return made

    return replace(listing, record=record)


def forgetful(listing: ListOperation) -> ListOperation:
    def page(position: Any, decoded: Any) -> ListPage:
        given = listing.page(position, decoded)
        return ListPage(given.rows[:-1], given.next)

    return replace(listing, page=page)


def key_in_query(listing: ListOperation) -> ListOperation:
    def request(account: Any, span: Span, position: Any) -> VendorRequest:
        return replace(listing.request(account, span, position), query={"key": account["key"]})

    return replace(listing, request=request)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (twice, "twice"),
        (endless, "more than 200 pages"),
        (no_json, "no JSON value"),
        (not_understood, "cannot be read"),
        (empty, "is empty"),
        (bad_row, "a row of get_orders is no record"),
        (bad_sample, "a sample of get_orders is no record"),
        (foretold, "id_of foretells"),
        (local, "updated_date of"),
        (not_sampled, "implemented_fields says it does not"),
        (spanless, "changed in ten years"),
        (said_less, "otherwise than the write answered"),
        (forgetful, "does not have it"),
        (key_in_query, "shows a secret"),
    ],
)
def test_what_is_wrong_is_said(bench: Bench, sandbox: Subject, wrong: Wrong, said: str) -> None:
    with pytest.raises(Nonconforming, match=said):
        tried(bench, sandbox, "get_orders", wrong)


def test_a_request_that_breaks_the_specification_is_said(bench: Bench, vendor: Subject) -> None:
    def unknown_parameter(listing: ListOperation) -> ListOperation:
        def request(account: Any, span: Span, position: Any) -> VendorRequest:
            asked = listing.request(account, span, position)
            return replace(asked, query={**asked.query, "Sorted": "yes"})

        return replace(listing, request=request)

    with pytest.raises(Nonconforming, match="break the vendor's specification"):
        tried(bench, vendor, "get_products", unknown_parameter)


def test_what_is_right_is_not_blamed(bench: Bench, sandbox: Subject, vendor: Subject) -> None:
    tried(bench, sandbox, "get_orders", lambda listing: listing)
    tried(bench, vendor, "get_products", lambda listing: listing)
