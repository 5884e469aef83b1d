"""`update_inbound_shipment` becomes `POST /2.0/receiving/{id}/cancel`, the only change of a WRO there is."""

from typing import Annotated, Any, Literal

from crossdock.connector import Asked, LookUp, Reads, VendorRequest, WriteOperation, vendor_path
from crossdock.integrations.wms.shipbob.answers import path_id
from crossdock.integrations.wms.shipbob.receiving_order import inbound_record, read_back, read_version_2
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, described


class UpdateInboundShipment(WriteBody, kw_only=True):
    """The one change that ShipBob knows: the goods are not to be expected any more."""

    status: Annotated[Literal["cancelled"], described("The new status", "cancelled")]
    trackstar_tags: Tags | Absent = UNSET


def translate(asked: Asked[UpdateInboundShipment], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """Raises `NotFound` for an id that ShipBob cannot have."""
    number = path_id(asked, "receiving order")
    return VendorRequest("POST", vendor_path("2.0", "receiving", number, "cancel"))


def find(asked: Asked[UpdateInboundShipment]) -> VendorRequest:
    """The WRO itself."""
    return read_version_2(asked.account, path_id(asked, "receiving order"))


def found(asked: Asked[UpdateInboundShipment], answer: Any) -> str | None:
    """Its id when it is cancelled."""
    cancelled = isinstance(answer, dict) and answer.get("status") == "Cancelled"
    return asked.record_id if cancelled else None


OPERATION = WriteOperation(
    action=write_action("wms", "update_inbound_shipment"),
    body=UpdateInboundShipment,
    translate=translate,
    read_back=read_back,
    record=inbound_record,
    look_up=LookUp(find, found),
)
