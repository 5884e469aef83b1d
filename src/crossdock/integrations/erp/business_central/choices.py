"""What a company decides: locations, currencies, units of measure, payment terms and shipment methods.

Each is a collection of its own, with a code that is unique. Customers, vendors and items are not among them:
a company has thousands, and Business Central checks them itself.
"""

from collections.abc import Callable
from typing import Annotated, Any

from crossdock.connector import Account, Choices, LeftOut, Option, VendorRequest
from crossdock.integrations.erp.business_central import odata
from crossdock.schemas.fields import account_value

LocationId = Annotated[str, account_value("locations", "id", "Id of the location that goods leave or enter")]
CurrencyCode = Annotated[str, account_value("currencies", "code", "Currency of the prices, ISO 4217")]
UnitId = Annotated[str, account_value("units_of_measure", "id", "Id of the unit that the quantity is in")]
PaymentTermsId = Annotated[str, account_value("payment_terms", "id", "Id of the payment terms")]
ShipmentMethodId = Annotated[str, account_value("shipment_methods", "id", "Id of the shipment method")]


def _parse(answer: Any) -> Choices:
    """Rows of `id`, `code` and `name`. Raises `ValueError` when the answer is no page of records."""
    chosen, left_out = [], []
    for row in odata.rows(answer):
        found = odata.record(row)
        if found.get("code"):
            chosen.append({"id": found["id"], "code": found["code"], "name": found.get("displayName")})
        else:
            left_out.append(LeftOut(found["id"], "it has no code"))
    return Choices(chosen, left_out)


def _request(collection: str) -> Callable[[Account], VendorRequest]:
    return lambda account: odata.collection(collection, {})  # noqa: ARG005


def _following(collection: str) -> Callable[[Any], VendorRequest | None]:
    def following(answer: Any) -> VendorRequest | None:
        query = odata.next_query(answer)
        return None if query is None else odata.collection(collection, query)

    return following


OPTIONS = tuple(
    Option(name, _request(collection), _parse, _following(collection))
    for name, collection in (
        ("locations", "locations"),
        ("currencies", "currencies"),
        ("units_of_measure", "unitsOfMeasure"),
        ("payment_terms", "paymentTerms"),
        ("shipment_methods", "shipmentMethods"),
    )
)
