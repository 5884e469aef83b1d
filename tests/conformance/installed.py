"""The cases of every installed integration that has a stand."""

from crossdock.conformance import Case, cases, subjects


def cases_of(*groups: str) -> list[Case]:
    """The cases of those groups."""
    return [case for subject in subjects() for case in cases(subject, groups)]
