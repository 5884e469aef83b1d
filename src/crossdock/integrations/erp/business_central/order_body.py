"""What the bodies of sales orders and purchase orders have in common, and the rules their fields do not say.

The lengths are those of the fields behind the API in the vendor's base application: `Code[20]` for numbers,
`Code[35]` for external document numbers, `Text[100]` for names and descriptions.
"""

from collections.abc import Sequence
from typing import Any

from crossdock.connector import Rule
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.erp.business_central.odata import GUID
from crossdock.integrations.erp.business_central.values import shape
from crossdock.schemas.erp_writes import fields
from crossdock.schemas.fields import UNSET, Absent, WriteBody

PRINTED = "^[^\\u0000-\\u001f]*$"
QUANTITY = {"exclusiveMinimum": 0, "maximum": 1e9, "description": "must be above 0 and at most 1000000000"}
AMOUNT = {"minimum": 0, "maximum": 1e12, "description": "must be from 0 to 1000000000000"}
RECORD_ID = {"pattern": f"^{GUID}$", "description": "must be the id of a record, a GUID"}
DAY = {"pattern": "^[1-8][0-9]{3}-", "description": "must be in a year from 1000 to 8999"}


def text(most: int) -> dict[str, Any]:
    """A text that is not empty and has at most so many characters."""
    return {"minLength": 1, "maxLength": most, "pattern": PRINTED}


class Address(WriteBody, kw_only=True):
    """Where goods go. The country is a code of the company's, mostly ISO 3166."""

    full_name: fields.FullName | Absent = UNSET
    company: fields.Company | Absent = UNSET
    address1: fields.Address1 | Absent = UNSET
    address2: fields.Address2 | Absent = UNSET
    city: fields.City | Absent = UNSET
    state: fields.State | Absent = UNSET
    postal_code: fields.PostalCode | Absent = UNSET
    country: fields.Country | Absent = UNSET


ADDRESS = {
    "full_name": "shipToContact",
    "company": "shipToName",
    "address1": "shipToAddressLine1",
    "address2": "shipToAddressLine2",
    "city": "shipToCity",
    "state": "shipToState",
    "postal_code": "shipToPostCode",
    "country": "shipToCountry",
}
"""The properties of an order that the fields of an address are for."""

ADDRESS_SHAPE = {
    "properties": {
        "full_name": text(100),
        "company": text(100),
        "address1": text(100),
        "address2": text(50),
        "city": text(30),
        "state": text(30),
        "postal_code": text(20),
        "country": text(10),
    }
}

LINE = {
    "properties": {
        "item_id": RECORD_ID,
        "sku": text(20),
        "description": text(100),
        "quantity": QUANTITY,
        "unit_price": AMOUNT,
        "unit_cost": AMOUNT,
    },
    "anyOf": [{"required": ["item_id"]}, {"required": ["sku"]}],
}


def order_rules(party: str) -> Any:
    """The rules of an order of somebody, named by that field."""

    def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
        return [
            shape(
                "An order has 1 to 200 lines; each names its item by item_id, sku or both, and has a "
                "quantity above 0.",
                line_items={"minItems": 1, "maxItems": 200, "items": LINE},
                reference_id=text(35),
                order_number=text(20),
                order_date=DAY,
                required_ship_date=DAY,
                expected_arrival_date=DAY,
                ship_to_address=ADDRESS_SHAPE,
                **{party: RECORD_ID},
            ),
            Rule(
                "The items are in the company and not blocked, and an item_id and a sku on one line are the "
                "same item's. An order_number is taken only where the company's numbers may be set by hand."
            ),
            Rule("Only orders of which nothing has moved can get other lines, or be cancelled."),
        ]

    return rules
