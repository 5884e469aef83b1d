"""Sales orders and purchase orders as canonical records.

Each function raises `ValueError` when the row is no record.
"""

from collections.abc import Sequence
from typing import Any, Literal

from crossdock.integrations.erp.business_central.odata import Row, record
from crossdock.integrations.erp.business_central.values import (
    amount,
    bill_to,
    identifier,
    name,
    ship_from,
    ship_to,
    text,
    updated,
    wire_day,
)
from crossdock.schemas.erp import (
    PurchaseOrder,
    PurchaseOrderLineItem,
    PurchaseOrderStatus,
    SalesOrder,
    SalesOrderLineItem,
    SalesOrderStatus,
)
from crossdock.schemas.times import UNKNOWN

NOT_RELEASED = {"Draft", "In Review"}


def lines_of(row: Row, collection: str) -> Sequence[Row]:
    """The lines that are about goods or charges; comments are not ordered."""
    return [line for line in row.get(collection) or () if line.get("lineType") != "Comment"]


def moved(line: Row, field: str) -> float:
    """How much of a line has been shipped or received."""
    return amount(line.get(field)) or 0


def _per_unit(line: Row, field: str) -> float | None:
    total, quantity = amount(line.get(field)), amount(line.get("quantity"))
    return None if total is None or not quantity else round(total / quantity, 5)


def _progress(lines: Sequence[Row], field: str) -> str:
    """`none`, `part` or `all` of what was ordered has moved."""
    some = [line for line in lines if amount(line.get("quantity"))]
    if not any(moved(line, field) for line in some):
        return "none"
    done = all(moved(line, field) >= (amount(line["quantity"]) or 0) for line in some)
    return "all" if done else "part"


def _unmoved(raw_status: str | None) -> Literal["open", "pending_approval", "other"]:
    """The status of an order of which nothing has moved."""
    if raw_status in NOT_RELEASED:
        return "pending_approval"
    return "open" if raw_status == "Open" else "other"


def sales_order(decoded: Any) -> SalesOrder:
    """A `salesOrder` with its `salesOrderLines`."""
    row = record(decoded)
    lines = lines_of(row, "salesOrderLines")
    raw_status = name(row.get("status"))
    by_progress: dict[str, SalesOrderStatus] = {"part": "partially_fulfilled", "all": "fulfilled"}
    status = by_progress.get(_progress(lines, "shippedQuantity")) or _unmoved(raw_status)
    return SalesOrder(
        id=row["id"],
        created_date=UNKNOWN,
        updated_date=updated(row),
        order_number=text(row.get("number")),
        reference_id=text(row.get("externalDocumentNumber")),
        customer_id=identifier(row.get("customerId")) or "",
        status=status,
        raw_status=raw_status,
        order_date=wire_day(row.get("orderDate")),
        required_ship_date=wire_day(row.get("requestedDeliveryDate")),
        currency_code=text(row.get("currencyCode")),
        total_price=amount(row.get("totalAmountIncludingTax")),
        total_tax=amount(row.get("totalTaxAmount")),
        total_discount=amount(row.get("discountAmount")),
        bill_to_address=bill_to(row, "billTo"),
        ship_to_address=ship_to(row),
        line_items=[_sales_line(line) for line in lines],
        additional_fields={
            "posting_date": wire_day(row.get("postingDate")),
            "customer_number": text(row.get("customerNumber")),
            "payment_terms_id": identifier(row.get("paymentTermsId")),
            "shipment_method_id": identifier(row.get("shipmentMethodId")),
            "salesperson": text(row.get("salesperson")),
            "partial_shipping": row.get("partialShipping"),
            "prices_include_tax": row.get("pricesIncludeTax"),
        },
    )


def _sales_line(line: Row) -> SalesOrderLineItem:
    return SalesOrderLineItem(
        line_item_id=line["id"],
        item_id=identifier(line.get("itemId")),
        sku=text(line.get("lineObjectNumber")),
        description=text(line.get("description")),
        quantity=amount(line.get("quantity")) or 0,
        fulfilled_quantity=moved(line, "shippedQuantity"),
        unit_of_measure=text(line.get("unitOfMeasureCode")),
        unit_price=amount(line.get("unitPrice")),
        discount=_per_unit(line, "discountAmount"),
        tax=_per_unit(line, "totalTaxAmount"),
        location_id=identifier(line.get("locationId")),
    )


def purchase_order(decoded: Any) -> PurchaseOrder:
    """A `purchaseOrder` with its `purchaseOrderLines`. The API keeps no reference of the caller's."""
    row = record(decoded)
    lines = lines_of(row, "purchaseOrderLines")
    raw_status = name(row.get("status"))
    by_progress: dict[str, PurchaseOrderStatus] = {"part": "partially_received", "all": "received"}
    status = by_progress.get(_progress(lines, "receivedQuantity")) or _unmoved(raw_status)
    return PurchaseOrder(
        id=row["id"],
        created_date=UNKNOWN,
        updated_date=updated(row),
        order_number=text(row.get("number")),
        vendor_id=identifier(row.get("vendorId")) or "",
        status=status,
        raw_status=raw_status,
        order_date=wire_day(row.get("orderDate")),
        expected_arrival_date=wire_day(row.get("requestedReceiptDate")),
        currency_code=text(row.get("currencyCode")),
        total_price=amount(row.get("totalAmountIncludingTax")),
        total_tax=amount(row.get("totalTaxAmount")),
        vendor_address=ship_from(row, "buyFrom"),
        ship_to_address=ship_to(row),
        line_items=[_purchase_line(line) for line in lines],
        additional_fields={
            "posting_date": wire_day(row.get("postingDate")),
            "vendor_number": text(row.get("vendorNumber")),
            "purchaser": text(row.get("purchaser")),
            "payment_terms_id": identifier(row.get("paymentTermsId")),
            "shipment_method_id": identifier(row.get("shipmentMethodId")),
            "prices_include_tax": row.get("pricesIncludeTax"),
        },
    )


def _purchase_line(line: Row) -> PurchaseOrderLineItem:
    return PurchaseOrderLineItem(
        line_item_id=line["id"],
        item_id=identifier(line.get("itemId")),
        sku=text(line.get("lineObjectNumber")),
        description=text(line.get("description")),
        quantity=amount(line.get("quantity")) or 0,
        received_quantity=moved(line, "receivedQuantity"),
        unit_of_measure=text(line.get("unitOfMeasureCode")),
        unit_cost=amount(line.get("directUnitCost")),
        tax=_per_unit(line, "totalTaxAmount"),
        location_id=identifier(line.get("locationId")),
    )
