"""A secret of an account is never seen again: in no answer, no line of the log, no exception.

Every case looks at the answers and log lines of its own (`Place` and `Bench`); these do what is most likely
to show one.
"""

import traceback
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from crossdock.conformance.bench import Bench
from crossdock.conformance.case import Case, Nonconforming, NotTried, expect
from crossdock.conformance.subjects import Subject
from crossdock.connector.listing import EVERYTHING
from crossdock.errors import Unprocessable

TELL_TALE = "tell-tale-7c1f"
"""Begins every secret that is made up here."""

ODD = (TELL_TALE, f"{TELL_TALE}\n", f"{TELL_TALE} \u00e9\u4e2d", f"{TELL_TALE}:{TELL_TALE}@%2f")
"""Secrets that a vendor refuses, and that HTTP cannot carry unencoded."""


def cases(subject: Subject) -> Iterator[Case]:
    """One for an integration whose stand names secrets."""
    yield Case(subject.slug, "secrets", "", lambda bench: never_shown(bench, subject))


def never_shown(bench: Bench, subject: Subject) -> None:
    """Refused connections, dry runs, refused writes and the connector's own functions show none."""
    stand = subject.stand
    if not stand.secrets or stand.double is None:
        raise NotTried("the stand's credentials are not known before they are made")
    marked = {field.name for field in subject.integration.credential_fields if field.secret}
    expect(set(stand.secrets) <= marked, f"{set(stand.secrets) - marked} are not declared secret")
    with bench.places(subject) as places:
        for write in subject.integration.writes:
            place = places()
            example = place.example(write.action.name)
            place.send(write, example.body, example.record_id, x_dry_run="true")
        places().document(explain="true")
        fields = dict(stand.credentials(places().double_url))
        for name in stand.secrets:
            for odd in ODD:
                _refused(bench, subject, {**fields, name: odd})
                _called(subject, {**fields, name: odd})
    bench.check_log([TELL_TALE])


def _refused(bench: Bench, subject: Subject, fields: Mapping[str, str]) -> None:
    """A connection with a wrong secret fails without showing it."""
    try:
        bench.connect(subject, fields)
    except Unprocessable as error:
        said = f"{error!r} {error.message} {error.extra} {error.headers}"
        expect(TELL_TALE not in said, f"the refused connection shows the secret: {error.message}")
    except Exception as error:
        raise Nonconforming(f"a wrong secret is not refused: {type(error).__name__} was raised") from error
    else:
        raise Nonconforming("a wrong secret is accepted")


def _called(subject: Subject, fields: Mapping[str, str]) -> None:
    """The connector's functions, given a secret that nobody expects."""
    integration = subject.integration
    defaults = {field.name: field.default for field in integration.credential_fields if field.default}
    account = {**defaults, **fields}
    calls: list[Callable[[], Any]] = [
        lambda: repr(integration.access(account)),
        lambda: integration.access(account).redacted_headers(),
        lambda: repr(integration.credential_check.request(account)),
        *(lambda option=option: repr(option.request(account)) for option in integration.options),
        *(
            lambda listing=listing: repr(listing.request(account, EVERYTHING, None))
            for listing in integration.lists
        ),
    ]
    for call in calls:
        try:
            said = str(call())
        except Exception as error:
            said = "".join(traceback.format_exception_only(error)) + repr(error)
        expect(TELL_TALE not in said, f"a function of the connector shows the secret: {said}")
