"""The canonical record of a booking: what a forwarder is asked to move.

The contract has no bookings. Names follow its other records; `docs/freight.md` has the decisions.
"""

from typing import Any, Literal

from msgspec import Struct

from crossdock.schemas.addresses import Measurements, ShipFromAddress

BookingStatus = Literal["draft", "submitted", "booked", "shipped", "archived", "other"]


class FreightParty(Struct, kw_only=True):
    """A company that sends or receives. `reference_id` is what a booking names it by."""

    id: str | None = None
    reference_id: str | None = None
    name: str | None = None


class FreightPlace(Struct, kw_only=True):
    """Where goods are picked up or delivered. `reference_id` is what a booking names it by."""

    reference_id: str | None = None
    address: ShipFromAddress


class FreightShippingUnit(Struct, kw_only=True):
    """Packages of one kind: how many, and what one of them weighs and measures.

    `atomic_count` is how many units, which are not unpacked on the way, are in each.
    """

    name: str | None = None
    unit_type: str | None = None
    count: int = 0
    atomic_count: int | None = None
    volume: float | None = None
    volume_unit: Literal["cbm", "cbft"] | None = None
    measurements: Measurements


class FreightCargo(Struct, kw_only=True):
    """What is moved. Volumes are in cubic metres or cubic feet; `None` is what the forwarder does not say."""

    weight: float | None = None
    weight_unit: Literal["kg", "lb"] | None = None
    volume: float | None = None
    volume_unit: Literal["cbm", "cbft"] | None = None
    marks_and_numbers: str | None = None
    contains_hazmat: bool | None = None
    contains_magnets: bool | None = None
    contains_lithium_ion_batteries: bool | None = None
    contains_other_batteries: bool | None = None
    contains_other_dangerous_goods: bool | None = None
    lithium_battery_packings: list[str] = []
    shipping_units: list[FreightShippingUnit] = []


class FreightProduct(Struct, kw_only=True):
    """What the goods are, for customs; `export_description` in the language of the country they leave."""

    description: str | None = None
    hs_code: str | None = None
    export_description: str | None = None


class FreightBooking(Struct, kw_only=True):
    """A request to move goods. Dates are UTC, `YYYY-MM-DDTHH:MM:SSZ`; a day is its midnight.

    `shipment_method` is `ocean`, `air` or `truck`, or the forwarder's own word. `full_load` says whether the
    goods have containers or a truck for themselves. `containers` are counts by size. `shipment_id` is the
    freight shipment that the booking became.
    """

    id: str
    created_date: str
    updated_date: str
    name: str | None = None
    status: BookingStatus
    raw_status: str | None = None
    shipment_method: str | None = None
    shipment_id: str | None = None
    shipper: FreightParty
    consignee: FreightParty
    notify_party: str | None = None
    origin: FreightPlace
    destination: FreightPlace
    origin_port_code: str | None = None
    destination_port_code: str | None = None
    cargo_ready_date: str | None = None
    delivery_date: str | None = None
    incoterm: str | None = None
    full_load: bool | None = None
    payment_terms: Literal["collect", "prepaid"] | None = None
    wants_pickup_service: bool | None = None
    wants_delivery_service: bool | None = None
    wants_export_customs_service: bool | None = None
    containers: dict[str, int] = {}
    products: list[FreightProduct] = []
    cargo: FreightCargo
    special_instructions: str | None = None
    external_system_url: str | None = None
    additional_fields: dict[str, Any] = {}
