"""`create_order` becomes `POST /1.0/order` (model `CreateOrderModel`).

ShipBob takes a reference id once in a channel, so an order that is sent twice is made once.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from crossdock.connector import (
    Asked,
    FieldFault,
    LookUp,
    Reads,
    Rule,
    Unprocessable,
    VendorRequest,
    WriteOperation,
)
from crossdock.connector.operation import KnownChoices
from crossdock.connector.patterns import INT32_MAX, INT32_TEXT
from crossdock.integrations.wms.shipbob import shipping_methods
from crossdock.integrations.wms.shipbob.answers import new_id
from crossdock.integrations.wms.shipbob.order import order_record, read_back
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, account_value, described
from crossdock.schemas.wms_writes import fields


class OrderAddress(WriteBody, kw_only=True):
    """Where an order goes."""

    full_name: fields.FullName
    company: fields.Company | Absent = UNSET
    address1: fields.Address1
    address2: fields.Address2 | Absent = UNSET
    city: fields.City
    state: fields.State
    postal_code: fields.PostalCode
    country: Annotated[str, described("Country, best as its two-letter ISO code", "US")]
    phone_number: Annotated[str, described("Phone number of the recipient")] | Absent = UNSET
    email_address: Annotated[str, described("E-mail address of the recipient")] | Absent = UNSET


class OrderLine(WriteBody, kw_only=True):
    """Units of one product of the channel."""

    product_id: fields.ProductId
    quantity: fields.Quantity


class CreateOrder(WriteBody, kw_only=True):
    """An order to be sent to somebody."""

    reference_id: fields.ReferenceId
    order_number: fields.OrderNumber | Absent = UNSET
    warehouse_id: (
        Annotated[
            str,
            account_value(
                "shipping_locations", "id", "Id of the fulfilment center; ShipBob chooses when it is left out"
            ),
        ]
        | Absent
    ) = UNSET
    shipping_method_id: (
        Annotated[str, account_value("shipping_methods", "id", "Id of the shipping method")] | Absent
    ) = UNSET
    shipping_method_name: (
        Annotated[str, account_value("shipping_methods", "name", "Name of the shipping method")] | Absent
    ) = UNSET
    shipping_method: (
        Annotated[
            str,
            described(
                "DEPRECATED, use `shipping_method_id` or `shipping_method_name`. "
                "Any name: ShipBob makes a new method of one that it does not know",
                "Standard",
            ),
        ]
        | Absent
    ) = UNSET
    total_price: fields.TotalPrice | Absent = UNSET
    ship_to_address: OrderAddress
    line_items: Annotated[list[OrderLine], described("What is ordered")]
    trackstar_tags: Tags | Absent = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:
    """Lengths and numbers of `CreateOrderModel`, and how the names of a shipping method go together."""
    said = [
        Rule(
            "product_id is ShipBob's own number, from 1 to 2147483647. An order has at least one line, and "
            "each line at least one unit. reference_id has at most 300 characters, order_number 400, "
            "phone_number 50.",
            {
                "properties": {
                    "reference_id": {"maxLength": 300},
                    "order_number": {"maxLength": 400},
                    "ship_to_address": {"properties": {"phone_number": {"maxLength": 50}}},
                    "line_items": {
                        "minItems": 1,
                        "items": {
                            "properties": {
                                "product_id": INT32_TEXT,
                                "quantity": {"minimum": 1, "maximum": INT32_MAX},
                            }
                        },
                    },
                }
            },
        ),
        Rule(
            "shipping_method stands alone, in the place of shipping_method_id and shipping_method_name.",
            {
                "if": {"required": ["shipping_method"]},
                "then": {"properties": {"shipping_method_id": False, "shipping_method_name": False}},
            },
        ),
        Rule("Without a shipping method, the order has the one that ShipBob marks as default, or Standard."),
        Rule("A reference_id can be used once in a channel."),
    ]
    if "shipping_methods" in choices:
        pairs = [
            {
                "if": {
                    "properties": {"shipping_method_id": {"const": row["id"]}},
                    "required": ["shipping_method_id"],
                },
                "then": {"properties": {"shipping_method_name": {"const": row["name"]}}},
            }
            for row in choices["shipping_methods"].rows
        ]
        said.append(
            Rule(
                "shipping_method_name is the name that the shipping_method_id has in this account.",
                {"allOf": pairs} if pairs else {},
            )
        )
    return said


def reads(asked: Asked[CreateOrder], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The shipping methods, unless the body says the name."""
    body = asked.body
    if body.shipping_method is not UNSET or body.shipping_method_name is not UNSET:
        return {}
    return {"methods": shipping_methods.request(asked.account)}


def sample_reads(asked: Asked[CreateOrder]) -> Reads:
    """Methods with the id of the body among them."""
    named = asked.body.shipping_method_id
    methods = [] if named is UNSET else [{"id": named, "name": f"Method {named}"}]
    return Reads({"methods": methods})


def translate(asked: Asked[CreateOrder], reads: Reads) -> VendorRequest:
    """`POST /1.0/order`. Raises `Unprocessable` for a shipping method that is not there any more."""
    body = asked.body
    order: dict[str, Any] = {
        "reference_id": body.reference_id,
        "shipping_method": _method(body, reads),
        "recipient": _recipient(body.ship_to_address),
        "products": [{"id": int(line.product_id), "quantity": line.quantity} for line in body.line_items],
    }
    if body.order_number is not UNSET:
        order["order_number"] = body.order_number
    if body.warehouse_id is not UNSET:
        order["location_id"] = int(body.warehouse_id)
    if body.total_price is not UNSET:
        order["financials"] = {"total_price": body.total_price}
    return VendorRequest("POST", "/1.0/order", body=order)


def _method(body: CreateOrder, reads: Reads) -> str:
    if body.shipping_method is not UNSET:
        return body.shipping_method
    if body.shipping_method_name is not UNSET:
        return body.shipping_method_name
    if body.shipping_method_id is UNSET:
        return shipping_methods.default_method(reads["methods"])
    names = {str(row["id"]): row["name"] for row in shipping_methods.methods_of(reads["methods"])}
    if body.shipping_method_id not in names:
        said = f"ShipBob has no shipping method {body.shipping_method_id}"
        raise Unprocessable(
            "The shipping method was not found.", [FieldFault("/shipping_method_id", said, list(names))]
        )
    return str(names[body.shipping_method_id])


def _recipient(to: OrderAddress) -> dict[str, Any]:
    address = {
        "address1": to.address1,
        "address2": to.address2,
        "company_name": to.company,
        "city": to.city,
        "state": to.state,
        "zip_code": to.postal_code,
        "country": to.country,
    }
    recipient = {
        "name": to.full_name,
        "email": to.email_address,
        "phone_number": to.phone_number,
        "address": {name: value for name, value in address.items() if value is not UNSET},
    }
    return {name: value for name, value in recipient.items() if value is not UNSET}


def find(asked: Asked[CreateOrder]) -> VendorRequest:
    """`GET /1.0/order` by the caller's reference id.

    The parameter is a list with commas: an order whose reference id has one is not found, sent again, and
    refused as a duplicate.
    """
    return VendorRequest("GET", "/1.0/order", {"ReferenceIds": asked.body.reference_id})


def found(asked: Asked[CreateOrder], answer: Any) -> str | None:
    """The id of the order with this reference id and these lines."""
    wanted = sorted((line.product_id, line.quantity) for line in asked.body.line_items)
    for order in answer if isinstance(answer, list) else []:
        lines = sorted((str(line.get("id")), line.get("quantity")) for line in order.get("products") or [])
        if order.get("reference_id") == asked.body.reference_id and lines == wanted:
            return str(order["id"])
    return None


OPERATION = WriteOperation(
    action=write_action("wms", "create_order"),
    body=CreateOrder,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate,
    written_id=new_id,
    read_back=read_back,
    record=order_record,
    look_up=LookUp(find, found),
    rules=rules,
)
