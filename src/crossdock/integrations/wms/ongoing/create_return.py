"""`create_return` becomes `PUT /returnOrders` (model `PostReturnOrderModel`).

Ongoing creates or updates by the caller's return order number. It returns lines of an order, not SKUs,
so the order is read first and each SKU found in it.
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
    vendor_path,
)
from crossdock.connector.operation import KnownChoices
from crossdock.connector.patterns import INT32_TEXT
from crossdock.integrations.wms.ongoing.answers import is_own, number_in
from crossdock.integrations.wms.ongoing.goods_owner import goods_owner_id
from crossdock.integrations.wms.ongoing.refusals import named_field
from crossdock.integrations.wms.ongoing.return_body import (
    COMPONENT_NAMES,
    LINES,
    ReturnLine,
    code_and_reason,
    line_parts,
    order_that_shipped,
    tracking_part,
)
from crossdock.integrations.wms.ongoing.return_order import read_back, return_record
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, described


class CreateReturn(WriteBody, kw_only=True):
    """A return of goods that an order shipped."""

    return_number: Annotated[str, described("Return number")]
    order_id: Annotated[
        str,
        described(
            "The ID of the order that the return is associated with. Can be passed into the "
            "[Order](/api-reference/wms-api/orders/get-item) endpoint for more details.",
            "order_id",
        ),
    ]
    warehouse_id: (
        Annotated[
            str,
            described(
                "The ID of the warehouse receiving the return. Can be passed into the "
                "[Warehouse](/api-reference/wms-api/warehouses/get-item) endpoint for more details.",
                "warehouse",
            ),
        ]
        | Absent
    ) = UNSET
    line_items: Annotated[
        list[ReturnLine],
        described(
            "A list of inventory items included in the return.",
            [{"sku": "TEST-SKU", "expected_quantity": 1, "return_cause": None}],
        ),
    ]
    tracking_number: Annotated[str, described("")] | Absent = UNSET
    tracking_url: Annotated[str, described("")] | Absent = UNSET
    trackstar_tags: Tags | Absent = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:
    """What the founding document's component schemas leave unsaid."""
    said = [
        Rule(
            "order_id and warehouse_id are Ongoing's own numbers, from 1 to 2147483647. "
            "A return has at least one line, and each line at least one unit.",
            {
                "properties": {
                    "order_id": INT32_TEXT,
                    "warehouse_id": INT32_TEXT,
                    "line_items": LINES,
                }
            },
        ),
        Rule(
            "Each SKU stands in the body once and in the original order exactly once, and no more units "
            "are returned than that order line shipped."
        ),
        Rule("A return_number that Ongoing already has updates that return order."),
    ]
    if "return_causes" in choices:
        said.append(code_and_reason(choices["return_causes"].rows))
    return said


def reads(asked: Asked[CreateReturn], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The original order: operation `ordersGet`."""
    return {"order": VendorRequest("GET", vendor_path("orders", asked.body.order_id))}


def sample_reads(asked: Asked[CreateReturn]) -> Reads:
    """An order that shipped what the body returns."""
    return Reads({"order": order_that_shipped(asked.body.line_items)})


def translate(asked: Asked[CreateReturn], reads: Reads) -> VendorRequest:
    """Operation `returnOrdersPutReturnOrder`. Raises `Unprocessable` where the order contradicts the body."""
    account, body = asked.account, asked.body
    if not is_own(account, reads["order"]):
        fault = FieldFault("/order_id", f"Ongoing has no order {body.order_id} for this goods owner")
        raise Unprocessable("The original order was not found.", [fault])
    lines = line_parts(reads["order"], body.line_items)
    order: dict[str, Any] = {
        "goodsOwnerId": goods_owner_id(account),
        "returnOrderNumber": body.return_number,
        "customerOrder": {"orderId": int(body.order_id)},
        "returnOrderLines": lines,
    }
    if body.warehouse_id is not UNSET:
        order["warehouseId"] = int(body.warehouse_id)
    order |= tracking_part(body.tracking_number, body.tracking_url)
    return VendorRequest("PUT", "/returnOrders", body=order)


def find(asked: Asked[CreateReturn]) -> VendorRequest:
    """Operation `returnOrdersGet`, by the caller's return number."""
    owner, number = goods_owner_id(asked.account), asked.body.return_number
    return VendorRequest("GET", "/returnOrders", {"goodsOwnerId": owner, "returnOrderNumbers": number})


def found(asked: Asked[CreateReturn], answer: Any) -> str | None:
    """The id of the return order that has this number, order, SKUs and quantities."""
    body = asked.body
    wanted = sorted((line.sku, line.expected_quantity) for line in body.line_items)
    for return_order in answer if isinstance(answer, list) else []:
        info = return_order.get("returnOrderInfo") or {}
        order = return_order.get("customerOrderInfo") or {}
        lines = sorted(
            ((line.get("article") or {}).get("articleNumber") or "", line["toBeReturnedNumberOfItems"])
            for line in return_order.get("returnOrderLines") or []
        )
        same_number = info.get("returnOrderNumber") == body.return_number
        if same_number and str(order.get("orderId")) == body.order_id and lines == wanted:
            return str(info["returnOrderId"])
    return None


OPERATION = WriteOperation(
    action=write_action("wms", "create_return"),
    body=CreateReturn,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate,
    written_id=number_in("returnOrderId"),
    read_back=read_back,
    record=return_record,
    look_up=LookUp(find, found),
    refused=named_field,
    rules=rules,
    component_names=COMPONENT_NAMES,
)
