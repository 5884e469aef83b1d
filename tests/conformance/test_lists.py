"""Every list of every integration."""

import pytest

from crossdock.conformance import Bench, Case
from tests.conformance.installed import cases_of


@pytest.mark.parametrize("case", cases_of("lists"), ids=str)
def test_conforms(bench: Bench, case: Case) -> None:
    case.run(bench)
