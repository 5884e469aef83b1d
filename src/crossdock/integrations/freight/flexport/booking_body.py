"""The body of `create_booking`, and the rules that its fields alone do not say.

Sources: the specification's `CreateBooking` and the models below it, with what the descriptions of their
fields say is required, and when.
"""

from collections.abc import Sequence
from typing import Annotated, Any

from crossdock.connector import Rule
from crossdock.connector.operation import KnownChoices
from crossdock.connector.patterns import INT32_MAX
from crossdock.schemas.fields import UNSET, Absent, WriteBody, account_value, described
from crossdock.schemas.freight_writes import fields


class Product(WriteBody, kw_only=True):
    """What the goods are, for customs."""

    description: fields.ProductDescription
    hs_code: fields.HsCode
    export_description: fields.ExportDescription | Absent = UNSET


class Containers(WriteBody, kw_only=True):
    """How many containers of each size."""

    twenty_ft: fields.TwentyFoot | Absent = UNSET
    forty_ft: fields.FortyFoot | Absent = UNSET
    forty_ft_hc: fields.FortyFootHighCube | Absent = UNSET
    forty_five_ft_hc: fields.FortyFiveFootHighCube | Absent = UNSET


class Ocean(WriteBody, kw_only=True):
    """Carriage by sea."""

    incoterm: fields.Incoterm
    full_load: fields.FullLoad
    containers: Annotated[Containers, described("The containers that are wanted; empty for a part load")]
    products: Annotated[list[Product], described("What the goods are")]
    wants_pickup_service: fields.WantsPickup
    wants_delivery_service: fields.WantsDelivery | Absent = UNSET
    origin_port_code: fields.OriginPortCode | Absent = UNSET
    destination_port_code: fields.DestinationPortCode | Absent = UNSET


class Air(WriteBody, kw_only=True):
    """Carriage by air."""

    incoterm: fields.Incoterm
    products: Annotated[list[Product], described("What the goods are")]
    wants_pickup_service: fields.WantsPickup
    wants_delivery_service: fields.WantsDelivery | Absent = UNSET
    origin_port_code: fields.OriginPortCode | Absent = UNSET
    destination_port_code: fields.DestinationPortCode | Absent = UNSET


class Truck(WriteBody, kw_only=True):
    """Carriage by road."""

    full_load: fields.FullLoad
    payment_terms: fields.PaymentTerms
    product_description: fields.ProductsDescription | Absent = UNSET


class Measurements(WriteBody, kw_only=True):
    """Size and weight of one package."""

    length: fields.Length | Absent = UNSET
    width: fields.Width | Absent = UNSET
    height: fields.Height | Absent = UNSET
    unit: fields.LengthUnit | Absent = UNSET
    weight: fields.Weight | Absent = UNSET
    weight_unit: fields.WeightUnit | Absent = UNSET


class ShippingUnit(WriteBody, kw_only=True):
    """Packages of one kind."""

    name: fields.UnitName | Absent = UNSET
    unit_type: fields.UnitType
    count: fields.Count
    atomic_count: fields.AtomicCount | Absent = UNSET
    volume: fields.Volume | Absent = UNSET
    volume_unit: fields.VolumeUnit | Absent = UNSET
    measurements: Annotated[Measurements, described("Size and weight of one package")] | Absent = UNSET


class Cargo(WriteBody, kw_only=True):
    """What is to be moved."""

    weight: fields.Weight | Absent = UNSET
    weight_unit: fields.WeightUnit | Absent = UNSET
    volume: fields.Volume | Absent = UNSET
    volume_unit: fields.VolumeUnit | Absent = UNSET
    marks_and_numbers: fields.MarksAndNumbers | Absent = UNSET
    contains_hazmat: fields.ContainsHazmat
    contains_magnets: fields.ContainsMagnets
    contains_lithium_ion_batteries: fields.ContainsLithiumIon
    contains_other_batteries: fields.ContainsOtherBatteries
    contains_other_dangerous_goods: fields.ContainsOtherDangerous
    lithium_battery_packings: fields.LithiumPackings | Absent = UNSET
    shipping_units: Annotated[list[ShippingUnit], described("The packages")]


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
    wants_export_customs_service: fields.WantsExportCustoms
    ocean: Annotated[Ocean, described("For carriage by sea")] | Absent = UNSET
    air: Annotated[Air, described("For carriage by air")] | Absent = UNSET
    truck: Annotated[Truck, described("For carriage by road")] | Absent = UNSET
    cargo: Annotated[Cargo, described("What is to be moved")]
    special_instructions: fields.SpecialInstructions | Absent = UNSET


QUANTITY = {"minimum": 0, "maximum": 1_000_000_000}
COUNT = {"minimum": 0, "maximum": INT32_MAX}
FILLED = {"minLength": 1}


def _with_units(**pairs: str) -> dict[str, list[str]]:
    """Every quantity needs its unit."""
    return {value: [unit] for value, unit in pairs.items()}


PRODUCTS = {
    "minItems": 1,
    "items": {"properties": {"description": FILLED, "hs_code": FILLED, "export_description": FILLED}},
}
CARRIAGE = {
    "properties": {
        "products": PRODUCTS,
        "containers": {
            "properties": dict.fromkeys(("twenty_ft", "forty_ft", "forty_ft_hc", "forty_five_ft_hc"), COUNT)
        },
    },
    "if": {"properties": {"wants_pickup_service": {"const": False}}, "required": ["wants_pickup_service"]},
    "then": {
        "required": ["origin_port_code"],
        "description": "with an origin_port_code, since the goods are not picked up",
    },
}
SIZES = ("length", "width", "height")
UNIT = {
    "properties": {
        "count": {"minimum": 1, "maximum": INT32_MAX},
        "atomic_count": {"minimum": 1, "maximum": INT32_MAX},
        "volume": QUANTITY,
        "measurements": {
            "properties": dict.fromkeys((*SIZES, "weight"), QUANTITY),
            "dependentRequired": _with_units(**dict.fromkeys(SIZES, "unit"), weight="weight_unit"),
        },
    },
    "dependentRequired": _with_units(volume="volume_unit"),
    "if": {"properties": {"unit_type": {"const": "pallet"}}, "required": ["unit_type"]},
    "then": {"required": ["atomic_count"], "description": "a pallet with its atomic_count"},
}


def _told(quantity: str, of_a_unit: dict[str, Any]) -> dict[str, Any]:
    """The cargo as a whole says a quantity, or each of its packages does."""
    return {
        "anyOf": [
            {"required": [quantity]},
            {"properties": {"shipping_units": {"items": of_a_unit}}},
        ],
        "description": f"with a {quantity} of the cargo, or of every shipping unit",
    }


CARGO: dict[str, Any] = {
    "properties": {
        "weight": QUANTITY,
        "volume": QUANTITY,
        "shipping_units": {"minItems": 1, "items": UNIT},
        "lithium_battery_packings": {"minItems": 1},
    },
    "dependentRequired": _with_units(weight="weight_unit", volume="volume_unit"),
    "if": {
        "properties": {"contains_lithium_ion_batteries": {"const": True}},
        "required": ["contains_lithium_ion_batteries"],
    },
    "then": {"required": ["lithium_battery_packings"], "description": "with how the batteries are packed"},
    "allOf": [
        _told(
            "weight",
            {"properties": {"measurements": {"required": ["weight"]}}, "required": ["measurements"]},
        ),
        _told("volume", {"required": ["volume"]}),
    ],
}


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What belongs together, and the bounds of numbers."""
    return [
        Rule(
            "A booking is for carriage by sea, by air or by road: exactly one of ocean, air and truck.",
            {
                "oneOf": [{"required": [name]} for name in ("ocean", "air", "truck")],
                "description": "an object with exactly one of ocean, air and truck",
            },
        ),
        Rule(
            "By sea and by air there is at least one product. Goods that are not picked up need an "
            "origin_port_code. Containers are counted from 0 to 2147483647.",
            {"properties": {"name": FILLED, "ocean": CARRIAGE, "air": CARRIAGE}},
        ),
        Rule(
            "There is at least one shipping unit. Weight and volume are said of the cargo or of every "
            "shipping unit, each with its unit, from 0 to 1000000000. A pallet needs its atomic_count, and "
            "lithium-ion batteries how they are packed.",
            {"properties": {"cargo": CARGO}},
        ),
        Rule(
            "Every product that leaves Mainland China, from a place or a port there, needs an "
            "export_description. Port codes are UN/LOCODEs of ports that Flexport knows."
        ),
    ]
