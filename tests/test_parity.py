"""Where an integration here asks for other fields than the contract's publisher did, it says why."""

import pytest

from tests.support.parity import CALLED_THERE, PAGE, Comparison, comparisons, page

COMPARISONS = comparisons()


@pytest.mark.parametrize(
    "comparison", COMPARISONS, ids=[f"{c.integration.slug}-{c.action.name}" for c in COMPARISONS]
)
def test_every_difference_has_a_reason(comparison: Comparison) -> None:
    assert comparison.without_reason == []


@pytest.mark.parametrize(
    "comparison", COMPARISONS, ids=[f"{c.integration.slug}-{c.action.name}" for c in COMPARISONS]
)
def test_every_reason_is_for_a_difference(comparison: Comparison) -> None:
    assert comparison.idle_reasons == []


def test_the_page_is_the_one_that_is_generated() -> None:
    assert PAGE.read_text() == page(COMPARISONS)


def test_every_system_of_the_snapshot_is_compared() -> None:
    assert {comparison.integration.slug for comparison in COMPARISONS} == set(CALLED_THERE)
