"""An example of the write that the freight sandbox takes. It names nothing that depends on its filling."""

from crossdock.doubles.sandbox.stand import SIZE, credentials
from crossdock.doubles.stand import Example, Stand, Surroundings


def create_booking(around: Surroundings) -> Example:
    """Nine pallets by sea."""
    unit = {
        "name": "Mugs",
        "unit_type": "pallet",
        "count": 9,
        "atomic_count": 24,
        "volume": 1.1,
        "volume_unit": "cbm",
        "measurements": SIZE,
    }
    return Example(
        {
            "name": f"PO {around.unique}",
            "shipper_reference_id": "example-ltd",
            "consignee_reference_id": "example-llc",
            "notify_party": "Ada Example",
            "origin_reference_id": "factory-1",
            "destination_reference_id": "warehouse-1",
            "cargo_ready_date": "2030-05-01T00:00:00Z",
            "delivery_date": "2030-06-15T00:00:00Z",
            "wants_export_customs_service": True,
            "ocean": {
                "incoterm": "FOB",
                "full_load": True,
                "containers": {"forty_ft": 1},
                "products": [{"description": "Mugs", "hs_code": "691110"}],
                "wants_pickup_service": True,
                "wants_delivery_service": True,
                "origin_port_code": "CNNGB",
                "destination_port_code": "USLAX",
            },
            "cargo": {
                "weight": 2300.4,
                "weight_unit": "kg",
                "volume": 10.3,
                "volume_unit": "cbm",
                "marks_and_numbers": "Fragile",
                "contains_hazmat": False,
                "shipping_units": [unit],
            },
            "special_instructions": "Keep dry",
        }
    )


STAND = Stand(
    proof="live",
    source="the sandbox itself",
    double=None,
    credentials=credentials,
    secrets=("key",),
    known={"origin_port_code": ("CNNGB",), "destination_port_code": ("USLAX",)},
    examples={"create_booking": create_booking},
)
