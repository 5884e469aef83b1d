"""How orders are written: what Tryton's forms would fill in is asked of Tryton, then the order is created.

The server computes addresses, prices, taxes and units of an order in `on_change`, which its own clients
call while a form is filled in; `create` takes what it is given (Tryton 8.2, `ModelView.on_change`). So an
order is read together the same way before it is sent. It is found again by its reference, which is the
caller's or the write's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crossdock.connector import (
    Asked,
    FieldFault,
    LookUp,
    NotFound,
    Reads,
    Unprocessable,
    VendorRequest,
)
from crossdock.integrations.erp.tryton import rpc
from crossdock.integrations.erp.tryton.order_body import STEPS
from crossdock.integrations.erp.tryton.rpc import Row
from crossdock.integrations.erp.tryton.values import decimal, given, sent
from crossdock.schemas.fields import UNSET

HEAD = (
    "invoice_address",
    "shipment_address",
    "payment_term",
    "currency",
    "warehouse",
    "invoice_method",
    "shipment_method",
)
"""What `on_change` of the party fills in, where the model has it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Sales or purchases: their model, that of a line with its field of the order, and the caller's names."""

    model: str
    line: str
    parent: str
    party: str
    price: str


SALES = Kind("sale.sale", "sale.line", "sale", "customer_id", "unit_price")
PURCHASES = Kind("purchase.purchase", "purchase.line", "purchase", "vendor_id", "unit_cost")


def reference(asked: Asked[Any]) -> str:
    """The caller's reference of the order, or the write's own."""
    return asked.reference if asked.body.reference_id is UNSET else str(asked.body.reference_id)


def order_reads(kind: Kind, asked: Asked[Any], known: Reads, party: str) -> Mapping[str, VendorRequest]:
    """Party, products and currency; then what Tryton makes of the party, then of each line."""
    account, body = asked.account, asked.body
    wanted = {"party": rpc.one(account, "party.party", party, ["name"])}
    if body.currency_code is not UNSET:
        named = [["code", "=", body.currency_code]]
        wanted["currency"] = rpc.search(account, "currency.currency", named, ["code"], 1)
    if body.line_items is not UNSET:
        wanted["products"] = rpc.search(account, "product.product", _named(body.line_items), ["code"])
    if "party" not in known or rpc.only(known["party"]) is None:
        return wanted
    head = sent({"party": int(party), "company": int(account["company_id"]), "warehouse": _warehouse(body)})
    wanted["head"] = rpc.call(account, f"model.{kind.model}.on_change", head, ["party"])
    if "head" in known and body.line_items is not UNSET:
        values = _head(known)
        above = {f"_parent_{kind.parent}.{name}": values[name] for name in ("party", "company", "currency")}
        products = [_product(asked, known, number) for number in range(len(body.line_items))]
        for number, (line, product) in enumerate(zip(body.line_items, products, strict=True)):
            if isinstance(product, int):
                form = {"type": "line", "product": product, "quantity": line.quantity, **above}
                wanted[f"line/{number}"] = rpc.call(
                    account, f"model.{kind.line}.on_change", form, ["product"]
                )
    return wanted


def _named(lines: Sequence[Any]) -> rpc.Domain:
    """The products that lines name, by number or by code."""
    ids = [int(line.item_id) for line in lines if line.item_id is not UNSET]
    codes = [line.sku for line in lines if line.sku is not UNSET]
    return ["OR", ["id", "in", ids], ["code", "in", codes]]


def _product(asked: Asked[Any], reads: Reads, number: int) -> int | FieldFault:
    """The product of a line, or what is wrong with it."""
    line = asked.body.line_items[number]
    field = "sku" if line.item_id is UNSET else "item_id"
    wanted = [
        row
        for row in rpc.rows(reads["products"])
        if (line.item_id is UNSET or row["id"] == int(line.item_id))
        and (line.sku is UNSET or row["code"] == line.sku)
    ]
    if len(wanted) == 1:
        return int(wanted[0]["id"])
    said = "names several products of Tryton" if wanted else "names no product of Tryton"
    return FieldFault(f"/line_items/{number}/{field}", said)


def _warehouse(body: Any) -> int | None:
    return None if body.location_id is UNSET else int(body.location_id)


def _head(reads: Reads) -> Row:
    """The values of an order without its lines, as Tryton's form would have them."""
    found = rpc.result(reads["head"])
    values = {name: found.get(name) for name in ("party", "company", *HEAD)}
    if "currency" in reads:
        values["currency"] = new_currency(reads)
    return sent(values)


def new_currency(reads: Reads) -> int:
    """The currency of the caller's code. Raises `Unprocessable` when Tryton has it no more."""
    chosen = rpc.only(reads["currency"])
    if chosen is None:
        fault = FieldFault("/currency_code", "is no currency of Tryton")
        raise Unprocessable("currency_code is no currency of Tryton.", [fault])
    return int(chosen["id"])


def checked_party(kind: Kind, reads: Reads) -> None:
    """Raises `Unprocessable` when the party of a new order is not there."""
    if rpc.only(reads["party"]) is None:
        fault = FieldFault(f"/{kind.party}", "is no party of Tryton")
        raise Unprocessable(f"{kind.party} {fault.message}.", [fault])


def new_values(asked: Asked[Any], reads: Reads) -> Row:
    """What Tryton's form fills in of a new order, and its reference."""
    return {**_head(reads), "reference": reference(asked)}


def lines(kind: Kind, asked: Asked[Any], reads: Reads) -> list[Row]:
    """The lines of a body. Raises `Unprocessable` for each that names no product."""
    products = [_product(asked, reads, number) for number in range(len(asked.body.line_items))]
    faults = [found for found in products if isinstance(found, FieldFault)]
    if faults:
        raise Unprocessable("A line names no single product of Tryton.", faults)
    made = []
    for number, line in enumerate(asked.body.line_items):
        filled = rpc.result(reads[f"line/{number}"])
        price = given(getattr(line, kind.price))
        values = {
            "type": "line",
            "product": products[number],
            "quantity": line.quantity,
            "unit": filled.get("unit"),
            "unit_price": filled.get("unit_price") if price is None else decimal(price),
            "product_supplier": filled.get("product_supplier"),
            "description": given(line.description),
        }
        taxes = [tax["id"] for _, tax in (filled.get("taxes") or {}).get("add", ())]
        made.append(sent(values) | ({"taxes": [["add", taxes]]} if taxes else {}))
    return made


def by_reference(kind: Kind) -> LookUp[Any]:
    """Finds an order by party and reference."""

    def request(asked: Asked[Any]) -> VendorRequest:
        return same(kind, asked)

    def found(asked: Asked[Any], decoded: Any) -> str | None:  # noqa: ARG001
        row = rpc.only(decoded)
        return None if row is None else str(row["id"])

    return LookUp(request, found)


def same(kind: Kind, asked: Asked[Any]) -> VendorRequest:
    """Orders of the party that have the reference."""
    party = rpc.number(str(getattr(asked.body, kind.party))) or 0
    domain = [["reference", "=", reference(asked)], ["party", "=", party]]
    return rpc.search(asked.account, kind.model, domain, ["number"], 1)


def refuse_same(kind: Kind, reads: Reads) -> None:
    """Raises `Unprocessable` when the party has an order of the reference already."""
    row = rpc.only(reads["same"])
    if row is not None:
        fault = FieldFault("/reference_id", f"is that of order {row['id']}")
        raise Unprocessable(f"Tryton has an order of this {kind.party} with this reference_id.", [fault])


def then(kind: Kind, asked: Asked[Any], record_id: str, known: Any) -> Sequence[VendorRequest]:
    """The buttons that bring an order as far as the caller wants it, from the state it is in."""
    steps = STEPS["confirmed" if asked.body.raw_status is UNSET else asked.body.raw_status]
    row = None if known is None else rpc.only(known)
    state = "draft" if row is None else row["state"]
    left = {"draft": steps, "quotation": steps[1:]}.get(state, ())
    return [button(asked, kind.model, name, record_id) for name in left]


def button(asked: Asked[Any], model: str, name: str, record_id: str) -> VendorRequest:
    """What a button of a form does to one record, which a dry run has no number of."""
    return rpc.call(asked.account, f"model.{model}.{name}", [rpc.number(record_id) or record_id])


def the_order(kind: Kind, asked: Asked[Any], reads: Reads) -> Row:
    """The order of the path. Raises `NotFound` when Tryton has none."""
    row = rpc.only(reads["order"])
    if row is None:
        name = "sales order" if kind is SALES else "purchase order"
        raise NotFound(f"Tryton has no {name} {asked.record_id}.", extra={"id": asked.record_id})
    return row


def cancelled(kind: Kind, asked: Asked[Any], reads: Reads) -> Sequence[VendorRequest]:
    """The button `cancel`; nothing where the order is cancelled already."""
    row = the_order(kind, asked, reads)
    return [] if row["state"] == "cancelled" else [button(asked, kind.model, "cancel", str(row["id"]))]


def changed(kind: Kind, asked: Asked[Any], reads: Reads, values: Row) -> VendorRequest:
    """A change of a draft; Tryton refuses it when somebody else changed the order since it was read.

    Raises `Unprocessable` for an order that is no draft any more.
    """
    row = the_order(kind, asked, reads)
    if row["state"] != "draft":
        raise Unprocessable(f"The order is {row['state']} in Tryton, where only drafts can be changed.")
    if asked.body.line_items is not UNSET:
        old = [line["id"] for line in row.get("lines.") or ()]
        values = values | {"lines": [["delete", old], ["create", lines(kind, asked, reads)]]}
    return rpc.call(
        asked.account,
        f"model.{kind.model}.write",
        [row["id"]],
        values,
        _timestamp=rpc.changed(kind.model, [row]),
    )


def sample_reads(asked: Asked[Any]) -> Reads:
    """A party, a currency, and the products that the lines name, for rehearsals."""
    order = {"id": 11, "state": "draft", "_timestamp": "1", "party": 11, "lines.": [{"id": 1}]}
    body = asked.body
    found = {
        "head": {"party": 11, "company": 1, "currency": 1},
        "party": [{"id": 11}],
        "same": [],
        "order": [order],
    }
    wanted = () if getattr(body, "line_items", UNSET) is UNSET else body.line_items
    products = []
    for number, line in enumerate(wanted):
        code = "SKU" if line.sku is UNSET else line.sku
        by_code = sum(code.encode())
        products.append({"id": by_code if line.item_id is UNSET else int(line.item_id), "code": code})
        found[f"line/{number}"] = {"unit": 1, "unit_price": decimal(1)}
    found["products"] = products
    if getattr(body, "currency_code", UNSET) is not UNSET:
        found["currency"] = [{"id": 100 + sum(body.currency_code.encode())}]
    return Reads({name: rpc.as_answer(value) for name, value in found.items()})
