"""`attach_file` becomes `PUT /orders/{orderId}/files` (model `PostFileNoFilenameModel`).

The `PUT` writes the file of a name, so that a file that is sent twice is there once.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from mimetypes import guess_type
from typing import Annotated

from crossdock.connector import Asked, Reads, Rule, VendorRequest, WriteOperation, vendor_path
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.wms.ongoing.answers import own_record
from crossdock.integrations.wms.ongoing.order import order_read
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, WriteBody, described
from crossdock.schemas.wms_writes import fields

NAMELESS = "file"
"""The name of a file that comes without one: Ongoing wants some."""

ANY_BYTES = "application/octet-stream"


class AttachFile(WriteBody, kw_only=True):
    """A file for an order."""

    file_name: (
        Annotated[str, described("Name of the file; its ending tells the type", "label.pdf")] | Absent
    ) = UNSET
    file: fields.FileContent


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone leave unsaid."""
    return [
        Rule(
            "Neither the file nor its name is empty.",
            {"properties": {"file_name": {"minLength": 1}, "file": {"minLength": 1}}},
        ),
        Rule("A file_name that the order already has a file of replaces that file."),
    ]


def reads(asked: Asked[AttachFile], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The order, to see that it is this goods owner's."""
    return {"order": order_read(asked)}


def sample_reads(asked: Asked[AttachFile]) -> Reads:  # noqa: ARG001
    """An order."""
    return Reads({"order": {"orderInfo": {}}})


def translate(asked: Asked[AttachFile], reads: Reads) -> VendorRequest:
    """Operation `ordersPutFile`. Raises `NotFound`."""
    own_record(asked, reads["order"], "order")
    name = NAMELESS if asked.body.file_name is UNSET else asked.body.file_name
    kind, encoding = guess_type(name)
    body = {
        "mimeType": kind if kind and not encoding else ANY_BYTES,
        "fileDataBase64": b64encode(asked.body.file).decode(),
    }
    path = vendor_path("orders", asked.record_id, "files")
    return VendorRequest("PUT", path, {"fileName": name}, body)


OPERATION = WriteOperation(
    action=write_action("wms", "attach_file"),
    body=AttachFile,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate,
    repeatable=True,
    rules=rules,
)
