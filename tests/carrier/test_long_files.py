"""Files longer than a batch: memory stays, equal charges far apart are told apart."""

import csv
import io
import tracemalloc

from crossdock.carrier_invoices import Reading
from tests.carrier.samples import file_of, ids, rows_of


def _ups(shipments: int) -> bytes:
    """The sample's first shipment, with other numbers each time."""
    header, *rows = rows_of("ups")[:3]
    lead, tracking = header.index("Lead Shipment Number"), header.index("Tracking Number")
    made = []
    for number in range(shipments):
        for row in rows:
            one = list(row)
            one[lead], one[tracking] = f"L{number}", f"T{number}"
            made.append(one)
    return file_of("ups", [header, *made])


def _peak(content: bytes) -> int:
    """The most that reading took, in bytes, the file itself not counted."""
    file = io.BytesIO(content)
    tracemalloc.start()
    try:
        reading = Reading(file)
        for _ in reading.batches():
            pass
        assert reading.report().status == "reconciled"
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_file() -> None:
    _peak(_ups(10))
    assert _peak(_ups(3_000)) < 1.2 * _peak(_ups(500))


def test_equal_charges_far_apart_are_two() -> None:
    header, *rows = rows_of("ups")
    rest = _ups(400).decode().splitlines()[1:]
    content = "\r\n".join(
        [
            *file_of("ups", [header, rows[0]]).decode().splitlines(),
            *rest,
            *file_of("ups", [rows[0]]).decode().splitlines(),
        ]
    ).encode()
    found = ids(content)
    assert found[-1] == f"{found[0]}-2"
    assert len(set(found)) == len(found) == 802


def test_a_file_sorted_by_charge_is_counted_as_one_sorted_by_parcel() -> None:
    header = rows_of("ups")[0]
    made = [list(row) for row in csv_rows(_ups(150)) for _ in (1, 2)]
    described = header.index("Charge Description")
    by_parcel = ids(file_of("ups", [header, *made]))
    by_charge = ids(file_of("ups", [header, *sorted(made, key=lambda row: row[described])]))
    assert sorted(by_charge) == sorted(by_parcel)
    assert len(set(by_charge)) == len(made) == 600


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))[1:]
