"""The doors of carriers' invoice files.

Paths: the contract's endpoint table, section 4. `POST` and the download are this service's own, and so are
the fields beside the contract's that tell what came of a file.
"""

from crossdock.carrier_files.wanted import DEFAULT_PAGE, LARGEST_PAGE
from crossdock.http import carrier_routes
from crossdock.http.door import DATA, FULL_ACCESS, REFUSALS, Door, query

LACKING = {"501": "The integration has no files"}
MISSING = {"404": "The connection has no such file"}
TEXT = {"type": "string", "minLength": 1}
MOMENT = {"type": "string", "format": "date-time"}

CARRIER_DOORS = (
    Door(
        "POST",
        "/carrier/files",
        carrier_routes.add_file,
        "Hand over an invoice file; its line items become records, and it is checked whether they add up",
        unaudited=DATA,
        needs="key and token",
        body=carrier_routes.FILE,
        answers={
            "200": "The file; with status `received` when it is being read in the background",
            "413": "The file is too large",
            "415": "The body is not declared as a form",
            **FULL_ACCESS,
            **LACKING,
            **REFUSALS,
        },
    ),
    Door(
        "GET",
        "/carrier/files",
        carrier_routes.files,
        "The connection's invoice files, with download links that are good for 20 minutes",
        needs="key and token",
        parameters=[
            query("start_time", "Files that came at that time or later; by default 24 hours ago", MOMENT),
            query("end_time", "Files that came until then; by default now", MOMENT),
            query(
                "limit",
                "How many files at most",
                {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": DEFAULT_PAGE},
            ),
            query("page_token", "`next_token` of the page before; filters are to be repeated", TEXT),
            query("file_type", "Only files with this extension, such as csv", TEXT),
            query("file_name", "Only files of this name", TEXT),
        ],
        answers={"200": "A page of files", **LACKING, **REFUSALS},
    ),
    Door(
        "GET",
        "/carrier/files/{file_id}",
        carrier_routes.file,
        "One invoice file, what came of it, and a download link",
        needs="key and token",
        answers={"200": "The file", **MISSING, **LACKING, **REFUSALS},
    ),
    Door(
        "GET",
        "/carrier/files/{file_id}/download",
        carrier_routes.download,
        "The file's content; what a download link leads to",
        parameters=[query("signature", "Part of the link", TEXT)],
        answers={
            "200": "The content",
            "403": "The link has expired or was not made here",
            "404": "The file is gone",
        },
    ),
)
