"""`create_booking`: the forwarder is asked to move goods."""

from collections.abc import Sequence
from typing import Annotated, Any

from crossdock.connector import Asked, Reads, Rule, VendorRequest, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.freight.sandbox import records
from crossdock.integrations.sandboxes.requests import (
    LINES,
    MOMENT,
    NUMBER,
    TEXT,
    by_reference,
    read_back,
    write,
    written_id,
)
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, WriteBody, account_value, described
from crossdock.schemas.freight_writes import base, fields

CompanyReference = Annotated[str, account_value("companies", "ref", "Reference of a company of the network")]
PlaceReference = Annotated[str, account_value("places", "ref", "Reference of a place of the network")]


class CreateBooking(WriteBody, kw_only=True):
    """Goods that are to be moved by sea, by air or by road."""

    name: fields.BookingName
    shipper_reference_id: CompanyReference
    consignee_reference_id: CompanyReference
    notify_party: fields.NotifyParty | Absent = UNSET
    origin_reference_id: PlaceReference
    destination_reference_id: PlaceReference
    cargo_ready_date: fields.CargoReadyDate
    delivery_date: fields.DeliveryDate | Absent = UNSET
    wants_export_customs_service: fields.WantsExportCustoms | Absent = UNSET
    ocean: Annotated[base.Ocean, described("For carriage by sea")] | Absent = UNSET
    air: Annotated[base.Air, described("For carriage by air")] | Absent = UNSET
    truck: Annotated[base.Truck, described("For carriage by road")] | Absent = UNSET
    cargo: Annotated[base.Cargo, described("What is to be moved")]
    special_instructions: fields.SpecialInstructions | Absent = UNSET


TEXT_OF_ONE = {**TEXT, "minLength": 1}
QUANTITY = {"minimum": 0, "maximum": 1_000_000_000}
COUNT = {"minimum": 0, "maximum": 1_000_000}
PORT = {"pattern": "^[A-Z]{2}[A-Z2-9]{3}$"}
PRODUCT = {"properties": dict.fromkeys(("description", "hs_code", "export_description"), TEXT_OF_ONE)}
CARRIAGE = {
    "properties": {
        "products": {"maxItems": LINES["maxItems"], "items": PRODUCT},
        "containers": {
            "properties": dict.fromkeys(("twenty_ft", "forty_ft", "forty_ft_hc", "forty_five_ft_hc"), COUNT)
        },
        "origin_port_code": PORT,
        "destination_port_code": PORT,
    }
}
UNIT = {
    "properties": {
        "name": TEXT_OF_ONE,
        "count": COUNT,
        "atomic_count": COUNT,
        "volume": QUANTITY,
        "measurements": {"properties": dict.fromkeys(("length", "width", "height", "weight"), QUANTITY)},
    },
    "required": ["count"],
}
CARGO = {
    "properties": {
        "weight": QUANTITY,
        "volume": QUANTITY,
        "marks_and_numbers": TEXT_OF_ONE,
        "shipping_units": {**LINES, "items": UNIT},
    },
    "required": ["shipping_units"],
}


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone leave unsaid."""
    properties: dict[str, Any] = {
        "name": {**NUMBER, "minLength": 1},
        "notify_party": TEXT_OF_ONE,
        "cargo_ready_date": MOMENT,
        "delivery_date": MOMENT,
        "ocean": CARRIAGE,
        "air": CARRIAGE,
        "truck": {"properties": {"product_description": TEXT_OF_ONE}},
        "cargo": CARGO,
        "special_instructions": TEXT_OF_ONE,
    }
    return [
        Rule(
            "A booking is for carriage by sea, by air or by road: exactly one of ocean, air and truck.",
            {
                "oneOf": [{"required": [name]} for name in ("ocean", "air", "truck")],
                "description": "an object with exactly one of ocean, air and truck",
            },
        ),
        Rule(
            "The cargo has 1 to 1000 shipping units, each with a count. Counts are from 0 to 1000000, sizes, "
            "weights and volumes from 0 to 1000000000. Ports are UN/LOCODEs. A name has up to 200 "
            "characters, other texts up to 10000.",
            {"properties": properties},
        ),
    ]


def create(asked: Asked[CreateBooking], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /bookings`."""
    return write(asked, "POST", "bookings")


CREATE = WriteOperation(
    action=write_action("freight", "create_booking"),
    body=CreateBooking,
    translate=create,
    written_id=written_id,
    read_back=read_back("bookings"),
    record=records.booking,
    look_up=by_reference("bookings"),
    rules=rules,
)
