"""Reading an invoice file into line items, a batch at a time."""

import csv
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from crossdock.carrier_invoices.faults import BadRow, Fault
from crossdock.carrier_invoices.identity import Group, Occurrences, WithinParcels, digest, group, line_id
from crossdock.carrier_invoices.ledger import MOST_SHOWN, Ledger
from crossdock.carrier_invoices.lines import Line, Money, Parcel, Raw
from crossdock.carrier_invoices.recognise import Recognised, recognise
from crossdock.carrier_invoices.report import Report, report_of
from crossdock.carrier_invoices.sheet import Opening, Row, Sheet
from crossdock.carrier_invoices.text import HEAD, text_of
from crossdock.carrier_invoices.unparsed import Unparsed

if TYPE_CHECKING:
    from _csv import Reader

BATCH = 100
"""Line items that are given at a time, about. More do not fit into a processor's caches, and take longer."""

_Found = tuple[int, Parcel, Money, Raw]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Line items whose equals have not been counted yet."""

    groups: list[Group] = field(default_factory=list)
    digests: list[bytes] = field(default_factory=list)
    found: list[_Found] = field(default_factory=list)

    def lines(self, counted: Sequence[int]) -> Sequence[Line]:
        return [
            Line(line_id(digested, times), number, parcel, money, raw)
            for digested, times, (number, parcel, money, raw) in zip(
                self.digests, counted, self.found, strict=True
            )
        ]


class Reading:
    """One file being read. `batches` may be gone through once; after it, `report` tells what the file is.

    `file` is open for reading bytes, at its beginning, and can be sought. Raises `UnknownShape` when it is no
    invoice of a known shape. Nothing but a batch is in memory at a time.
    """

    def __init__(self, file: BinaryIO) -> None:
        head = file.read(HEAD)
        self.recognised: Recognised = recognise(head)
        file.seek(0)
        self._file = file
        self._ledger = Ledger()
        self._faults: list[Fault] = []
        self._more_faults = 0
        self._rows = 0
        self._lines = 0

    @property
    def bytes_read(self) -> int:
        """How far the file has been read."""
        return self._file.tell()

    def batches(self) -> Generator[Sequence[Line], None, None]:
        """The line items in the order of the file."""
        pieces = self._pieces()
        with closing(pieces), ExitStack() as stack:
            counter: WithinParcels | Occurrences = WithinParcels()
            for piece in pieces:
                counted = counter.count(piece.groups, piece.digests)
                if counted is None:
                    counter = stack.enter_context(Occurrences())
                    self._count_again(counter)
                    counted = counter.count(piece.groups, piece.digests)
                self._lines += len(counted)
                yield piece.lines(counted)
        self._ledger.close()

    def _count_again(self, counter: Occurrences) -> None:
        """Tells the counter of every line that was given so far."""
        position = self._file.tell()
        self._file.seek(0)
        again = Reading(self._file)._pieces()
        with closing(again):
            left = self._lines
            while left > 0:
                piece = next(again)
                counter.count(piece.groups, piece.digests)
                left -= len(piece.digests)
        self._file.seek(position)

    def _pieces(self) -> Generator["_Piece", None, None]:
        found = self.recognised
        opening = Opening(found.match, self._ledger, decimal_comma=found.delimiter == ";")
        sheet = found.format.open(opening)
        read, widths = sheet.read, sheet.widths
        unparsed = Unparsed(found.match.names, sheet.parsed)
        carrier = found.format.carrier
        text = text_of(self._file, found.encoding)
        piece = _Piece()
        try:
            reader = csv.reader(text, delimiter=found.delimiter)
            for number, row in self._data_rows(reader, found.match.header_rows):
                if len(row) not in widths:
                    self._wrong_width(sheet, number, row)
                    continue
                try:
                    charged = read(number, row)
                except BadRow as bad:
                    self._fault(number, str(bad))
                    continue
                if charged is None or not charged[1]:
                    continue
                parcel, charges = charged
                raw = unparsed.of(row)
                name = group(parcel)
                for money in charges:
                    piece.groups.append(name)
                    piece.digests.append(digest(carrier, parcel, money))
                    piece.found.append((number, parcel, money, raw))
                if len(piece.found) >= BATCH:
                    yield piece
                    piece = _Piece()
            if piece.found:
                yield piece
            if not self._rows:
                self._fault(1, "it is all there is: the file was cut off in its header or has no charges")
        finally:
            # Otherwise it would close the file, which is its opener's.
            text.detach()

    def report(self) -> Report:
        """What was read and whether it adds up, once `batches` has come to its end."""
        return report_of(
            self.recognised, self._ledger, self._rows, self._lines, self._faults, self._more_faults
        )

    def _data_rows(self, reader: "Reader", header_rows: int) -> Iterator[tuple[int, Row]]:
        """Rows of data with their numbers. A header row that comes again, as in joined files, is left out."""
        headers: list[Row] = []
        number = 0
        while True:
            try:
                for row in reader:
                    number += 1
                    if not any(row):
                        continue
                    if len(headers) < header_rows:
                        headers.append(row)
                    elif row not in headers:
                        self._rows += 1
                        yield number, row
            except csv.Error as error:
                number += 1
                self._fault(number, f"it cannot be read; it ends in line {reader.line_num}: {error}")
            except UnicodeDecodeError as error:
                self._fault(
                    number + 1, f"from here on the file is no {self.recognised.encoding} text: {error.reason}"
                )
                return
            else:
                return

    def _wrong_width(self, sheet: Sheet, number: int, row: Row) -> None:
        wanted = " or ".join(str(width) for width in sorted(sheet.widths))
        self._fault(
            number, f"it has {len(row)} columns instead of {wanted}: the file was cut off or changed here"
        )

    def _fault(self, number: int, message: str) -> None:
        if len(self._faults) < MOST_SHOWN:
            self._faults.append(Fault(number, message))
        else:
            self._more_faults += 1
