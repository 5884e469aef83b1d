"""`create_return` becomes `PUT /returnOrders` (model `PostReturnOrderModel`).

Ongoing creates or updates by the caller's return order number. It returns lines of an order, not SKUs,
so the order is read first and each SKU found in it.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from crossdock.connector import (
    Account,
    Asked,
    FieldFault,
    LookUp,
    Reads,
    Rule,
    Unprocessable,
    VendorAnswer,
    VendorRequest,
    WriteOperation,
    vendor_path,
)
from crossdock.connector.operation import KnownChoices
from crossdock.connector.patterns import INT32_MAX, INT32_TEXT
from crossdock.integrations.wms.ongoing.goods_owner import goods_owner_id
from crossdock.integrations.wms.ongoing.return_order import return_record
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, account_value, described


class ReturnCause(WriteBody, kw_only=True):
    """Why a line comes back: one of the account's return causes."""

    code: Annotated[str, account_value("return_causes", "code", "The reason code for this return.")]
    return_reason: (
        Annotated[
            str | None, account_value("return_causes", "name", "The reason description for this return.")
        ]
        | Absent
    ) = UNSET


class ReturnLine(WriteBody, kw_only=True):
    """Units of one SKU of the order."""

    sku: Annotated[str, described("")]
    expected_quantity: Annotated[int, described("", 0)]
    return_cause: ReturnCause | Absent = UNSET


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
                    "line_items": {
                        "minItems": 1,
                        "items": {"properties": {"expected_quantity": {"minimum": 1, "maximum": INT32_MAX}}},
                    },
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
        said.append(_code_and_reason_belong_together(choices["return_causes"].rows))
    return said


def _code_and_reason_belong_together(causes: Sequence[Mapping[str, str | None]]) -> Rule:
    pairs = [
        {
            "if": {"properties": {"code": {"const": cause["code"]}}, "required": ["code"]},
            "then": {"properties": {"return_reason": {"const": cause["name"]} if cause["name"] else False}},
        }
        for cause in causes
    ]
    return Rule(
        "A return cause's return_reason is the one that its code has in this account.",
        {
            "properties": {
                "line_items": {"items": {"properties": {"return_cause": {"allOf": pairs} if pairs else {}}}}
            }
        },
    )


def reads(asked: Asked[CreateReturn], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The original order: operation `ordersGet`."""
    return {"order": VendorRequest("GET", vendor_path("orders", asked.body.order_id))}


def sample_reads(asked: Asked[CreateReturn]) -> Reads:
    """An order that shipped what the body returns."""
    lines = [
        {
            "id": sum(line.sku.encode()),
            "article": {"articleNumber": line.sku},
            "pickedNumberOfItems": line.expected_quantity,
        }
        for line in asked.body.line_items
    ]
    return Reads({"order": {"orderLines": lines}})


def translate(asked: Asked[CreateReturn], reads: Reads) -> VendorRequest:
    """Operation `returnOrdersPutReturnOrder`. Raises `Unprocessable` where the order contradicts the body."""
    account, body = asked.account, asked.body
    lines_by_sku = _shipped_lines(account, reads["order"], body.order_id)
    faults: list[FieldFault] = []
    seen: dict[str, int] = {}
    lines = []
    for index, line in enumerate(body.line_items):
        fault = _line_fault(index, line, lines_by_sku, seen)
        seen.setdefault(line.sku, index)
        if fault:
            faults.append(fault)
            continue
        row: dict[str, Any] = {
            "returnOrderRowNumber": str(index + 1),
            "customerOrderLine": {"orderLineId": lines_by_sku[line.sku][0]["id"]},
            "toBeReturnedNumberOfItems": line.expected_quantity,
        }
        if line.return_cause is not UNSET:
            row["returnCause"] = {"code": line.return_cause.code}
            if line.return_cause.return_reason:
                row["returnCause"]["name"] = line.return_cause.return_reason
        lines.append(row)
    if faults:
        raise Unprocessable("The return does not fit the original order.", faults)

    order: dict[str, Any] = {
        "goodsOwnerId": goods_owner_id(account),
        "returnOrderNumber": body.return_number,
        "customerOrder": {"orderId": int(body.order_id)},
        "returnOrderLines": lines,
    }
    if body.warehouse_id is not UNSET:
        order["warehouseId"] = int(body.warehouse_id)
    tracking = {}
    if body.tracking_number is not UNSET:
        tracking["waybill"] = body.tracking_number
    if body.tracking_url is not UNSET:
        tracking["trackingUrl"] = body.tracking_url
    if tracking:
        order["tracking"] = [tracking]
    return VendorRequest("PUT", "/returnOrders", body=order)


def _shipped_lines(account: Account, order: Any, order_id: str) -> dict[str, list[dict[str, Any]]]:
    """The order's lines by article number: model `GetOrderModel`, `orderLines`.

    One API user may see several goods owners; an order of another one is as good as none.
    """
    own = goods_owner_id(account)
    if order is None or (order.get("goodsOwner") or {}).get("id", own) != own:
        fault = FieldFault("/order_id", f"Ongoing has no order {order_id} for this goods owner")
        raise Unprocessable("The original order was not found.", [fault])
    by_sku: dict[str, list[dict[str, Any]]] = {}
    for line in order.get("orderLines") or []:
        article = line.get("article") or {}
        by_sku.setdefault(article.get("articleNumber") or "", []).append(line)
    by_sku.pop("", None)
    return by_sku


def _line_fault(
    index: int, line: ReturnLine, lines_by_sku: dict[str, list[dict[str, Any]]], seen: dict[str, int]
) -> FieldFault | None:
    matches = lines_by_sku.get(line.sku, ())
    if len(matches) == 1 and line.sku not in seen:
        shipped = matches[0].get("pickedNumberOfItems") or 0
        if line.expected_quantity <= shipped:
            return None
    at = f"/line_items/{index}"
    if line.sku in seen:
        return FieldFault(
            f"{at}/sku",
            f"{line.sku} already stands at /line_items/{seen[line.sku]}; "
            "return all units of a SKU in one line, or in a second return",
        )
    matches = lines_by_sku.get(line.sku, [])
    if not matches:
        return FieldFault(f"{at}/sku", f"{line.sku} is not in the order", sorted(lines_by_sku)[:50])
    if len(matches) > 1:
        return FieldFault(
            f"{at}/sku",
            f"{line.sku} is on {len(matches)} lines of the order, so which one is meant cannot be told",
        )
    shipped = matches[0].get("pickedNumberOfItems") or 0
    if line.expected_quantity > shipped:
        return FieldFault(
            f"{at}/expected_quantity",
            f"{line.expected_quantity} cannot come back: the order shipped {shipped:g}",
            {"minimum": 1, "maximum": int(shipped)} if shipped >= 1 else None,
        )
    return None


def written_id(asked: Asked[CreateReturn], answers: Sequence[VendorAnswer]) -> str:  # noqa: ARG001
    """`returnOrderId` of `PostReturnOrderResponse`. Raises `ValueError` when it is missing."""
    body = answers[0].json()
    number = body.get("returnOrderId") if isinstance(body, dict) else None
    if not isinstance(number, int):
        raise ValueError("the answer names no returnOrderId")  # noqa: TRY004
    return str(number)


def read_back(account: Account, record_id: str) -> VendorRequest:  # noqa: ARG001
    """Operation `returnOrdersGetByReturnOrderId`."""
    return VendorRequest("GET", vendor_path("returnOrders", record_id))


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
    written_id=written_id,
    read_back=read_back,
    record=return_record,
    look_up=LookUp(find, found),
    rules=rules,
    component_names={ReturnLine: "WmsReturnWriteLineItemongoing"},
)
