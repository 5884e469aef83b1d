"""What every integration has to do, tried on one that has a stand, through the doors of a running Crossdock.

Nothing here knows an integration by name. The checks are plain functions, listed as cases: the tests of this
repository run them, those of a package with an integration of its own run them, and so does
`crossdock integrations check --run`. What they need beyond Crossdock is in the extra `conformance`.
"""

from crossdock.conformance.bench import Bench, open_bench
from crossdock.conformance.case import Case, Nonconforming, NotTried
from crossdock.conformance.subjects import Subject, subject, subjects
from crossdock.conformance.suite import GROUPS, cases

__all__ = [
    "GROUPS",
    "Bench",
    "Case",
    "Nonconforming",
    "NotTried",
    "Subject",
    "cases",
    "open_bench",
    "subject",
    "subjects",
]
