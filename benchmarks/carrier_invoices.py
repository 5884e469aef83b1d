"""Reading a UPS invoice into line items against a CSV reader that reads it into rows and nothing else.

The reference is the `csv` module of the standard library: it gives rows of texts, as ours needs them. Readers
that are faster (pyarrow, polars) keep columns, and making rows of those takes longer than the `csv` module
does; `python -m benchmarks` does not install them.

The file is made here: shipments of two to four charges in 250 columns, every one with numbers, weights,
amounts and addresses of its own, some of which have to be quoted. Each side is a process of its own, whose
processor time and peak memory are measured.
"""

import asyncio
import csv
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from benchmarks.result import Result
from crossdock.carrier_invoices.formats.ups_columns import NAMES

TARGET = 0.3
SEED = 2026
CHARGES = (
    ("FRT", "Transportation Charges"),
    ("FSC", "Fuel Surcharges"),
    ("ACC", "Accessorial Charges"),
    ("TAX", "Taxes"),
)

CSV_READER = """
import csv, sys, time
started = time.process_time()
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    count = sum(1 for _ in csv.reader(file)) - 1
seconds = time.process_time() - started
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(count, seconds, peak)
"""
OURS = """
import sys, time
from crossdock.carrier_invoices import Reading
started = time.process_time()
with open(sys.argv[1], "rb") as file:
    reading = Reading(file)
    count = sum(len(batch) for batch in reading.batches())
assert reading.report().status == "reconciled", reading.report()
seconds = time.process_time() - started
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(count, seconds, peak)
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """One process: rows or line items, seconds of processor time, and the most memory, in MB."""

    count: int
    seconds: float
    memory: float


def write_ups_file(path: Path, lines: int) -> None:
    """A UPS invoice with that many charges, that adds up. The same lines every time."""
    chance = random.Random(SEED)
    at = {name: index for index, name in enumerate(NAMES)}
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(NAMES)
        left = lines
        while left > 0:
            for row in _shipment(chance, at, min(left, chance.randint(2, 4))):
                writer.writerow(row)
                left -= 1


def _shipment(chance: random.Random, at: dict[str, int], charges: int) -> Iterator[Sequence[str]]:
    found = [
        (*CHARGES[number], Decimal(chance.randint(100, 20_000)) / 100, Decimal(chance.randint(0, 500)) / 100)
        for number in range(charges)
    ]
    weight = f"{chance.uniform(0.5, 60):.1f}"
    shared = {
        "Version": "6.1",
        "Recipient Number": "KX2RDL",
        "Account Number": "KX2RDL",
        "Account Country": "US",
        "Invoice Date": "2026-03-31",
        "Invoice Number": "ULN-0563196946",
        "Invoice Type Code": "01",
        "Invoice Type Detail Code": "01",
        "Invoice Currency Code": "USD",
        "Invoice Amount": str(sum(gross - off for _, _, gross, off in found)),
        "Transaction Date": f"2026-03-{chance.randint(1, 31):02}",
        "Pickup Record Number": f"{chance.randrange(10**10):010}",
        "Lead Shipment Number": f"1Z{chance.randrange(10**16):016}",
        "Package Quantity": "1",
        "Tracking Number": f"1Z{chance.randrange(10**16):016}",
        "Entered Weight": weight,
        "Entered Weight Unit of Measure": "LB",
        "Billed Weight": weight,
        "Billed Weight Unit of Measure": "LB",
        "Zone": str(chance.randint(2, 8)),
        "Basis Currency Code": "USD",
        "Transaction Currency Code": "USD",
        "Shipment Date": "2026-03-20",
        "Original Service Description": "UPS Ground",
    }
    for side in ("Sender", "Receiver"):
        number = chance.randrange(10_000)
        shared |= {
            f"{side} Name": f"Ada Example {number}",
            f"{side} Company Name": f"Example, Sample and Sons {number}" if number % 3 else "Example LLC",
            f"{side} Address Line 1": f"{number} Sample Street",
            f"{side} City": "Springfield",
            f"{side} State": "IL",
            f"{side} Postal": f"{number:05}",
            f"{side} Country": "US",
        }
    row = [""] * len(NAMES)
    for name, value in shared.items():
        row[at[name]] = value
    for code, called, gross, off in found:
        row[at["Charge Classification Code"]] = row[at["Charge Description Code"]] = code
        row[at["Charge Description"]] = called
        row[at["Basis Value"]], row[at["Incentive Amount"]] = str(gross), str(off)
        row[at["Net Amount"]] = str(gross - off)
        yield row


async def measure(rounds: int, lines: int) -> list[Result]:
    """Speed against the CSV reader, and the growth of memory from a tenth of the lines to all of them."""
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder, "large.csv"), Path(folder, "small.csv")
        await asyncio.to_thread(write_ups_file, large, lines)
        await asyncio.to_thread(write_ups_file, small, lines // 10)
        pairs = [(await _turn(OURS, large), await _turn(CSV_READER, large)) for _ in range(rounds)]
        less = await _turn(OURS, small)
        megabytes = (await asyncio.to_thread(large.stat)).st_size / 1e6
    for ours, theirs in pairs:
        if not ours.count == theirs.count == lines:
            raise RuntimeError(f"{ours.count} and {theirs.count} of {lines} lines were read")
    ours, theirs = pairs[-1]
    return [
        Result(
            name=f"a UPS invoice of {lines:,} lines, {megabytes:,.0f} MB, into line items",
            ratios=[theirs.seconds / ours.seconds for ours, theirs in pairs],
            ours=f"{ours.count / ours.seconds:,.0f}/s",
            reference=f"{theirs.count / theirs.seconds:,.0f}/s",
            at_least=TARGET,
        ),
        Result(
            name=f"peak memory with {lines:,} lines, against {lines // 10:,}",
            ratios=[ours.memory / less.memory for ours, _ in pairs],
            ours=f"{ours.memory:.0f} MB",
            reference=f"{less.memory:.0f} MB",
            at_most=1.2,
        ),
    ]


async def _turn(program: str, path: Path) -> Turn:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, str(path), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"reading {path.name} failed")
    count, seconds, kilobytes = said.split()
    return Turn(int(count), float(seconds), int(kilobytes) / 1024)
