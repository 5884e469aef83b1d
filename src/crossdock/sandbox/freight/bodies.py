"""What can be sent to the freight sandbox, as typed values."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta

from crossdock.sandbox.parts import Absent, Body, Moment, Number, Part, Text
from crossdock.schemas.freight_writes.fields import Incoterm, LithiumPacking

Quantity = Annotated[float, Meta(ge=0, le=1_000_000_000)]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]
PortCode = Annotated[str, Meta(pattern="^[A-Z]{2}[A-Z2-9]{3}$")]


class Product(Part, kw_only=True):
    """What the goods are."""

    description: Text | Absent = UNSET
    hs_code: Text | Absent = UNSET
    export_description: Text | Absent = UNSET


class Containers(Part, kw_only=True):
    """How many of each size."""

    twenty_ft: Count = 0
    forty_ft: Count = 0
    forty_ft_hc: Count = 0
    forty_five_ft_hc: Count = 0


class Air(Part, kw_only=True):
    """Carriage by air."""

    incoterm: Incoterm | Absent = UNSET
    products: Annotated[list[Product], Meta(max_length=1000)] | Absent = UNSET
    wants_pickup_service: bool | None = None
    wants_delivery_service: bool | None = None
    origin_port_code: PortCode | Absent = UNSET
    destination_port_code: PortCode | Absent = UNSET


class Ocean(Air, kw_only=True):
    """Carriage by sea."""

    full_load: bool | None = None
    containers: Containers | Absent = UNSET


class Truck(Part, kw_only=True):
    """Carriage by road."""

    full_load: bool | None = None
    payment_terms: Literal["collect", "prepaid"] | None = None
    product_description: Text | Absent = UNSET


class Measurements(Part, kw_only=True):
    """Size and weight of one package."""

    length: Quantity | None = None
    width: Quantity | None = None
    height: Quantity | None = None
    unit: Literal["cm", "in"] | None = None
    weight: Quantity | None = None
    weight_unit: Literal["kg", "lb"] | None = None


class ShippingUnit(Part, kw_only=True):
    """Packages of one kind."""

    name: Text | Absent = UNSET
    unit_type: Text | Absent = UNSET
    count: Count
    atomic_count: Count | None = None
    volume: Quantity | None = None
    volume_unit: Literal["cbm", "cbft"] | None = None
    measurements: Measurements | Absent = UNSET


class Cargo(Part, kw_only=True):
    """What is to be moved."""

    weight: Quantity | None = None
    weight_unit: Literal["kg", "lb"] | None = None
    volume: Quantity | None = None
    volume_unit: Literal["cbm", "cbft"] | None = None
    marks_and_numbers: Text | Absent = UNSET
    contains_hazmat: bool = False
    contains_magnets: bool = False
    contains_lithium_ion_batteries: bool = False
    contains_other_batteries: bool = False
    contains_other_dangerous_goods: bool = False
    lithium_battery_packings: list[LithiumPacking] | Absent = UNSET
    shipping_units: Annotated[list[ShippingUnit], Meta(min_length=1, max_length=1000)]


class PlaceBooking(Body, kw_only=True):
    """A new booking: exactly one of `ocean`, `air` and `truck`."""

    name: Number
    shipper_reference_id: Number
    consignee_reference_id: Number
    notify_party: Text | Absent = UNSET
    origin_reference_id: Number
    destination_reference_id: Number
    cargo_ready_date: Moment
    delivery_date: Moment | Absent = UNSET
    wants_export_customs_service: bool = False
    ocean: Ocean | Absent = UNSET
    air: Air | Absent = UNSET
    truck: Truck | Absent = UNSET
    cargo: Cargo
    special_instructions: Text | Absent = UNSET
