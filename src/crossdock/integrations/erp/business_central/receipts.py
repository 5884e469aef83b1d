"""What arrives of a purchase order: `Microsoft.NAV.receiveAndInvoice`, which makes a `purchaseReceipt`."""

from functools import partial
from typing import Any

from crossdock.connector import WriteOperation
from crossdock.integrations.erp.business_central import movements, postings
from crossdock.integrations.erp.business_central.order_writes import PURCHASES
from crossdock.integrations.erp.business_central.postings import MovedLines, Posting
from crossdock.schemas.actions import write_action
from crossdock.schemas.erp_writes import fields
from crossdock.schemas.fields import UNSET, Absent, WriteBody


class CreatePurchaseOrderReceipt(WriteBody, kw_only=True):
    """What arrived of a purchase order; it is invoiced as well."""

    purchase_order_id: fields.PurchaseOrderId
    received_date: fields.ReceivedDate | Absent = UNSET
    line_items: MovedLines | Absent = UNSET


RECEIPTS = Posting(
    kind=PURCHASES,
    postings="purchaseReceipts",
    lines="purchaseReceiptLines",
    action="receiveAndInvoice",
    to_move="receiveQuantity",
    order_id="purchase_order_id",
    date="received_date",
)

OPERATION: WriteOperation[Any] = WriteOperation(
    action=write_action("erp", "create_purchase_order_receipt"),
    body=CreatePurchaseOrderReceipt,
    reads=partial(postings.reads, RECEIPTS),
    sample_reads=partial(postings.sample_reads, RECEIPTS),
    translate=partial(postings.translate, RECEIPTS),
    further=lambda asked, reads, answers: postings.further(RECEIPTS, reads, answers),  # noqa: ARG005
    written_id=lambda asked, answers: postings.written_id(RECEIPTS, answers),  # noqa: ARG005
    read_back=postings.read_back(RECEIPTS),
    record=movements.receipt,
    rules=lambda choices: postings.rules(RECEIPTS),  # noqa: ARG005
)
