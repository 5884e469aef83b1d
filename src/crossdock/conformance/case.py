"""A case of the suite, and the two ways in which it ends other than well."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unittest import SkipTest

if TYPE_CHECKING:
    from crossdock.conformance.bench import Bench


class Nonconforming(AssertionError):
    """The integration, or Crossdock with it, does what it should not; the message says what and where."""


class NotTried(SkipTest):
    """The case cannot be tried on this integration; the message says why. Test runners skip it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that is tried: `run(bench)` raises `Nonconforming` or `NotTried`.

    `about` is the action, or whatever else tells the cases of one check apart; it may be empty.
    """

    slug: str
    check: str
    about: str
    run: Callable[["Bench"], None]

    def __str__(self) -> str:
        return "-".join(part for part in (self.slug, self.check, self.about) if part)


def expect(holds: object, said: str) -> None:
    """Raises `Nonconforming` with those words unless something holds."""
    if not holds:
        raise Nonconforming(said)
