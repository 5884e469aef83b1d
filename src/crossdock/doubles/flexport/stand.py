"""What the Flexport connector is tried out on."""

from collections.abc import Mapping

from crossdock.doubles.faults import Fault
from crossdock.doubles.flexport.app import FlexportDouble
from crossdock.doubles.stand import Example, SampleRefusal, Stand, Surroundings

KEY = "flexport-api-key"
NOT_FOUND = "origin_port_loc_code XXXXX was not found"


def credentials(url: str) -> Mapping[str, str]:
    """The client of the seed."""
    return {"api_key": KEY, "api_url": url}


def create_booking(around: Surroundings) -> Example:
    """Nine pallets of mugs by sea from Yantian to Los Angeles."""
    product = {"description": "Mugs", "hs_code": "691110", "export_description": "\u9a6c\u514b\u676f"}
    pallets = {
        "name": "Mugs",
        "unit_type": "pallet",
        "count": 9,
        "atomic_count": 24,
        "volume": 1.1,
        "volume_unit": "cbm",
        "measurements": {
            "length": 120.0,
            "width": 80.0,
            "height": 115.0,
            "unit": "cm",
            "weight": 255.6,
            "weight_unit": "kg",
        },
    }
    return Example(
        {
            "name": f"PO {around.unique}",
            "shipper_reference_id": "example-ltd",
            "consignee_reference_id": "example-llc",
            "notify_party": "Ada Example, ada@example.com",
            "origin_reference_id": "factory-1",
            "destination_reference_id": "warehouse-1",
            "cargo_ready_date": "2030-05-01T00:00:00Z",
            "delivery_date": "2030-06-15T00:00:00Z",
            "wants_export_customs_service": False,
            "ocean": {
                "incoterm": "FOB",
                "full_load": True,
                "containers": {"forty_ft": 1},
                "products": [product],
                "wants_pickup_service": True,
                "wants_delivery_service": True,
                "origin_port_code": "CNYTN",
                "destination_port_code": "USLAX",
            },
            "cargo": {
                "weight": 2300.4,
                "weight_unit": "kg",
                "volume": 10.3,
                "volume_unit": "cbm",
                "marks_and_numbers": "Fragile",
                "contains_hazmat": False,
                "contains_magnets": False,
                "contains_lithium_ion_batteries": False,
                "contains_other_batteries": False,
                "contains_other_dangerous_goods": False,
                "shipping_units": [pallets],
            },
            "special_instructions": "Keep dry",
        }
    )


STAND = Stand(
    proof="spec",
    source="Flexport's own OpenAPI description of version 2; corrections named",
    double=lambda: FlexportDouble(key=KEY),
    credentials=credentials,
    secrets=("api_key",),
    known={"origin_port_code": ("CNYTN", "DEHAM"), "destination_port_code": ("USLAX", "USJFK")},
    examples={"create_booking": create_booking},
    refusals=(
        SampleRefusal(
            "create_booking",
            Fault(
                "POST",
                "/bookings",
                "status_before",
                status=400,
                body=(
                    '{"_object": "/api/response", "version": 2, "data": null, "error": {"_object": '
                    f'"/api/error", "status": 400, "code": "bad_request", "message": "{NOT_FOUND}"}}}}'
                ),
            ),
            NOT_FOUND,
        ),
    ),
)
