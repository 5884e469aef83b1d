"""From a line of an invoice file to the record that is stored, and under which id."""

from collections.abc import Sequence

import orjson
import sqlalchemy as sa

from crossdock.carrier_invoices import Line
from crossdock.records.canonical import CanonicalRecord, canonical
from crossdock.schemas.carrier import InvoiceLineItem
from crossdock.schemas.list_functions import ListFunction
from crossdock.schemas.lists import list_function
from crossdock.schemas.times import UNKNOWN
from crossdock.storage.records import documents

LINE_ITEMS: ListFunction = list_function("carrier", "get_invoice_line_items")


LONGEST_BARCODE = 64
"""Characters; the barcodes of USPS have 22 at most."""


def record(line: Line, record_id: str) -> CanonicalRecord:
    """The record of a line. Carriers tell no time of a line's making, so the copy has its own."""

    def item(one: Line) -> InvoiceLineItem:
        parcel, money = one.parcel, one.money
        return InvoiceLineItem(
            id=record_id,
            created_date=UNKNOWN,
            updated_date=UNKNOWN,
            transaction_date=parcel.transaction_date,
            account_id=parcel.account_id,
            invoice_id=parcel.invoice_id,
            tracking_number=parcel.tracking_number,
            gross_cost=money.gross,
            net_cost=money.net,
            currency=parcel.currency,
            charge_description=money.description,
            raw=raw,
            additional_fields={"invoice_type": parcel.invoice_type} if parcel.invoice_type else {},
        )

    raw = line.raw
    return canonical(item, line, orjson.dumps(raw))


def ids(db: sa.Connection, connection_id: str, lines: Sequence[Line]) -> Sequence[str]:
    """The id of each line's record.

    The contract wants the parcel's barcode for an id of a USPS charge. A later charge on the same parcel, as
    its refund, would be stored in the place of the first; so whoever comes later has an id of its own. Which
    of them has the barcode is seen by the transaction that is stored under it.
    """
    wanted = [line.parcel.contract_id for line in lines if line.parcel.contract_id]
    if not wanted:
        return [line.id for line in lines]
    stored = documents(db, connection_id, LINE_ITEMS.collection, sorted(set(wanted)))
    holders = {record_id: orjson.loads(text).get("invoice_id") for record_id, text in stored.items()}
    found = []
    for line in lines:
        contract_id = line.parcel.contract_id
        is_repeat = "-" in line.id
        if contract_id and contract_id.isalnum() and len(contract_id) <= LONGEST_BARCODE and not is_repeat:
            holder = holders.setdefault(contract_id, line.parcel.invoice_id)
            if holder == line.parcel.invoice_id:
                found.append(contract_id)
                continue
        found.append(line.id)
    return found
