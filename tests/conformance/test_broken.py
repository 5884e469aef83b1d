"""Bodies that are wrong in one place, and secrets, of every integration."""

import pytest

from crossdock.conformance import Bench, Case
from tests.conformance.installed import cases_of


@pytest.mark.parametrize("case", cases_of("broken", "secrets"), ids=str)
def test_conforms(bench: Bench, case: Case) -> None:
    case.run(bench)
