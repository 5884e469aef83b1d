"""Files that go with an order. The sandbox keeps a file's name, size and SHA-256, or its address."""

from collections.abc import Sequence
from typing import Any

from crossdock.connector import Asked, Reads, Rule, VendorRequest, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.sandboxes.requests import TEXT, by_reference, write
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, WriteBody
from crossdock.schemas.wms_writes import fields


class AttachFile(WriteBody, kw_only=True):
    """A file, itself or by its address."""

    file_url: fields.FileUrl | Absent = UNSET
    file_name: fields.FileName | Absent = UNSET
    file: fields.FileContent | Absent = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone leave unsaid."""
    schema = {
        "anyOf": [{"required": ["file"]}, {"required": ["file_url"]}],
        "description": "a form with file or file_url",
        "properties": {"file_name": TEXT, "file_url": TEXT},
    }
    return [Rule("The form has file, file_url or both; texts have up to 10000 characters.", schema)]


def attach(asked: Asked[AttachFile], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /orders/{id}/files`, the content in Base64."""
    return write(asked, "POST", "orders", asked.record_id, "files", renamed={"file": "content"})


OPERATIONS: tuple[WriteOperation[Any], ...] = (
    WriteOperation(
        action=write_action("wms", "attach_file"),
        body=AttachFile,
        translate=attach,
        look_up=by_reference("orders"),
        rules=rules,
    ),
)
