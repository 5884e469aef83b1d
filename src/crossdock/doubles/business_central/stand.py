"""What the Business Central connector is tried out on."""

from collections.abc import Mapping
from zlib import crc32

from crossdock.doubles.business_central.app import BusinessCentralDouble
from crossdock.doubles.business_central.seed import COMPANY_ID, seeded
from crossdock.doubles.faults import Fault
from crossdock.doubles.stand import Example, SampleRefusal, Stand, Surroundings

CLIENT_ID = "11111111-aaaa-bbbb-cccc-222222222222"
CLIENT_SECRET = "business-central-client-secret"  # noqa: S105  (the double's own)

COMPANY = seeded()
CUSTOMERS = [row["id"] for row in COMPANY.records["customers"].values() if row["blocked"] != "All"]
VENDORS = list(COMPANY.records["vendors"])
ITEMS = [
    row for row in COMPANY.records["items"].values() if row["type"] == "Inventory" and not row["blocked"]
]
LOCATION, *_ = COMPANY.records["locations"]
UNIT, *_ = COMPANY.records["unitsOfMeasure"]
TERMS, *_ = COMPANY.records["paymentTerms"]
METHOD, *_ = COMPANY.records["shipmentMethods"]

TERMS_UNKNOWN = 'The \\"paymentTermsId\\" does not match to a Payment Terms.'


def credentials(url: str) -> Mapping[str, str]:
    """The application, and the company of the seed; one server is both the API's and the one for tokens."""
    return {
        "tenant_id": "contoso.com",
        "environment": "production",
        "company_id": COMPANY_ID,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "api_url": url,
        "login_url": url,
    }


ADDRESS = {
    "full_name": "Ada Example",
    "company": "Example Ltd",
    "address1": "1 Example Road",
    "address2": "Floor 2",
    "city": "London",
    "state": "London",
    "postal_code": "N16 34Z",
    "country": "GB",
}


def _line(**more: object) -> dict[str, object]:
    return {
        "item_id": ITEMS[0]["id"],
        "sku": ITEMS[0]["number"],
        "description": "A desk",
        "quantity": 2.5,
        "unit_of_measure_id": UNIT,
        "location_id": LOCATION,
        **more,
    }


def _order(**more: object) -> dict[str, object]:
    return {
        "order_date": "2030-05-01T00:00:00Z",
        "currency_code": "EUR",
        "payment_terms_id": TERMS,
        "shipment_method_id": METHOD,
        "ship_to_address": ADDRESS,
        **more,
    }


def _number(around: Surroundings, prefix: str) -> str:
    """A number of at most 20 characters."""
    return f"{prefix}{crc32(around.unique.encode()):010d}"


def create_sales_order(around: Surroundings) -> Example:
    """Desks for a customer, with everything that can be said."""
    lines = [_line(unit_price=100.5), {"sku": ITEMS[1]["number"], "quantity": 1}]
    body = _order(
        customer_id=CUSTOMERS[0],
        reference_id=f"REF-{around.unique}",
        order_number=_number(around, "S"),
        required_ship_date="2030-05-09T00:00:00Z",
        line_items=lines,
    )
    return Example(body)


def _sales_order(around: Surroundings) -> str:
    body = {"customer_id": CUSTOMERS[0], "line_items": [{"sku": ITEMS[0]["number"], "quantity": 3}]}
    return str(around.write("create_sales_order", body)["id"])


def update_sales_order(around: Surroundings) -> Example:
    """Other lines and terms."""
    body = _order(
        reference_id=f"REF-{around.unique}",
        required_ship_date="2030-05-19T00:00:00Z",
        line_items=[_line(unit_price=90)],
    )
    return Example(body, _sales_order(around))


def cancel_sales_order(around: Surroundings) -> Example:
    """Of an order of which nothing has left."""
    return Example(record_id=_sales_order(around))


def create_sales_order_shipment(around: Surroundings) -> Example:
    """Part of a line."""
    body = {"customer_id": CUSTOMERS[0], "line_items": [{"sku": ITEMS[0]["number"], "quantity": 3}]}
    order = around.write("create_sales_order", body)["data"]
    line = order["line_items"][0]["line_item_id"]
    return Example(
        {
            "sales_order_id": order["id"],
            "shipped_date": "2030-05-02T00:00:00Z",
            "line_items": [{"line_item_id": line, "quantity": 1.5}],
        }
    )


def create_purchase_order(around: Surroundings) -> Example:
    """Desks of a vendor, with everything that can be said."""
    body = _order(
        vendor_id=VENDORS[0],
        order_number=_number(around, "P"),
        expected_arrival_date="2030-05-09T00:00:00Z",
        line_items=[_line(unit_cost=80.5), {"sku": ITEMS[1]["number"], "quantity": 1}],
    )
    return Example(body)


def _bought(around: Surroundings) -> Mapping[str, object]:
    body = {"vendor_id": VENDORS[0], "line_items": [{"sku": ITEMS[0]["number"], "quantity": 3}]}
    return dict(around.write("create_purchase_order", body)["data"])


def update_purchase_order(around: Surroundings) -> Example:
    """Other lines and terms."""
    body = _order(expected_arrival_date="2030-05-19T00:00:00Z", line_items=[_line(unit_cost=70)])
    return Example(body, str(_bought(around)["id"]))


def cancel_purchase_order(around: Surroundings) -> Example:
    """Of an order of which nothing has arrived."""
    return Example(record_id=str(_bought(around)["id"]))


def create_purchase_order_receipt(around: Surroundings) -> Example:
    """Part of a line."""
    body = {"vendor_id": VENDORS[0], "line_items": [{"sku": ITEMS[0]["number"], "quantity": 3}]}
    order = around.write("create_purchase_order", body)["data"]
    line = order["line_items"][0]["line_item_id"]
    return Example(
        {
            "purchase_order_id": order["id"],
            "received_date": "2030-05-02T00:00:00Z",
            "line_items": [{"line_item_id": line, "quantity": 1.5}],
        }
    )


STAND = Stand(
    proof="spec",
    source="the entities of the vendor's reference of version 2.0; what was added is named",
    double=lambda: BusinessCentralDouble(client_id=CLIENT_ID, client_secret=CLIENT_SECRET),
    credentials=credentials,
    secrets=("client_secret",),
    known={
        "customer_id": CUSTOMERS,
        "vendor_id": VENDORS,
        "item_id": [item["id"] for item in ITEMS],
        "sku": [item["number"] for item in ITEMS],
    },
    examples={
        "create_sales_order": create_sales_order,
        "update_sales_order": update_sales_order,
        "cancel_sales_order": cancel_sales_order,
        "create_sales_order_shipment": create_sales_order_shipment,
        "create_purchase_order": create_purchase_order,
        "update_purchase_order": update_purchase_order,
        "cancel_purchase_order": cancel_purchase_order,
        "create_purchase_order_receipt": create_purchase_order_receipt,
    },
    refusals=(
        SampleRefusal(
            "create_sales_order",
            Fault(
                "POST",
                "/companies({company_id})/salesOrders",
                "status_before",
                status=400,
                body=f'{{"error": {{"code": "Application_DialogException", "message": "{TERMS_UNKNOWN}"}}}}',
            ),
            TERMS_UNKNOWN.replace("\\", ""),
            "/payment_terms_id",
        ),
    ),
)
