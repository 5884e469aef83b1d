"""What is wrong with a file is said, nothing of it is lost, and nothing of it is there twice."""

import io
import re
from decimal import Decimal

import pytest

from crossdock.carrier_invoices import Reading, UnknownShape
from tests.carrier.samples import SEMICOLONS, Rows, changed, column, file_of, ids, read, rows_of, sample
from tests.carrier.test_formats import SAMPLES


def _refused(content: bytes) -> str:
    with pytest.raises(UnknownShape) as refused:
        Reading(io.BytesIO(content))
    return str(refused.value)


def test_an_unknown_file_is_refused_with_what_was_looked_for() -> None:
    message = _refused(b"order,sku,quantity\n1,A,2\n")
    assert "'order', 'sku', 'quantity'" in message
    for words in ("Lead Shipment Number", "Air Waybill Number", "EPS Transaction ID", "HDR", "Parcel number"):
        assert words in message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"\x00\x01\x02", "NUL bytes"),
        (b"\xff\xfe\x00\xd8A\x00", "it is none"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, words: str) -> None:
    assert words in _refused(content)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_cut_in_a_row_keeps_its_whole_rows_and_says_where_it_ends(name: str) -> None:
    content = sample(name)
    last_row = content.rstrip().rfind(b"\n") + 1
    lines, report = read(content[: last_row + 60])
    rows = len(rows_of(name))
    assert [fault.row for fault in report.faults] == [rows]
    assert "cut off" in report.faults[0].message
    assert report.status in {"differs", "incomplete"}
    whole = read(content)[0]
    assert [line.id for line in lines] == [line.id for line in whole if line.row < rows]


@pytest.mark.parametrize("end", [3000, len(sample("ups").splitlines()[0])])
def test_a_file_that_ends_in_its_header_is_told_of(end: int) -> None:
    lines, report = read(sample("ups")[:end])
    assert (lines, report.status) == ([], "incomplete")
    assert "cut off in its header" in report.faults[0].message


@pytest.mark.parametrize("name", ["dhl-ecom", "fedex-nl", "fedex-uk", "fedex-us", "ups"])
def test_a_file_cut_between_rows_does_not_add_up(name: str) -> None:
    content = sample(name).rstrip()
    _, report = read(content[: content.rfind(b"\n") + 1])
    assert report.status == "differs"
    assert report.faults == ()


def _cent(text: str) -> str:
    return str(Decimal(text) + Decimal("0.01"))


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("dhl-express", "Weight Charge"),
        ("dhl-express", "XC1 Charge"),
        ("dpd-english", "Base price"),
        ("fedex-uk", "Air Waybill Charge Amount"),
        ("fedex-us", "Tracking ID Charge Amount"),
        ("ups", "Net Amount"),
        ("usps", "Postage"),
    ],
)
def test_one_cent_is_found(name: str, title: str) -> None:
    at = column(name, title)

    def change(rows: Rows) -> None:
        rows[4][at] = _cent(rows[4][at])

    _, report = read(changed(name, change))
    assert report.status == "differs"
    assert {difference.difference for difference in report.differences} == {Decimal("-0.01")}
    assert any(first <= 5 <= last for first, last in (one.rows for one in report.differences))


def test_one_cent_is_found_without_column_names() -> None:
    def change(rows: Rows) -> None:
        rows[4][29] = _cent(rows[4][29])

    [difference] = read(changed("dhl-ecom", change))[1].differences
    assert (difference.invoice_id, difference.difference) == ("1969461209", Decimal("-0.01"))
    assert difference.rows == (1, 21)


def test_one_cent_is_found_in_royal_mails_own_sums() -> None:
    at = column("royal-mail", "Net Value", 1)

    def change(rows: Rows) -> None:
        rows[4][at] = _cent(rows[4][at])

    assert read(changed("royal-mail", change))[1].status == "differs"


@pytest.mark.parametrize(("gross", "status"), [("1472.06", "reconciled"), ("1472.07", "differs")])
def test_royal_mails_overall_result_is_a_total_and_no_line_item(gross: str, status: str) -> None:
    def change(rows: Rows) -> None:
        total = [""] * len(rows[1])
        total[0] = "Overall Result"
        total[rows[1].index("Net Value")], total[rows[1].index("Gross Value")] = "1208.42", gross
        rows.append(total)

    lines, report = read(changed("royal-mail", change))
    assert (len(lines), report.status) == (25, status)


def test_an_invoice_whose_rows_all_state_its_total_adds_up() -> None:
    at = column("ups", "Invoice Amount")

    def change(rows: Rows) -> None:
        for row in rows[1:]:
            row[at] = "941.36"

    assert read(changed("ups", change))[1].status == "reconciled"

    def wrong(rows: Rows) -> None:
        for row in rows[1:]:
            row[at] = "941.37"

    [difference] = read(changed("ups", wrong))[1].differences
    assert (difference.of, difference.difference, difference.rows) == ("invoice", Decimal("0.01"), (2, 26))


def test_two_equal_charges_are_two_line_items() -> None:
    def change(rows: Rows) -> None:
        rows.insert(2, list(rows[1]))

    content = changed("ups", change)
    found = ids(content)
    assert len(found) == len(set(found)) == 26
    assert found[1] == f"{found[0]}-2"
    assert set(ids(sample("ups"))) < set(found)
    assert read(content)[1].status == "differs"


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "dhl-ecom"])
def test_the_order_of_the_rows_and_the_columns_does_not_change_the_ids(name: str) -> None:
    header = 2 if name == "royal-mail" else 1

    def change(rows: Rows) -> None:
        rows[header:] = reversed(rows[header:])
        if name == "dhl-express":
            rows.insert(header, rows.pop())

    assert set(ids(changed(name, change))) == set(ids(sample(name)))


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("ups", "Invoice Number"),
        ("usps", "EPS Transaction ID"),
        ("fedex-nl", "FedEx Invoice Number"),
        ("dpd-english", "Invoice number"),
        ("royal-mail", "Invoice Number"),
    ],
)
def test_two_files_joined_are_both_read(name: str, title: str) -> None:
    header = 1 if name == "royal-mail" else 0

    def other(rows: Rows) -> None:
        at = rows[header].index(title)
        for row in rows[header + 1 :]:
            row[at] = f"X{row[at]}"

    second = changed(name, other)
    lines, report = read(sample(name) + second)
    assert {line.id for line in lines} == set(ids(sample(name))) | set(ids(second))
    assert len(lines) == 2 * SAMPLES[name][2]
    assert (report.status, report.faults) == (SAMPLES[name][1], ())


def test_two_invoices_of_dhl_ecommerce_are_told_apart_and_added_up() -> None:
    def other(rows: Rows) -> None:
        rows[0][2], rows[0][11] = "777", "181.65"

    lines, report = read(sample("dhl-ecom") + changed("dhl-ecom", other))
    assert [line.parcel.invoice_id for line in lines].count("777") == 56
    [difference] = report.differences
    assert (difference.invoice_id, difference.difference) == ("777", Decimal("0.01"))


def test_a_missing_currency_is_a_fault_of_the_row() -> None:
    at = column("fedex-uk", "Bill to Currency")

    def change(rows: Rows) -> None:
        rows[3][at] = " "

    lines, report = read(changed("fedex-uk", change))
    [fault] = report.faults
    assert fault.row == 4
    assert "'Bill to Currency'" in fault.message
    assert 4 not in {line.row for line in lines}
    assert report.status == "differs"


def test_ups_has_two_places_for_the_currency() -> None:
    transaction, invoice = column("ups", "Transaction Currency Code"), column("ups", "Invoice Currency Code")

    def one(rows: Rows) -> None:
        rows[1][transaction] = ""

    assert read(changed("ups", one))[0][0].parcel.currency == "USD"

    def both(rows: Rows) -> None:
        rows[1][transaction] = rows[1][invoice] = ""

    assert "currency is missing" in read(changed("ups", both))[1].faults[0].message


def test_a_credit_note_keeps_its_sign_and_says_what_it_is() -> None:
    kind, total, due = (
        column("fedex-uk", title)
        for title in ("Invoice Type", "Air Waybill Total Amount", "Original Amount Due")
    )

    def change(rows: Rows) -> None:
        for row in rows[1:]:
            row[kind] = "Credit Memo"
            for at in (total, due, *range(total + 2, len(row), 2)):
                if row[at]:
                    row[at] = f"-{row[at]}"

    lines, report = read(changed("fedex-uk", change))
    assert report.status == "reconciled"
    assert sum(line.money.net for line in lines) == Decimal("-1795.73")
    assert {line.parcel.invoice_type for line in lines} == {"Credit Memo"}


def test_subtotals_of_fedex_are_no_charges() -> None:
    at = column("fedex-us", "Tracking ID Charge Description")

    def change(rows: Rows) -> None:
        rows[1][at + 6 : at + 8] = ["Net Transportation Charges", "25.19"]

    lines, report = read(changed("fedex-us", change))
    assert (len(lines), report.status) == (63, "reconciled")


def test_an_amount_that_is_none_is_a_fault_of_the_row() -> None:
    at = column("ups", "Net Amount")

    def change(rows: Rows) -> None:
        rows[2][at] = "12.x0"

    [fault] = read(changed("ups", change))[1].faults
    assert (fault.row, fault.message) == (3, "'Net Amount' holds '12.x0', which is no amount")


def test_an_open_quote_does_not_swallow_the_file_unseen() -> None:
    content = sample("usps").replace(b"\n397285208437793537", b'\n"397285208437793537', 1)
    _, report = read(content)
    assert report.status == "incomplete"
    assert report.faults[0].row == 4


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("name", ["dpd-german", "dhl-express"])
def test_encodings_give_the_same_line_items(name: str, encoding: str) -> None:
    text = sample(name).decode()
    content = text.encode(encoding)
    expected, _ = read(sample(name))
    assert read(content)[0] == expected


def test_a_file_that_stops_being_text_keeps_what_came_before() -> None:
    content = sample("usps").decode().encode("utf-16")
    broken = content[: len(content) // 2 * 2] + b"\x00\xd8A"
    lines, report = read(broken)
    assert len(lines) == 25
    assert "no utf-16 text" in report.faults[0].message


@pytest.mark.parametrize("name", SEMICOLONS)
def test_decimal_commas_give_the_same_line_items(name: str) -> None:
    def change(rows: Rows) -> None:
        for row in rows[1:]:
            row[:] = [re.sub(r"^(-?\d+)\.(\d\d)$", r"\1,\2", cell) for cell in row]

    expected, before = read(sample(name))
    lines, report = read(changed(name, change))
    assert [(line.id, line.money) for line in lines] == [(line.id, line.money) for line in expected]
    assert report.status == before.status


def test_ups_is_read_without_its_header_row() -> None:
    content = file_of("ups", rows_of("ups")[1:])
    assert ids(content) == ids(sample("ups"))
    assert read(content)[0][0].raw == read(sample("ups"))[0][0].raw


def test_quoted_separators_stay_in_their_cell() -> None:
    at = column("dpd-english", "Customer parcel reference 1")

    def change(rows: Rows) -> None:
        rows[1][at] = "RF_103326;"

    lines, report = read(changed("dpd-english", change))
    assert lines[0].raw["Customer parcel reference 1"] == "RF_103326;"
    assert report.status == "reconciled"
