"""What leaves of a sales order: `Microsoft.NAV.shipAndInvoice`, which makes a `salesShipment`."""

from functools import partial
from typing import Any

from crossdock.connector import WriteOperation
from crossdock.integrations.erp.business_central import movements, postings
from crossdock.integrations.erp.business_central.order_writes import SALES
from crossdock.integrations.erp.business_central.postings import MovedLines, Posting
from crossdock.schemas.actions import write_action
from crossdock.schemas.erp_writes import fields
from crossdock.schemas.fields import UNSET, Absent, WriteBody


class CreateSalesOrderShipment(WriteBody, kw_only=True):
    """What left of a sales order; it is invoiced as well."""

    sales_order_id: fields.SalesOrderId
    shipped_date: fields.ShippedDate | Absent = UNSET
    line_items: MovedLines | Absent = UNSET


SHIPMENTS = Posting(
    kind=SALES,
    postings="salesShipments",
    lines="salesShipmentLines",
    action="shipAndInvoice",
    to_move="shipQuantity",
    order_id="sales_order_id",
    date="shipped_date",
)

OPERATION: WriteOperation[Any] = WriteOperation(
    action=write_action("erp", "create_sales_order_shipment"),
    body=CreateSalesOrderShipment,
    reads=partial(postings.reads, SHIPMENTS),
    sample_reads=partial(postings.sample_reads, SHIPMENTS),
    translate=partial(postings.translate, SHIPMENTS),
    further=lambda asked, reads, answers: postings.further(SHIPMENTS, reads, answers),  # noqa: ARG005
    written_id=lambda asked, answers: postings.written_id(SHIPMENTS, answers),  # noqa: ARG005
    read_back=postings.read_back(SHIPMENTS),
    record=movements.shipment,
    rules=lambda choices: postings.rules(SHIPMENTS),  # noqa: ARG005
)
