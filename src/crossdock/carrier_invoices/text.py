"""The text of an invoice file: its encoding found from its bytes."""

import codecs
import io
from typing import BinaryIO

from crossdock.carrier_invoices.faults import UnknownShape

HEAD = 256 * 1024
"""Bytes that are looked at to find out what a file is. The longest header known has 7 kB."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or a spreadsheet"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet"),
    (b"\x1f\x8b", "a gzip archive"),
)
_FALLBACK = "crossdock-windows-1252"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Reads bytes that are no UTF-8 as Windows-1252, whose five unused bytes are Latin-1 controls."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    try:
        return byte.decode("cp1252"), error.start + 1
    except UnicodeDecodeError:
        return byte.decode("latin-1"), error.start + 1


codecs.register_error(_FALLBACK, _as_windows)


def encoding_of(head: bytes) -> str:
    """The encoding of a file that begins with those bytes. Raises `UnknownShape` for what is no text.

    A byte order mark decides. Without one it is UTF-8, and bytes that are none are read as Windows-1252,
    which older exports of European carriers use and which contains Latin-1's printable characters.
    """
    for mark, name in _NOT_TEXT:
        if head.startswith(mark):
            raise UnknownShape(
                f"This is {name}; a carrier's invoice is wanted as text with separators (CSV)."
            )
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if not head.strip():
        raise UnknownShape("The file is empty.")
    if b"\0" in head:
        raise UnknownShape(
            "The file is no text in an encoding known here: it holds NUL bytes and begins with no byte order "
            "mark. Looked for were UTF-8, Windows-1252 (Latin-1), and UTF-16 and UTF-32 with a mark."
        )
    return "utf-8"


def text_of(file: BinaryIO, encoding: str) -> io.TextIOWrapper:
    """The file as a stream of text with its line ends as they are, as the CSV reader wants it."""
    errors = _FALLBACK if encoding.startswith("utf-8") else "strict"
    return io.TextIOWrapper(file, encoding=encoding, errors=errors, newline="")


def head_text(head: bytes, encoding: str) -> str:
    """The beginning of the file as text; a character that was cut in two is left out."""
    decoder = codecs.getincrementaldecoder(encoding)(_FALLBACK if encoding.startswith("utf-8") else "strict")
    try:
        return decoder.decode(head)
    except UnicodeDecodeError as error:
        raise UnknownShape(f"The file begins as {encoding}, and then it is none: {error.reason}.") from None
