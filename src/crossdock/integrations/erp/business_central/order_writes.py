"""How orders are made, changed and given up, for sales and for purchases alike.

An order is made with its lines in one request. It is changed by a `PATCH` with its ETag, then its lines
are replaced: the new ones first, since a refusal then leaves what was there. The API knows no cancelled
orders: they are deleted, and Business Central keeps those that were posted in part.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crossdock.connector import (
    Account,
    Asked,
    FieldFault,
    LookUp,
    NotFound,
    Reads,
    Unprocessable,
    VendorAnswer,
    VendorRequest,
)
from crossdock.integrations.erp.business_central import odata
from crossdock.integrations.erp.business_central.items_named import item_reads, items_of, sample_items
from crossdock.integrations.erp.business_central.odata import Row
from crossdock.integrations.erp.business_central.order_body import ADDRESS
from crossdock.integrations.erp.business_central.orders import lines_of, moved
from crossdock.integrations.erp.business_central.values import day, sent
from crossdock.schemas.fields import UNSET

ANY = {"if-match": "*"}
"""For the lines behind an order whose own ETag was just taken: each change gives the others new ones."""

SAMPLE_ID = "00000000-0000-4000-8000-000000000011"


@dataclass(frozen=True, slots=True)
class Kind:
    """Sales or purchases: their collections and properties, and the caller's names beside them.

    `dates` and `header` have the properties of the order by the caller's names, `line` those of a line.
    """

    called: str
    orders: str
    lines: str
    done: str
    dates: Mapping[str, str]
    header: Mapping[str, str]
    line: Mapping[str, str]


SALES = Kind(
    called="sales order",
    orders="salesOrders",
    lines="salesOrderLines",
    done="shippedQuantity",
    dates={"order_date": "orderDate", "required_ship_date": "requestedDeliveryDate"},
    header={
        "customer_id": "customerId",
        "reference_id": "externalDocumentNumber",
        "order_number": "number",
        "currency_code": "currencyCode",
        "payment_terms_id": "paymentTermsId",
        "shipment_method_id": "shipmentMethodId",
    },
    line={
        "description": "description",
        "unit_of_measure_id": "unitOfMeasureId",
        "quantity": "quantity",
        "unit_price": "unitPrice",
        "location_id": "locationId",
    },
)
PURCHASES = Kind(
    called="purchase order",
    orders="purchaseOrders",
    lines="purchaseOrderLines",
    done="receivedQuantity",
    dates={"order_date": "orderDate", "expected_arrival_date": "requestedReceiptDate"},
    header={
        "vendor_id": "vendorId",
        "order_number": "number",
        "currency_code": "currencyCode",
        "payment_terms_id": "paymentTermsId",
        "shipment_method_id": "shipmentMethodId",
    },
    line={
        "description": "description",
        "unit_of_measure_id": "unitOfMeasureId",
        "quantity": "quantity",
        "unit_cost": "directUnitCost",
        "location_id": "locationId",
    },
)


def read_order(kind: Kind, record_id: str) -> VendorRequest:
    """An order with its lines. Raises `NotFound` for what cannot be its id."""
    path = odata.entity(kind.orders, odata.known_id(record_id))
    return VendorRequest("GET", path, {"$expand": kind.lines})


def read_back(kind: Kind) -> Any:
    """As `WriteOperation.read_back`."""

    def request(account: Account, record_id: str) -> VendorRequest:  # noqa: ARG001
        return read_order(kind, record_id)

    return request


def header(kind: Kind, body: Any) -> dict[str, Any]:
    """The properties of an order that a body says something of."""
    values = {theirs: getattr(body, own, UNSET) for own, theirs in kind.header.items()}
    for own, theirs in kind.dates.items():
        said = getattr(body, own)
        values[theirs] = UNSET if said is UNSET else day(said)
    address = body.ship_to_address
    if address is not UNSET:
        values |= {theirs: getattr(address, own) for own, theirs in ADDRESS.items()}
    return sent(values)


def lines(kind: Kind, body: Any, reads: Reads) -> list[Row]:
    """The lines of a body. Raises `Unprocessable` for each that names no item."""
    ids = items_of(body.line_items, reads)
    return [
        {"lineType": "Item", "itemId": item_id}
        | sent({theirs: getattr(line, own) for own, theirs in kind.line.items()})
        for item_id, line in zip(ids, body.line_items, strict=True)
    ]


def create(kind: Kind, asked: Asked[Any], reads: Reads, **more: Any) -> VendorRequest:
    """`POST` of an order with its lines; `more` are further properties."""
    values = {**more, **header(kind, asked.body), kind.lines: lines(kind, asked.body, reads)}
    return VendorRequest("POST", f"/{kind.orders}", body=values)


def made(asked: Asked[Any], answers: Sequence[VendorAnswer]) -> str:  # noqa: ARG001
    """The id of the order that was answered. Raises `ValueError`."""
    return str(odata.record(answers[0].json())["id"])


def update_reads(kind: Kind, asked: Asked[Any]) -> Mapping[str, VendorRequest]:
    """The order, and the items of its new lines."""
    return {"order": read_order(kind, asked.record_id), **item_reads(asked.body.line_items)}


def the_order(kind: Kind, asked: Asked[Any], reads: Reads) -> Row:
    """The order of the path. Raises `NotFound` when there is none."""
    if reads["order"] is None:
        said = (
            f"Business Central has no {kind.called} {asked.record_id}; what is all posted is none any more."
        )
        raise NotFound(said, extra={"id": asked.record_id})
    return odata.record(reads["order"])


def update(kind: Kind, asked: Asked[Any], reads: Reads) -> Sequence[VendorRequest]:
    """The change of the order itself, then its new lines, then the old ones away.

    Raises `Unprocessable` for new lines of an order of which something has moved.
    """
    row = the_order(kind, asked, reads)
    path = odata.entity(kind.orders, asked.record_id)
    values = header(kind, asked.body)
    if asked.body.line_items is UNSET:
        return [VendorRequest("PATCH", path, body=values, headers=odata.if_match(row))]
    _refuse_moved(kind, row, "/line_items", "cannot be replaced: some of the order has moved")
    unchanged = {"orderDate": row["orderDate"]}
    new = lines(kind, asked.body, reads)
    return [
        VendorRequest("PATCH", path, body=values or unchanged, headers=odata.if_match(row)),
        *(
            VendorRequest("POST", odata.entity(kind.orders, asked.record_id, kind.lines), body=line)
            for line in new
        ),
        *(
            VendorRequest("DELETE", odata.entity(kind.lines, line["id"]), headers=ANY)
            for line in lines_of(row, kind.lines)
        ),
    ]


def cancel(kind: Kind, asked: Asked[Any], reads: Reads) -> VendorRequest:
    """`DELETE` of the order. Raises `Unprocessable` when something of it has moved."""
    row = the_order(kind, asked, reads)
    _refuse_moved(kind, row, "", "Some of the order has moved: Business Central keeps it.")
    path = odata.entity(kind.orders, asked.record_id)
    return VendorRequest("DELETE", path, headers=odata.if_match(row))


def _refuse_moved(kind: Kind, row: Row, pointer: str, said: str) -> None:
    if any(moved(line, kind.done) for line in lines_of(row, kind.lines)):
        raise Unprocessable(
            f"Some of the {kind.called} has moved.", [FieldFault(pointer, said)] if pointer else []
        )


def reference(asked: Asked[Any]) -> str:
    """The caller's reference of a sales order, or the write's own: 35 capital letters and digits at most."""
    own = asked.body.reference_id
    return asked.reference.replace("-", "").upper() if own is UNSET else str(own)


def same_reference(asked: Asked[Any]) -> VendorRequest:
    """Sales orders of the customer that have the reference, which Business Central keeps in capitals."""
    terms = [
        f"externalDocumentNumber eq {odata.quoted(reference(asked).upper())}",
        f"customerId eq {asked.body.customer_id}",
    ]
    return odata.collection(SALES.orders, {"$filter": " and ".join(terms), "$top": 1})


def refuse_same(reads: Reads) -> None:
    """Raises `Unprocessable` when the customer has an order of the reference already."""
    for row in odata.rows(reads["same"]):
        fault = FieldFault("/reference_id", f"is that of order {row['id']}")
        raise Unprocessable("Business Central has an order of this customer with this reference.", [fault])


def _found(asked: Asked[Any], decoded: Any) -> str | None:  # noqa: ARG001
    return next((str(row["id"]) for row in odata.rows(decoded)), None)


BY_REFERENCE: LookUp[Any] = LookUp(same_reference, _found)


def sample_reads(asked: Asked[Any]) -> Reads:
    """An order of which nothing has moved, no other of its reference, and the items that the lines name."""
    order = {
        "id": asked.record_id or SAMPLE_ID,
        "@odata.etag": 'W/"sample"',
        "orderDate": "2026-01-01",
    }
    body_lines = getattr(asked.body, "line_items", UNSET)
    return Reads({"order": order, "same": {"value": []}, **sample_items(body_lines)})
