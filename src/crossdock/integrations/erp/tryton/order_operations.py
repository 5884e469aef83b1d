"""The operations of orders, made for sales and for purchases alike."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from crossdock.connector import Account, Asked, Reads, VendorAnswer, VendorRequest, WriteOperation
from crossdock.integrations.erp.tryton import order_writes, rpc
from crossdock.integrations.erp.tryton.order_body import rules
from crossdock.integrations.erp.tryton.order_writes import Kind
from crossdock.integrations.erp.tryton.rpc import Row
from crossdock.integrations.erp.tryton.values import day, sent
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, NoBody, WriteBody

DRAFT = ["state", "_timestamp", "party", "lines.id"]


def operations(
    kind: Kind,
    name: str,
    create_body: type[WriteBody],
    update_body: type[WriteBody],
    dates: Mapping[str, str],
    names: Sequence[str],
    record: Callable[[Any], Struct],
) -> tuple[WriteOperation[Any], ...]:
    """Create, update, cancel. `dates` has Tryton's names of the caller's dates, `names` what is read back."""

    def read_back(account: Account, record_id: str) -> VendorRequest:
        return rpc.one(account, kind.model, record_id, names)

    def days(body: Any) -> Row:
        return sent({theirs: day(getattr(body, own)) for own, theirs in dates.items()})

    def create_reads(asked: Asked[Any], known: Reads) -> Mapping[str, VendorRequest]:
        party = str(getattr(asked.body, kind.party))
        wanted = order_writes.order_reads(kind, asked, known, party)
        return {**wanted, "same": order_writes.same(kind, asked)}

    def create(asked: Asked[Any], reads: Reads) -> VendorRequest:
        order_writes.checked_party(kind, reads)
        order_writes.refuse_same(kind, reads)
        values = order_writes.new_values(asked, reads) | days(asked.body)
        values["party"] = int(getattr(asked.body, kind.party))
        if asked.body.location_id is not UNSET:
            values["warehouse"] = int(asked.body.location_id)
        values["lines"] = [["create", order_writes.lines(kind, asked, reads)]]
        return rpc.call(asked.account, f"model.{kind.model}.create", [values])

    def written_id(asked: Asked[Any], answers: Sequence[VendorAnswer]) -> str:  # noqa: ARG001
        return rpc.made(answers[0])

    def then(asked: Asked[Any], record_id: str, known: Any) -> Sequence[VendorRequest]:
        return order_writes.then(kind, asked, record_id, known)

    def order_read(asked: Asked[Any], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
        return {"order": rpc.one(asked.account, kind.model, asked.record_id, DRAFT)}

    def update_reads(asked: Asked[Any], known: Reads) -> Mapping[str, VendorRequest]:
        wanted = dict(order_read(asked, known))
        row = rpc.only(known["order"]) if "order" in known else None
        if row is not None:
            wanted |= order_writes.order_reads(kind, asked, known, str(row["party"]))
        return wanted

    def update(asked: Asked[Any], reads: Reads) -> VendorRequest:
        order_writes.the_order(kind, asked, reads)
        body = asked.body
        values = days(body)
        if body.reference_id is not UNSET:
            values["reference"] = body.reference_id
        if body.location_id is not UNSET:
            values["warehouse"] = int(body.location_id)
        if body.currency_code is not UNSET:
            values["currency"] = order_writes.new_currency(reads)
        return order_writes.changed(kind, asked, reads, values)

    def cancel(asked: Asked[Any], reads: Reads) -> Sequence[VendorRequest]:
        return order_writes.cancelled(kind, asked, reads)

    of_order = rules(kind.party)
    return (
        WriteOperation(
            action=write_action("erp", f"create_{name}"),
            body=create_body,
            reads=create_reads,
            sample_reads=order_writes.sample_reads,
            translate=create,
            written_id=written_id,
            then=then,
            read_back=read_back,
            record=record,
            look_up=order_writes.by_reference(kind),
            rules=of_order,
        ),
        WriteOperation(
            action=write_action("erp", f"update_{name}"),
            body=update_body,
            reads=update_reads,
            sample_reads=order_writes.sample_reads,
            translate=update,
            read_back=read_back,
            record=record,
            repeatable=True,
            rules=of_order,
        ),
        WriteOperation(
            action=write_action("erp", f"cancel_{name}"),
            body=NoBody,
            reads=order_read,
            sample_reads=order_writes.sample_reads,
            translate=cancel,
            read_back=read_back,
            record=record,
            repeatable=True,
        ),
    )
