"""All cases, by group."""

from collections.abc import Sequence
from importlib import import_module

from crossdock.conformance.case import Case
from crossdock.conformance.subjects import Subject

GROUPS = (
    "documents",
    "landings",
    "writes",
    "lists",
    "unheard_of",
    "broken",
    "drawn",
    "refusals",
    "endings",
    "secrets",
    "quality",
)
"""What is tried: each is a module of this package that gives its cases for an integration."""


def cases(subject: Subject, groups: Sequence[str] = GROUPS) -> list[Case]:
    """The cases of those groups.

    Raises `ModuleNotFoundError` when the extra `conformance` is not installed; it is imported no sooner.
    """
    found: list[Case] = []
    for group in groups:
        found += import_module(f"crossdock.conformance.{group}").cases(subject)
    return found
