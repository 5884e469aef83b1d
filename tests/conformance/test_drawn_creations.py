"""Drawn bodies of writes that make a record. Two files for drawn bodies: two workers share them."""

import pytest

from crossdock.conformance import Bench, Case
from tests.conformance.installed import cases_of

CASES = [case for case in cases_of("drawn") if case.about.startswith("create_")]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_conforms(bench: Bench, case: Case) -> None:
    case.run(bench)
