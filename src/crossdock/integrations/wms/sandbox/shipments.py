"""Shipments: what leaves the sandbox's warehouse for an order."""

from collections.abc import Sequence
from typing import Annotated, Any

from crossdock.connector import Asked, Reads, Rule, VendorRequest, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.sandboxes.requests import (
    MOMENT,
    NUMBER,
    TEXT,
    UNITS,
    by_reference,
    read_back,
    write,
)
from crossdock.integrations.wms.sandbox import records
from crossdock.integrations.wms.sandbox.choices import one_shipping_method
from crossdock.integrations.wms.sandbox.orders import ShippingMethod, ShippingMethodId
from crossdock.integrations.wms.sandbox.sizes import Measurements
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, WriteBody, account_value, described
from crossdock.schemas.wms_writes import fields


class Package(WriteBody, kw_only=True):
    """A parcel and what it is tracked by."""

    package_id: fields.PackageId
    tracking_number: fields.TrackingNumber


class ShippedLine(WriteBody, kw_only=True):
    """Units of one SKU of the order that left."""

    sku: fields.Sku
    quantity: fields.Quantity


class CreateShipment(WriteBody, kw_only=True):
    """What left of an order."""

    shipped_date: fields.ShippedDate
    tracking_number: fields.TrackingNumber
    tracking_url: fields.TrackingUrl | Absent = UNSET
    carrier_id: fields.CarrierId | Absent = UNSET
    carrier: fields.Carrier | Absent = UNSET
    shipping_method_id: ShippingMethodId | Absent = UNSET
    shipping_method: ShippingMethod | Absent = UNSET
    shipping_cost: fields.ShippingCost
    measurements: Measurements
    warehouse_id: Annotated[str, account_value("warehouses", "id", "Id of the warehouse that ships")]
    packages: Annotated[list[Package], described("The parcels, where there are several")] | Absent = UNSET
    line_items: (
        Annotated[list[ShippedLine], described("What left; everything that is left of the order without it")]
        | Absent
    ) = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:
    """What the fields alone leave unsaid."""
    package = {"properties": dict.fromkeys(Package.__struct_fields__, TEXT)}
    line = {"properties": {"sku": NUMBER, "quantity": UNITS}}
    texts = dict.fromkeys(("tracking_number", "tracking_url", "carrier_id", "carrier"), TEXT)
    properties = {
        **texts,
        "shipped_date": MOMENT,
        "packages": {"items": package},
        "line_items": {"minItems": 1, "items": line},
    }
    said = [
        Rule("A line has 1 to 1000000 units. Texts have up to 10000 characters.", {"properties": properties}),
        Rule(
            "The warehouse is the one that the order's units are committed in. Lines are SKUs of the order, "
            "a kit by its own SKU, and no more units than have not shipped. Backordered, fulfilled and "
            "cancelled orders do not ship."
        ),
    ]
    if "shipping_methods" in choices:
        said.append(one_shipping_method(choices["shipping_methods"].rows))
    return said


def create(asked: Asked[CreateShipment], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /orders/{id}/shipments`."""
    renamed = {"shipping_method": "shipping_method_id", "carrier": "carrier_name"}
    return write(asked, "POST", "orders", asked.record_id, "shipments", renamed=renamed)


OPERATIONS: tuple[WriteOperation[Any], ...] = (
    WriteOperation(
        action=write_action("wms", "create_shipment"),
        body=CreateShipment,
        translate=create,
        read_back=read_back("orders"),
        record=records.order,
        look_up=by_reference("orders"),
        rules=rules,
        component_names={
            Measurements: "ShipmentMeasurements",
            Package: "PackageTracking",
            ShippedLine: "WmsOrderWriteLineItemsandbox",
        },
    ),
)
