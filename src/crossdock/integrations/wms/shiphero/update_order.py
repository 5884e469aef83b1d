"""`update_order` becomes the mutations of an order: header, lines, labels and status, each only if asked for.

The lines of the body are the lines the order is to have: those it lacks are added, the others removed, and
quantities and prices changed (`order_add_line_items`, `order_remove_line_items`, `order_update_line_items`).
The order is read first, so that the same body changes nothing when it comes again.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from crossdock.connector import (
    Asked,
    FieldFault,
    Reads,
    Rule,
    Unprocessable,
    VendorAnswer,
    VendorRequest,
    WriteOperation,
)
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.wms.shiphero.addresses import ChangedAddress, order_address
from crossdock.integrations.wms.shiphero.create_order import (
    LINE_RULES,
    OrderLine,
    OrderTags,
    PackingNote,
    new_lines,
)
from crossdock.integrations.wms.shiphero.graphql import Record, mutation
from crossdock.integrations.wms.shiphero.labels import ADD_LABEL, LABEL_RULES, OrderLabel, label_requests
from crossdock.integrations.wms.shiphero.order_record import order_record, read_order
from crossdock.integrations.wms.shiphero.orders import all_lines, order_read, sample_order, the_order
from crossdock.integrations.wms.shiphero.refusals import lines_blamed, operation_refused, words
from crossdock.integrations.wms.shiphero.values import amount, given, number
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, described
from crossdock.schemas.wms_writes import fields

FULFILLED = "fulfilled"


class UpdateOrder(WriteBody, kw_only=True):
    """What is to change of an order."""

    warehouse_customer_id: fields.WarehouseCustomerId | Absent = UNSET
    order_number: fields.OrderNumber | Absent = UNSET
    reference_id: fields.ReferenceId | Absent = UNSET
    ship_to_address: ChangedAddress | Absent = UNSET
    line_items: Annotated[list[OrderLine], described("All lines that the order is to have")] | Absent = UNSET
    labels: Annotated[list[OrderLabel], described("Labels for shipments of the order")] | Absent = UNSET
    status: (
        Annotated[Literal["fulfilled"], described("Marks the order as fulfilled", "fulfilled")] | Absent
    ) = UNSET
    packing_note: PackingNote | Absent = UNSET
    tags: OrderTags | Absent = UNSET
    trackstar_tags: Tags | Absent = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone do not say."""
    return [
        Rule(
            "An order has at least one line, each line at least one unit, and no price is below 0.",
            {"properties": {"line_items": LINE_RULES}},
        ),
        Rule(
            "Each label is for at least one SKU, and says its method and its carrier once.",
            {"properties": {"labels": {"items": LABEL_RULES}}},
        ),
        Rule("line_items are all lines of the order: what is not among them is removed. A SKU stands once."),
    ]


def translate(asked: Asked[UpdateOrder], reads: Reads) -> Sequence[VendorRequest]:
    """The mutations. Raises `Unprocessable` or `NotFound`."""
    order = the_order(asked, reads)
    customer = given(asked.body.warehouse_customer_id)
    requests = list(_header(asked, customer))
    if asked.body.labels is not UNSET:
        requests += label_requests(asked.body.labels, order, customer)
    requests += _lines(asked, order, customer)
    if asked.body.status is not UNSET and order.get("fulfillment_status") != FULFILLED:
        data = {"order_id": asked.record_id, "fulfillment_status": asked.body.status}
        requests.append(
            mutation(
                "order_update_fulfillment_status",
                "UpdateOrderFulfillmentStatusInput",
                data | {"customer_account_id": customer},
                "order { id }",
            )
        )
    return requests


def _header(asked: Asked[UpdateOrder], customer: str | None) -> Iterator[VendorRequest]:
    body = asked.body
    data = {
        "order_number": given(body.order_number),
        "partner_order_id": given(body.reference_id),
        "shipping_address": None if body.ship_to_address is UNSET else order_address(body.ship_to_address),
        "packing_note": given(body.packing_note),
        "tags": given(body.tags),
    }
    if any(value is not None for value in data.values()):
        named = {"order_id": asked.record_id, "customer_account_id": customer}
        yield mutation("order_update", "UpdateOrderInput", named | data, "order { id }")


def _lines(asked: Asked[UpdateOrder], order: Record, customer: str | None) -> Iterator[VendorRequest]:
    if asked.body.line_items is UNSET:
        return
    there = {line["sku"]: line for line in all_lines(order)}
    wanted = {line.sku: line for line in asked.body.line_items}
    _refuse_twice(asked.body.line_items)
    named = {"order_id": asked.record_id, "customer_account_id": customer}
    changed = [
        change for sku, line in wanted.items() if sku in there and (change := _change(there[sku], line))
    ]
    if changed:
        data = named | {"line_items": changed}
        yield mutation("order_update_line_items", "UpdateLineItemsInput", data, "order { id }")
    added = [line for sku, line in wanted.items() if sku not in there]
    if added:
        data = named | {"line_items": new_lines(asked.reference, added)}
        yield mutation("order_add_line_items", "AddLineItemsInput", data, "order { id }")
    gone = [line["id"] for sku, line in there.items() if sku not in wanted]
    if gone:
        data = named | {"line_item_ids": gone}
        yield mutation("order_remove_line_items", "RemoveLineItemsInput", data, "order { id }")


def _refuse_twice(lines: Sequence[OrderLine]) -> None:
    first: dict[str, int] = {}
    faults = []
    for index, line in enumerate(lines):
        if line.sku in first:
            text = f"{line.sku} already stands at /line_items/{first[line.sku]}"
            faults.append(FieldFault(f"/line_items/{index}/sku", text))
        first.setdefault(line.sku, index)
    if faults:
        raise Unprocessable("A SKU stands in the order once.", faults)


def _change(there: Record, line: OrderLine) -> Record:
    """`UpdateLineItemInput` with what differs; empty when nothing does."""
    change: Record = {}
    if there.get("quantity") != line.quantity:
        change["quantity"] = line.quantity
    if number(there.get("price")) != line.unit_price:
        change["price"] = amount(line.unit_price)
    if line.warehouse_id is not UNSET:
        change["warehouse_id"] = line.warehouse_id
    return {"id": there["id"], **change} if change else {}


def refused(asked: Asked[UpdateOrder], answer: VendorAnswer) -> Sequence[FieldFault]:
    """The label whose shipment is missing, or the line whose SKU a message names."""
    labels: Sequence[OrderLabel] = () if asked.body.labels is UNSET else asked.body.labels
    if labels and operation_refused(answer) == ADD_LABEL and "not found" in words(answer):
        return [FieldFault("/labels/0/shipment_id" if len(labels) == 1 else "/labels", words(answer))]
    return lines_blamed("line_items", "quantity")(asked, answer)


def sample_reads(asked: Asked[UpdateOrder]) -> Reads:
    """An order that has other lines, and lines for the labels."""
    labels: Sequence[OrderLabel] = () if asked.body.labels is UNSET else asked.body.labels
    skus = [sku for label in labels for sku in label.skus]
    lines: list[dict[str, Any]] = [{"id": f"line-{sku}", "sku": sku, "quantity": 0} for sku in skus]
    return sample_order(lines)


OPERATION = WriteOperation(
    action=write_action("wms", "update_order"),
    body=UpdateOrder,
    reads=order_read,
    sample_reads=sample_reads,
    translate=translate,
    read_back=read_order,
    record=order_record,
    repeatable=True,
    refused=refused,
    rules=rules,
)
