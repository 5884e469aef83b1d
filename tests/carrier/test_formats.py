"""Every sample becomes the line items that the contract describes, and adds up or is marked."""

from decimal import Decimal
from typing import Any

import pytest

from tests.carrier.samples import FOLDER, ids, read, sample

# carrier, status, line items, their sum as an independent addition of the file's charge columns gives it
SAMPLES: dict[str, tuple[str, str, int, str]] = {
    "dhl-ecom": ("dhl-ecommerce", "reconciled", 56, "181.64"),
    "dhl-express": ("dhl-express", "reconciled", 50, "1536.60"),
    "dpd-dutch": ("dpd", "differs", 25, "253.95"),
    "dpd-english": ("dpd", "reconciled", 108, "367.27"),
    "dpd-german": ("dpd", "not_stated", 104, "383.63"),
    "fedex-nl": ("fedex", "reconciled", 62, "2186.15"),
    "fedex-uk": ("fedex", "reconciled", 66, "1795.73"),
    "fedex-us": ("fedex", "reconciled", 63, "1894.06"),
    "royal-mail": ("royal-mail", "not_stated", 25, "1208.42"),
    "ups": ("ups", "reconciled", 25, "941.36"),
    "usps": ("usps", "reconciled", 25, "386.63"),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_recognised_and_added_up(name: str) -> None:
    carrier, status, items, total = SAMPLES[name]
    lines, report = read(sample(name))
    assert (report.carrier, report.status, report.line_items) == (carrier, status, items)
    assert len({line.id for line in lines}) == items
    assert sum(line.money.net for line in lines) == Decimal(total)
    assert report.faults == ()


def test_every_sample_is_tried() -> None:
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(SAMPLES)


FIRST: dict[str, dict[str, Any]] = {
    "dhl-ecom": {
        "account_id": "2684030563",
        "invoice_id": "1969461209",
        "tracking_number": "0339600126",
        "transaction_date": "2026-03-31T00:00:00Z",
        "currency": None,
        "charge": ("Charge", "8.50", "8.50"),
        "raw": ("Name*", "Matthew Pham"),
    },
    "dhl-express": {
        "account_id": "196946120",
        "invoice_id": "MUC2684030563",
        "tracking_number": "8693906809",
        "transaction_date": "2026-03-03T00:00:00Z",
        "currency": "EUR",
        "charge": ("Weight Charge", "120.59", "120.59"),
        "raw": ("Total Tax", "26.33"),
    },
    "dpd-english": {
        "account_id": "63196946",
        "invoice_id": "26840305",
        "tracking_number": "79184603396001",
        "transaction_date": "2026-03-31T00:00:00Z",
        "currency": None,
        "charge": ("Base price", "8.62", "8.62"),
        "raw": ("Shipment number", "120936"),
    },
    "dpd-german": {
        "account_id": "21856133",
        "invoice_id": "45060313",
        "tracking_number": "86860487868900",
        "transaction_date": "2026-03-31T00:00:00Z",
        "currency": None,
        "charge": ("Tarief", "6.32", "6.32"),
        "raw": ("Empfänger Name", "Carolyn John"),
    },
    "dpd-dutch": {
        "account_id": "68182594",
        "invoice_id": "17689023",
        "tracking_number": "89501701971435",
        "transaction_date": "2026-03-31T00:00:00Z",
        "currency": None,
        "charge": ("Toeslag", "9.90", "9.90"),
        "raw": ("Totaal", "11.34"),
    },
    "fedex-nl": {
        "account_id": "356852610",
        "invoice_id": "7498149759",
        "tracking_number": "648658646259",
        "transaction_date": "2026-03-31T00:00:00Z",
        "currency": "EUR",
        "charge": ("Declared Value Charge", "11.73", "11.73"),
        "raw": ("Service", "FedEx International Priority"),
    },
    "fedex-us": {
        "account_id": "196946120",
        "invoice_id": "2684030563",
        "tracking_number": "936725700869",
        "transaction_date": "2026-03-31T00:00:00Z",
        "currency": None,
        "charge": ("Address Correction", "22.00", "22.00"),
        "raw": ("Original Amount Due", "1894.06"),
    },
    "royal-mail": {
        "account_id": "2684030563",
        "invoice_id": "1969461209",
        "tracking_number": None,
        "transaction_date": "2026-03-31T00:00:00Z",
        "currency": None,
        "charge": ("Tracked Small Signed Tracked Returns", "78.23", "64.15"),
        "raw": ("Sales Order No.", "SO-0000000"),
    },
    "ups": {
        "account_id": "KX2RDL",
        "invoice_id": "ULN-0563196946",
        "tracking_number": "1Z8CZ3C80496442033",
        "transaction_date": "2026-03-24T00:00:00Z",
        "currency": "USD",
        "charge": ("Transportation Charges", "40.21", "36.91"),
        "raw": ("Original Service Description", "UPS Ground Saver"),
    },
    "usps": {
        "account_id": "2684030563",
        "invoice_id": "6258250725712",
        "tracking_number": "4335647197791615280044",
        "transaction_date": "2026-03-01T00:44:00Z",
        "currency": None,
        "charge": ("SCAN Form Used", "23.72", "23.72"),
        "raw": ("Mail Class", "Priority Mail"),
    },
}


@pytest.mark.parametrize("name", FIRST)
def test_the_first_line_item_has_what_the_contract_maps(name: str) -> None:
    line = read(sample(name))[0][0]
    wanted = FIRST[name]
    for field in ("account_id", "invoice_id", "tracking_number", "transaction_date", "currency"):
        assert getattr(line.parcel, field) == wanted[field], field
    description, gross, net = wanted["charge"]
    assert line.money.description == description
    assert (line.money.gross, line.money.net) == (Decimal(gross), Decimal(net))
    title, value = wanted["raw"]
    assert line.raw[title] == value
    assert "" not in line.raw.values()


def test_raw_leaves_out_what_is_in_a_field() -> None:
    line = read(sample("ups"))[0][0]
    assert not {"Net Amount", "Invoice Number", "Tracking Number", "Charge Description"} & set(line.raw)


def test_the_contract_wants_the_usps_barcode_for_an_id() -> None:
    assert all(line.parcel.contract_id == line.parcel.tracking_number for line in read(sample("usps"))[0])


def test_usps_withdrawals_that_are_not_their_transactions_are_noted() -> None:
    report = read(sample("usps"))[1]
    assert "23.54" in report.notes[0]
    assert "23.72" in report.notes[0]


def test_the_dutch_sample_is_marked_row_by_row() -> None:
    report = read(sample("dpd-dutch"))[1]
    first = report.as_json()["differences"][0]
    assert len(report.differences) == 25
    assert first == {
        "of": "row",
        "invoice_id": "17689023",
        "key": "Totaal",
        "stated": "11.34",
        "found": "9.90",
        "difference": "1.44",
        "first_row": 2,
        "last_row": 2,
    }


@pytest.mark.parametrize("name", SAMPLES)
def test_reading_again_gives_the_same_ids(name: str) -> None:
    assert ids(sample(name)) == ids(sample(name))
