"""Labels of shipments: types `CreateShipmentShippingLabelInput` and `CreateShippingLabelInput`."""

from collections.abc import Sequence
from typing import Annotated

from crossdock.connector import FieldFault, Unprocessable, VendorRequest
from crossdock.integrations.wms.shiphero.addresses import same_address
from crossdock.integrations.wms.shiphero.graphql import Record, mutation
from crossdock.integrations.wms.shiphero.orders import all_lines
from crossdock.integrations.wms.shiphero.values import (
    Measurements,
    amount,
    dimensions,
    first_given,
    given,
    number,
)
from crossdock.schemas.fields import UNSET, Absent, WriteBody, described
from crossdock.schemas.wms_writes import fields


class LabelFile(WriteBody, kw_only=True):
    """Where the label's files are: type `CreateLabelResourceInput`."""

    paper_pdf_location: Annotated[str, described("URL of a PDF for paper")] | Absent = UNSET
    thermal_pdf_location: Annotated[str, described("URL of a PDF for a label printer")] | Absent = UNSET
    pdf_location: Annotated[str, described("URL of a PDF")] | Absent = UNSET
    image_location: Annotated[str, described("URL of an image")] | Absent = UNSET


class OrderLabel(WriteBody, kw_only=True):
    """One more label for a shipment of the order."""

    shipment_id: Annotated[str, described("Id of the shipment in ShipHero")]
    carrier_id: fields.CarrierId | Absent = UNSET
    carrier: fields.Carrier | Absent = UNSET
    shipping_method_id: fields.ShippingMethodId | Absent = UNSET
    shipping_method: fields.ShippingMethod | Absent = UNSET
    shipping_method_name: Annotated[str, described("Name of the shipping method", "Ground")] | Absent = UNSET
    shipping_name: Annotated[str, described("DEPRECATED, use `shipping_method_name`", "Ground")] | Absent = (
        UNSET
    )
    shipping_cost: fields.ShippingCost
    measurements: Measurements
    label: LabelFile | Absent = UNSET
    skus: Annotated[list[str], described("SKUs of the order that are in the package")]
    tracking_number: fields.TrackingNumber | Absent = UNSET


ADD_LABEL = "shipment_create_shipping_label"
PAIRS = (
    ("carrier_id", "carrier"),
    ("shipping_method_id", "shipping_method"),
    ("shipping_method_name", "shipping_name"),
)
LABEL_RULES = {
    "properties": {"skus": {"minItems": 1}, "shipping_cost": {"minimum": 0}},
    "allOf": [
        {"not": {"required": list(pair)}, "description": f"at most one of {' and '.join(pair)}"}
        for pair in PAIRS
    ],
}


def label_requests(labels: Sequence[OrderLabel], order: Record, customer: str | None) -> list[VendorRequest]:
    """Mutation `shipment_create_shipping_label` for each that is not there. Raises `Unprocessable`."""
    by_sku = {line["sku"]: line["id"] for line in all_lines(order)}
    requests = []
    for index, label in enumerate(labels):
        at = f"/labels/{index}"
        unknown = [place for place, sku in enumerate(label.skus) if sku not in by_sku]
        if unknown:
            faults = [
                FieldFault(f"{at}/skus/{place}", "is not in the order", list(by_sku)) for place in unknown
            ]
            raise Unprocessable("The label does not fit the order.", faults)
        service = Service(
            first_given(label.carrier_id, label.carrier),
            first_given(label.shipping_method_id, label.shipping_method),
            first_given(label.shipping_method_name, label.shipping_name),
        )
        data = {
            "customer_account_id": customer,
            "shipment_id": label.shipment_id,
            **service.named(order, at),
            "cost": amount(label.shipping_cost),
            "address": same_address(order.get("shipping_address") or {}),
            "dimensions": dimensions(label.measurements),
            "label": {} if label.label is UNSET else _files(label.label),
            "line_item_ids": [by_sku[sku] for sku in label.skus],
            "tracking_number": given(label.tracking_number),
        }
        if not _is_there(order, data):
            requests.append(mutation(ADD_LABEL, "CreateShippingLabelInput", data, "shipping_label { id }"))
    return requests


def _is_there(order: Record, data: Record) -> bool:
    """Whether the shipment has this very label, so that a body that comes again adds none."""
    same = ("carrier", "shipping_method", "shipping_name", "tracking_number")
    return any(
        shipment.get("id") == data["shipment_id"]
        and all(label.get(name) == data[name] for name in same)
        and number(label.get("cost")) == number(data["cost"])
        for shipment in order.get("shipments") or ()
        for label in shipment.get("shipping_labels") or ()
    )


class Service:
    """How a package goes; what is not said is taken from the order's shipping lines."""

    def __init__(self, carrier: str | None, method: str | None, name: str | None) -> None:
        self._carrier, self._method, self._name = carrier, method, name

    def named(self, order: Record, at: str) -> Record:
        """`carrier`, `shipping_method` and `shipping_name`, all of which ShipHero wants.

        Raises `Unprocessable` with a pointer below `at` for what neither the body nor the order says.
        """
        ordered = order.get("shipping_lines") or {}
        method = self._method or self._name or ordered.get("method")
        sent = {
            "carrier": self._carrier or ordered.get("carrier"),
            "shipping_method": method,
            "shipping_name": self._name or method or ordered.get("title"),
        }
        own = {"carrier": "carrier_id", "shipping_method": "shipping_method_id"}
        faults = [
            FieldFault(f"{at}/{own[name]}", "is required: the order does not say it either")
            for name in own
            if not sent[name]
        ]
        if faults:
            raise Unprocessable("ShipHero wants to know how the package goes.", faults)
        return sent


def _files(file: LabelFile) -> Record:
    sent = {
        "paper_pdf_location": given(file.paper_pdf_location),
        "thermal_pdf_location": given(file.thermal_pdf_location),
        "pdf_location": given(file.pdf_location),
        "image_location": given(file.image_location),
    }
    return {name: value for name, value in sent.items() if value is not None}
