"""Where an integration here asks for other fields than the contract's publisher did, it says why."""

import pytest

from tests.support.parity import PAGE, Comparison, comparisons, page

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


def test_the_five_systems_are_compared() -> None:
    slugs = {comparison.integration.slug for comparison in COMPARISONS}
    assert slugs == {"wms/sandbox", "wms/ongoing", "wms/shiphero", "wms/shipbob", "wms/extensiv"}
