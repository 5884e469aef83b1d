"""Drawn bodies of writes that change a record, for every integration."""

import pytest

from crossdock.conformance import Bench, Case
from tests.conformance.installed import cases_of

CASES = [case for case in cases_of("drawn") if not case.about.startswith("create_")]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_conforms(bench: Bench, case: Case) -> None:
    case.run(bench)
