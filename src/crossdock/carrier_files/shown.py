"""A file as it is answered and announced.

The contract's fields are those of resources.md, section 3.2, with both names that its pages have for a file's
name and its time; `status` and what follows are this service's own.
"""

from typing import Any

import orjson

from crossdock.schemas.times import wire_epoch
from crossdock.storage.carrier_files import FileRow


def described(row: FileRow) -> dict[str, Any]:
    """A file without a link to it, as events tell of it: links end sooner than events are delivered."""
    return {
        "id": row.id,
        "file_name": row.file_name,
        "filename": row.file_name,
        "file_type": row.file_type,
        "generated_time": wire_epoch(row.created_at),
        "created_date": wire_epoch(row.created_at),
        "size": row.size,
        "sha256": row.digest.hex(),
        "carrier": row.carrier,
        "format": row.format,
        "status": row.state,
        "done_date": None if row.done_at is None else wire_epoch(row.done_at),
        "line_items": None if row.counts is None else orjson.loads(row.counts),
        "reconciliation": None if row.report is None else orjson.loads(row.report),
        "error": row.error,
    }


def answered(row: FileRow, link: tuple[str, str]) -> dict[str, Any]:
    """A file with a link to it."""
    url, expires_at = link
    return {**described(row), "download_url": url, "download_url_expires_at": expires_at}
