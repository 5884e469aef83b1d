"""The fields of freight writes, each with its type, meaning and example.

The contract has no writes to forwarders; the fields are those of the record (`crossdock.schemas.freight`)
that a caller can say, named alike (`docs/freight.md`).
"""

from typing import Annotated, Literal

from crossdock.schemas.fields import DateTime, described
from crossdock.schemas.wms_writes.fields import Height, Length, LengthUnit, Weight, Width

__all__ = ["Height", "Length", "LengthUnit", "Weight", "Width"]

AtomicCount = Annotated[
    int, described("Units in each package that are not unpacked on the way; pallets need it", 9)
]
BookingName = Annotated[str, described("The caller's own name of the booking", "PO 1001")]
CargoReadyDate = Annotated[
    DateTime, described("Day on which the goods can be picked up, as written", "2030-05-01T00:00:00Z")
]
ContainsHazmat = Annotated[bool, described("Whether hazardous materials are among the goods", False)]
ContainsLithiumIon = Annotated[bool, described("Whether lithium-ion batteries are among the goods", False)]
ContainsMagnets = Annotated[bool, described("Whether magnets are among the goods", False)]
ContainsOtherBatteries = Annotated[bool, described("Whether other batteries are among the goods", False)]
ContainsOtherDangerous = Annotated[
    bool, described("Whether dangerous goods of any other kind are among the goods", False)
]
Count = Annotated[int, described("How many packages of this kind there are", 9)]
DeliveryDate = Annotated[
    DateTime, described("Day by which the goods are to be delivered, as written", "2030-06-01T00:00:00Z")
]
DestinationPortCode = Annotated[str, described("UN/LOCODE of the port of arrival", "USLAX")]
DestinationReferenceId = Annotated[str, described("Reference of the place of delivery", "warehouse-1")]
ConsigneeReferenceId = Annotated[str, described("Reference of the company that receives", "example-llc")]
FortyFiveFootHighCube = Annotated[int, described("Number of 45 ft high-cube containers", 0)]
FortyFoot = Annotated[int, described("Number of 40 ft containers", 1)]
FortyFootHighCube = Annotated[int, described("Number of 40 ft high-cube containers", 0)]
FullLoad = Annotated[
    bool, described("Whether the goods have the containers or the truck for themselves: FCL, FTL", True)
]
HsCode = Annotated[str, described("Six digits that classify the product for customs", "910100")]
Incoterm = Annotated[
    Literal["EXW", "FOB", "FAS", "FCA", "CPT", "CFR", "CIF", "CIP", "DAT", "DAP", "DDP", "DPU"],
    described("Who bears which costs and risks", "FOB"),
]
LithiumPacking = Literal[
    "packed_loose", "packed_with_equipment", "contained_in_equipment", "contained_in_battery_powered_vehicles"
]
LithiumPackings = Annotated[
    list[LithiumPacking], described("How lithium-ion batteries are packed; needed where there are any")
]
MarksAndNumbers = Annotated[str, described("Marks and numbers that can be seen on the goods", "Fragile")]
NotifyParty = Annotated[
    str, described("Name and address of who is told of the arrival; the consignee when left out")
]
OriginPortCode = Annotated[str, described("UN/LOCODE of the port of departure", "CNYTN")]
OriginReferenceId = Annotated[str, described("Reference of the place of pick-up", "factory-1")]
PaymentTerms = Annotated[
    Literal["collect", "prepaid"],
    described("Who pays the truck: the consignee (`collect`) or the shipper (`prepaid`)", "prepaid"),
]
ExportDescription = Annotated[
    str, described("What the product is, in Chinese; needed for goods that leave Mainland China")
]
ProductDescription = Annotated[str, described("What the product is, in English", "Wristwatches")]
ProductsDescription = Annotated[str, described("What the goods are", "Wristwatches")]
ShipperReferenceId = Annotated[str, described("Reference of the company that sends", "example-ltd")]
SpecialInstructions = Annotated[str, described("Anything else that is to be known", "Keep dry")]
TwentyFoot = Annotated[int, described("Number of 20 ft containers", 1)]
UnitName = Annotated[str, described("What is in the packages", "Wristwatches")]
UnitType = Annotated[
    Literal["bag", "bale", "barrel", "carton", "crate", "package", "pallet", "roll"],
    described("Kind of package", "pallet"),
]
Volume = Annotated[float, described("Volume in `volume_unit`", 10.3)]
VolumeUnit = Annotated[Literal["cbm", "cbft"], described("Cubic metres or cubic feet", "cbm")]
WantsDelivery = Annotated[
    bool, described("Whether the goods are to be carried from the port to the destination", True)
]
WantsExportCustoms = Annotated[
    bool, described("Whether the forwarder is to clear the goods for export", False)
]
WantsPickup = Annotated[
    bool, described("Whether the goods are to be carried from the origin to the port", True)
]
WeightUnit = Annotated[Literal["kg", "lb"], described("Unit of the weight", "kg")]
