"""Goods that leave or arrive: what is to move is noted on the lines of the order, which is then posted.

The API posts an order in one way, shipped or received and invoiced at once, and for what its lines say. The
posting is found as the one of the order that was not there before. Nothing that a caller says is kept with
it: a posting whose answer was lost is not looked for, and never sent twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from crossdock.connector import (
    Account,
    Asked,
    FieldFault,
    Reads,
    Rule,
    Unprocessable,
    VendorAnswer,
    VendorRequest,
)
from crossdock.integrations.erp.business_central import odata
from crossdock.integrations.erp.business_central.odata import Row
from crossdock.integrations.erp.business_central.order_body import DAY, QUANTITY, RECORD_ID
from crossdock.integrations.erp.business_central.order_writes import ANY, SAMPLE_ID, Kind, read_order
from crossdock.integrations.erp.business_central.orders import lines_of, moved
from crossdock.integrations.erp.business_central.values import amount, day, shape
from crossdock.schemas.erp_writes import fields
from crossdock.schemas.fields import UNSET, WriteBody, described

PLACES = 5
"""Decimals that Business Central keeps of a quantity."""


class LineMoved(WriteBody, kw_only=True):
    """Some of one line of the order."""

    line_item_id: fields.LineItemId
    quantity: fields.Quantity


MovedLines = Annotated[list[LineMoved], described("What moved; all that is left of the order without it")]


@dataclass(frozen=True, slots=True)
class Posting:
    """How an order is posted: what it becomes, the caller's fields, and the property for what is to move."""

    kind: Kind
    postings: str
    lines: str
    action: str
    to_move: str
    order_id: str
    date: str


def rules(posting: Posting) -> Sequence[Rule]:
    """What the fields alone do not say."""
    line = {"properties": {"line_item_id": RECORD_ID, "quantity": QUANTITY}}
    return [
        shape(
            "Each line is named once, with a quantity above 0.",
            line_items={"minItems": 1, "maxItems": 200, "items": line},
            **{posting.order_id: RECORD_ID, posting.date: DAY},
        ),
        Rule(
            "Lines are lines of the order, with no more than is left of them. What moves is invoiced as well."
        ),
    ]


def reads(posting: Posting, asked: Asked[Any], known: Reads) -> Mapping[str, VendorRequest]:
    """The order, then what was posted of it before."""
    wanted = {"order": read_order(posting.kind, getattr(asked.body, posting.order_id))}
    if known.get("order") is not None:
        wanted["before"] = _postings_of(posting, odata.record(known["order"]))
    return wanted


def _postings_of(posting: Posting, order: Row, before: Sequence[Row] = ()) -> VendorRequest:
    terms = [f"orderNumber eq {odata.quoted(order['number'])}", *(f"id ne {row['id']}" for row in before)]
    return odata.collection(posting.postings, {"$filter": " and ".join(terms)})


def translate(posting: Posting, asked: Asked[Any], known: Reads) -> Sequence[VendorRequest]:
    """The day on the order, what is to move on its lines, and the posting.

    Raises `Unprocessable` for an order that is not there, and for lines that do not have that much left.
    """
    if known["order"] is None:
        said = f"is no open {posting.kind.called} of Business Central"
        raise Unprocessable(f"{posting.order_id} {said}.", [FieldFault(f"/{posting.order_id}", said)])
    order = odata.record(known["order"])
    path = odata.entity(posting.kind.orders, order["id"])
    said_day = getattr(asked.body, posting.date)
    posted_on = order["postingDate"] if said_day is UNSET else day(said_day)
    requests = [VendorRequest("PATCH", path, body={"postingDate": posted_on}, headers=odata.if_match(order))]
    requests += [
        VendorRequest(
            "PATCH",
            odata.entity(posting.kind.lines, line["id"]),
            body={posting.to_move: quantity, "invoiceQuantity": quantity},
            headers=ANY,
        )
        for line, quantity in _quantities(posting, asked, order)
        if amount(line.get(posting.to_move)) != quantity or amount(line.get("invoiceQuantity")) != quantity
    ]
    return [
        *requests,
        VendorRequest(
            "POST", odata.entity(posting.kind.orders, order["id"], f"Microsoft.NAV.{posting.action}")
        ),
    ]


def _quantities(posting: Posting, asked: Asked[Any], order: Row) -> Sequence[tuple[Row, float]]:
    """How much of each line is to move. Raises `Unprocessable`."""
    lines = lines_of(order, posting.kind.lines)
    left = {line["id"].lower(): _left(posting, line) for line in lines}
    if asked.body.line_items is UNSET:
        if not any(left.values()):
            fault = FieldFault(f"/{posting.order_id}", "has nothing left to be moved")
            raise Unprocessable("The order has nothing left to be moved.", [fault])
        return [(line, left[line["id"].lower()]) for line in lines]
    wanted: dict[str, float] = {}
    faults = []
    for at, line in enumerate(asked.body.line_items):
        name = line.line_item_id.lower()
        if name not in left:
            faults.append(FieldFault(f"/line_items/{at}/line_item_id", "is no line of the order"))
        elif name in wanted:
            faults.append(FieldFault(f"/line_items/{at}/line_item_id", "is named twice"))
        elif line.quantity > left[name]:
            said = f"is more than the {left[name]:g} that are left"
            faults.append(FieldFault(f"/line_items/{at}/quantity", said))
        else:
            wanted[name] = line.quantity
    if faults:
        raise Unprocessable("The order does not have that much left.", faults)
    return [(line, wanted.get(line["id"].lower(), 0)) for line in lines]


def _left(posting: Posting, line: Row) -> float:
    return round((amount(line.get("quantity")) or 0) - moved(line, posting.kind.done), PLACES)


def further(posting: Posting, known: Reads, answers: Sequence[VendorAnswer]) -> VendorRequest | None:
    """The new postings of the order, asked for once it is posted. The action answers nothing."""
    if not answers or answers[-1].content:
        return None
    return _postings_of(posting, odata.record(known["order"]), odata.rows(known["before"]))


def written_id(posting: Posting, answers: Sequence[VendorAnswer]) -> str:
    """The posting of the order that was not there before. Raises `ValueError` for none, and for several."""
    found = [odata.record(row) for row in odata.rows(answers[-1].json())]
    if len(found) != 1:
        raise ValueError(f"the order has {len(found)} new {posting.postings}")
    return str(found[0]["id"])


def read_back(posting: Posting) -> Any:
    """As `WriteOperation.read_back`."""

    def request(account: Account, record_id: str) -> VendorRequest:  # noqa: ARG001
        return VendorRequest("GET", odata.entity(posting.postings, record_id), {"$expand": posting.lines})

    return request


def sample_reads(posting: Posting, asked: Asked[Any]) -> Reads:
    """An order with a line for each that is named."""
    named = () if asked.body.line_items is UNSET else asked.body.line_items
    lines = [{"id": line.line_item_id, "quantity": 1e9} for line in named]
    order = {
        "id": getattr(asked.body, posting.order_id),
        "number": "SO1",
        "@odata.etag": 'W/"sample"',
        "postingDate": "2026-01-01",
        posting.kind.lines: lines or [{"id": SAMPLE_ID, "quantity": 1}],
    }
    return Reads({"order": order, "before": {"value": []}})
