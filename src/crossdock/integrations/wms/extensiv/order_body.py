"""The parts of an order that its writes share, and their place in the API's model (rels/orders/order)."""

from typing import Annotated, Any

from crossdock.connector.patterns import INT32_MAX
from crossdock.integrations.wms.extensiv.fields import CustomField, saved_elements
from crossdock.integrations.wms.extensiv.hal import NUMBER, Model
from crossdock.schemas.fields import UNSET, Absent, WriteBody, described
from crossdock.schemas.wms_writes import fields


class BillTo(WriteBody, kw_only=True):
    """Who pays for an order."""

    full_name: fields.FullName | Absent = UNSET
    company: fields.Company | Absent = UNSET
    address1: fields.Address1
    address2: fields.Address2 | Absent = UNSET
    city: fields.City
    state: fields.State
    postal_code: fields.PostalCode
    country: fields.Country


class ShipTo(BillTo, kw_only=True):
    """Where an order goes."""

    email_address: Annotated[str, described("E-mail address")] | Absent = UNSET
    phone_number: Annotated[str, described("Telephone number")] | Absent = UNSET


class OrderLine(WriteBody, kw_only=True):
    """Units of one item, named by its id or its SKU."""

    product_id: fields.ProductId | Absent = UNSET
    sku: fields.Sku | Absent = UNSET
    quantity: fields.Quantity
    custom_fields: list[CustomField] | Absent = UNSET


ADDRESS = {
    "full_name": "name",
    "company": "companyName",
    "address1": "address1",
    "address2": "address2",
    "city": "city",
    "state": "state",
    "postal_code": "zip",
    "country": "country",
    "email_address": "emailAddress",
    "phone_number": "phoneNumber",
}

PRODUCT_ID = {
    "pattern": f"^{NUMBER}-{NUMBER}$",
    "description": "a product's id, such as 21-501",
}

LINES = {
    "type": "array",
    "minItems": 1,
    "items": {
        "properties": {"quantity": {"minimum": 1, "maximum": INT32_MAX}, "product_id": PRODUCT_ID},
        "anyOf": [{"required": ["sku"]}, {"required": ["product_id"]}],
        "description": "needs sku or product_id",
    },
}
"""What the lines of an order must satisfy."""


def contact(address: BillTo) -> Model:
    """A contact of the API."""
    given = {own: getattr(address, own, UNSET) for own in ADDRESS}
    return {ADDRESS[own]: value for own, value in given.items() if value is not UNSET}


def item_identifier(sku: Any, product_id: Any) -> Model:
    """The item that a line is about; the id wins where both are given, as it does at Extensiv."""
    if product_id is not UNSET:
        return {"id": int(product_id.rpartition("-")[2])}
    return {"sku": sku}


def order_items(lines: list[OrderLine]) -> list[Model]:
    """The lines as the API has them."""
    rows = []
    for line in lines:
        row: Model = {"itemIdentifier": item_identifier(line.sku, line.product_id), "qty": line.quantity}
        if line.custom_fields is not UNSET:
            row["savedElements"] = saved_elements(line.custom_fields)
        rows.append(row)
    return rows


def same_lines(lines: list[OrderLine], items: list[Model]) -> bool:
    """Whether the items of an order are the ones that the lines ask for, in whatever order."""
    left = list(items)
    for line in lines:
        wanted = item_identifier(line.sku, line.product_id).items()
        fitting = (
            item for item in left if wanted <= item["itemIdentifier"].items() and item["qty"] == line.quantity
        )
        item = next(fitting, None)
        if item is None:
            return False
        left.remove(item)
    return not left
