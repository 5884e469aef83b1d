"""What the records of the freight sandbox are, as they are answered: by this an edited one is checked."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, field

from crossdock.sandbox.declared import Count, Date, Entry, Refers
from crossdock.sandbox.freight import bodies
from crossdock.sandbox.freight.bodies import Measurements, PortCode, Product, Quantity
from crossdock.sandbox.parts import Absent, Number, Text
from crossdock.schemas.freight.shipments import FreightStatus
from crossdock.schemas.freight_writes.fields import Incoterm

Method = Literal["ocean", "air", "truck"]


class Address(Struct, kw_only=True):
    """Where a place is."""

    address1: Text | Absent = UNSET
    address2: Text | Absent = UNSET
    address3: Text | Absent = UNSET
    city: Text | Absent = UNSET
    state: Text | Absent = UNSET
    postal_code: Text | Absent = UNSET
    country: Text | Absent = UNSET


class Party(Struct, kw_only=True):
    """A company that sends or receives."""

    id: Annotated[Text, Refers("freight_companies")]
    reference_id: Number
    name: Text


class Place(Struct, kw_only=True):
    """Where goods are fetched or brought."""

    reference_id: Number
    address: Address


class Containers(Struct, kw_only=True):
    """How many of each size."""

    twenty_ft: Count | Absent = UNSET
    forty_ft: Count | Absent = UNSET
    forty_ft_hc: Count | Absent = UNSET
    forty_five_ft_hc: Count | Absent = UNSET


class ShippingUnit(bodies.ShippingUnit, kw_only=True):
    """Packages of one kind."""

    measurements: Measurements = field(default_factory=Measurements)


class Cargo(bodies.Cargo, kw_only=True):
    """What is moved."""

    shipping_units: Annotated[list[ShippingUnit], Meta(min_length=1, max_length=1000)]  # type: ignore[assignment]


class Booking(Entry, kw_only=True):
    """What the forwarder was asked to move."""

    name: Number
    status: Literal["draft", "submitted", "booked", "shipped", "archived"]
    shipment_method: Method
    shipment_id: Annotated[Text, Refers("freight_shipments")] | None = None
    shipper: Party
    consignee: Party
    notify_party: Text | None = None
    origin: Place
    destination: Place
    cargo_ready_date: Date
    delivery_date: Date | None = None
    wants_export_customs_service: bool
    incoterm: Incoterm | None = None
    full_load: bool | None = None
    payment_terms: Literal["collect", "prepaid"] | None = None
    wants_pickup_service: bool | None = None
    wants_delivery_service: bool | None = None
    origin_port_code: PortCode | None = None
    destination_port_code: PortCode | None = None
    containers: Containers = field(default_factory=Containers)
    products: Annotated[list[Product], Meta(max_length=1000)] = field(default_factory=list)
    cargo: Cargo
    special_instructions: Text | None = None


class Origin(Struct, kw_only=True):
    """The booking that a shipment was, and its way."""

    booking_id: Annotated[Text, Refers("freight_bookings")] | None = None
    name: Text | None = None
    origin_reference_id: Number | None = None
    destination_reference_id: Number | None = None


class Shipment(Entry, kw_only=True):
    """Goods under way."""

    status: FreightStatus
    shipment_method: Method
    eta_date: Date | None = None
    shipment_date: Date | None = None
    arrival_date: Date | None = None
    cost: Quantity | None = None
    additional_fields: Origin
