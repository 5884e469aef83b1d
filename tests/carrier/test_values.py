"""Amounts and dates, as carriers of several countries write them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossdock.carrier_invoices.faults import BadRow
from crossdock.carrier_invoices.values import amount, day


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12.50", "12.50"),
        ("-12.50", "-12.50"),
        ("12.50-", "-12.50"),
        ("(12.50)", "-12.50"),
        ("+3", "3"),
        ("5.476,48", "5476.48"),
        ("5,476.48", "5476.48"),
        ("1.234.567,89", "1234567.89"),
        ("1 234,50", "1234.50"),
        ("1\u00a0234,50", "1234.50"),
        ("1'234.50", "1234.50"),
        ("1,234", "1234"),
        ("12,5", "12.5"),
        (",50", "0.50"),
        (".50", "0.50"),
        ("0.1000000000000000055", "0.1000000000000000055"),
        (" 7.00 ", "7.00"),
    ],
)
def test_an_amount_is_exact(text: str, found: str) -> None:
    assert amount(text, "Net Amount") == Decimal(found)


def test_a_single_comma_before_three_digits_depends_on_the_file() -> None:
    assert amount("1,234", "x", False) == Decimal(1234)
    assert amount("1,234", "x", True) == Decimal("1.234")


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_cell_is_no_amount_and_no_fault(text: str) -> None:
    assert amount(text, "x") is None


@pytest.mark.parametrize(
    "text",
    ["NaN", "Infinity", "1e5", "1_000", "12.3.4,5,6", "1,23,4.5", "EUR", "٣", "--1", "-", "9" * 60, "1 2"],
)
def test_what_is_no_amount_names_its_column(text: str) -> None:
    with pytest.raises(BadRow, match="'Net Amount'"):
        amount(text, "Net Amount")


@settings(derandomize=True, max_examples=200, deadline=None)
@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", ".")]),
)
def test_grouped_amounts_are_what_they_were(value: Decimal, separators: tuple[str, str]) -> None:
    thousands, decimal = separators
    text = f"{value:,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands)
    assert amount(text, "x") == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-03-31", "2026-03-31T00:00:00Z"),
        ("2026-03-31 14:05:09", "2026-03-31T14:05:09Z"),
        ("2026-03-31T14:05:09Z", "2026-03-31T14:05:09Z"),
        ("20260331", "2026-03-31T00:00:00Z"),
        ("31.03.2026", "2026-03-31T00:00:00Z"),
        ("31-Mar-2026", "2026-03-31T00:00:00Z"),
        ("3/9/2026", "2026-03-09T00:00:00Z"),
        (" ", None),
    ],
)
def test_a_date_is_in_the_contracts_form(text: str, found: str | None) -> None:
    assert day(text, "Invoice Date") == found


@pytest.mark.parametrize(
    "text", ["31-Mai-2026", "2026-02-30", "yesterday", "2026-03-31 25:00:00", "1/2", "0"]
)
def test_what_is_no_date_names_its_column(text: str) -> None:
    with pytest.raises(BadRow, match="'Invoice Date'"):
        day(text, "Invoice Date")
