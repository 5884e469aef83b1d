"""The base body of every freight write: all fields that Crossdock knows for it, none of them required.

The contract has no writes to forwarders; what was decided is in `docs/freight.md`.
"""

from typing import Annotated

from crossdock.schemas.fields import UNSET, Absent, WriteBody, described
from crossdock.schemas.freight_writes import fields


class Product(WriteBody, kw_only=True):
    """What the goods are, for customs."""

    description: fields.ProductDescription | Absent = UNSET
    hs_code: fields.HsCode | Absent = UNSET
    export_description: fields.ExportDescription | Absent = UNSET


class Containers(WriteBody, kw_only=True):
    """How many containers of each size."""

    twenty_ft: fields.TwentyFoot | Absent = UNSET
    forty_ft: fields.FortyFoot | Absent = UNSET
    forty_ft_hc: fields.FortyFootHighCube | Absent = UNSET
    forty_five_ft_hc: fields.FortyFiveFootHighCube | Absent = UNSET


class Ocean(WriteBody, kw_only=True):
    """Carriage by sea."""

    incoterm: fields.Incoterm | Absent = UNSET
    full_load: fields.FullLoad | Absent = UNSET
    containers: Annotated[Containers, described("The containers that are wanted")] | Absent = UNSET
    products: Annotated[list[Product], described("What the goods are")] | Absent = UNSET
    wants_pickup_service: fields.WantsPickup | Absent = UNSET
    wants_delivery_service: fields.WantsDelivery | Absent = UNSET
    origin_port_code: fields.OriginPortCode | Absent = UNSET
    destination_port_code: fields.DestinationPortCode | Absent = UNSET


class Air(WriteBody, kw_only=True):
    """Carriage by air."""

    incoterm: fields.Incoterm | Absent = UNSET
    products: Annotated[list[Product], described("What the goods are")] | Absent = UNSET
    wants_pickup_service: fields.WantsPickup | Absent = UNSET
    wants_delivery_service: fields.WantsDelivery | Absent = UNSET
    origin_port_code: fields.OriginPortCode | Absent = UNSET
    destination_port_code: fields.DestinationPortCode | Absent = UNSET


class Truck(WriteBody, kw_only=True):
    """Carriage by road."""

    full_load: fields.FullLoad | Absent = UNSET
    payment_terms: fields.PaymentTerms | Absent = UNSET
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
    unit_type: fields.UnitType | Absent = UNSET
    count: fields.Count | Absent = UNSET
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
    contains_hazmat: fields.ContainsHazmat | Absent = UNSET
    contains_magnets: fields.ContainsMagnets | Absent = UNSET
    contains_lithium_ion_batteries: fields.ContainsLithiumIon | Absent = UNSET
    contains_other_batteries: fields.ContainsOtherBatteries | Absent = UNSET
    contains_other_dangerous_goods: fields.ContainsOtherDangerous | Absent = UNSET
    lithium_battery_packings: fields.LithiumPackings | Absent = UNSET
    shipping_units: Annotated[list[ShippingUnit], described("The packages")] | Absent = UNSET


class CreateBooking(WriteBody, kw_only=True):
    """Goods that are to be moved by sea, by air or by road."""

    name: fields.BookingName | Absent = UNSET
    shipper_reference_id: fields.ShipperReferenceId | Absent = UNSET
    consignee_reference_id: fields.ConsigneeReferenceId | Absent = UNSET
    notify_party: fields.NotifyParty | Absent = UNSET
    origin_reference_id: fields.OriginReferenceId | Absent = UNSET
    destination_reference_id: fields.DestinationReferenceId | Absent = UNSET
    cargo_ready_date: fields.CargoReadyDate | Absent = UNSET
    delivery_date: fields.DeliveryDate | Absent = UNSET
    wants_export_customs_service: fields.WantsExportCustoms | Absent = UNSET
    ocean: Annotated[Ocean, described("For carriage by sea")] | Absent = UNSET
    air: Annotated[Air, described("For carriage by air")] | Absent = UNSET
    truck: Annotated[Truck, described("For carriage by road")] | Absent = UNSET
    cargo: Annotated[Cargo, described("What is to be moved")] | Absent = UNSET
    special_instructions: fields.SpecialInstructions | Absent = UNSET


BASE_BODIES: dict[str, type[WriteBody]] = {"create_booking": CreateBooking}
"""By the name of the action."""
