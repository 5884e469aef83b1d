"""`attach_file` becomes the mutation `order_add_attachment`: ShipHero fetches the file by its URL."""

from collections.abc import Sequence
from typing import Any

from crossdock.connector import Asked, LookUp, Reads, Rule, VendorRequest, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.wms.shiphero.graphql import mutation, nodes
from crossdock.integrations.wms.shiphero.order_record import order_of, read_order
from crossdock.integrations.wms.shiphero.values import given
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, WriteBody
from crossdock.schemas.wms_writes import fields


class AttachFile(WriteBody, kw_only=True):
    """A file for an order, by its address."""

    file_url: fields.FileUrl
    file_name: fields.FileName | Absent = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What a URL is."""
    url = {
        "pattern": r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[^\s]*)?$",
        "description": "must be a URL that begins with http or https",
    }
    return [Rule("ShipHero fetches the file from file_url.", {"properties": {"file_url": url}})]


def translate(asked: Asked[AttachFile], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """Mutation `order_add_attachment`."""
    data = {
        "order_id": asked.record_id,
        "url": asked.body.file_url,
        "filename": given(asked.body.file_name),
    }
    return mutation("order_add_attachment", "OrderAddAttachmentInput", data, "attachment { id }")


def find(asked: Asked[AttachFile]) -> VendorRequest:
    """The order with its attachments."""
    return read_order(asked.account, asked.record_id)


def found(asked: Asked[AttachFile], decoded: Any) -> str | None:
    """The order's id when it has an attachment of this URL."""
    order = order_of(decoded) or {}
    urls = [one.get("url") for one in nodes(order.get("attachments"))]
    return asked.record_id if asked.body.file_url in urls else None


OPERATION = WriteOperation(
    action=write_action("wms", "attach_file"),
    body=AttachFile,
    translate=translate,
    look_up=LookUp(find, found),
    rules=rules,
)
