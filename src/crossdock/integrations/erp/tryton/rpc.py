"""Tryton's JSON-RPC as requests and answers: every call is a POST with a method and its parameters.

Source: Tryton 8.2, `trytond/protocols/dispatcher.py` and `jsonrpc.py`. The last parameter is the context. A
request with exactly `id`, `method` and `params` is answered with 200 and `result` or `error`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from crossdock.connector import Account, VendorAnswer, VendorRequest, vendor_path

Domain = list[Any]
Row = dict[str, Any]

BY_ID = [["id", "ASC"]]


def path(account: Account) -> str:
    """Where the account's database is called."""
    return vendor_path(account["database"], "rpc") + "/"


def call(account: Account, method: str, *params: Any, **context: Any) -> VendorRequest:
    """A call of `model.<name>.<method>` in the context of the account's company."""
    company = int(account["company_id"])
    own = {"company": company, "companies": [company], **context}
    return VendorRequest("POST", path(account), body={"id": 1, "method": method, "params": [*params, own]})


def search(
    account: Account,
    model: str,
    domain: Domain,
    names: Sequence[str],
    limit: int | None = None,
    **context: Any,
) -> VendorRequest:
    """The records that a domain finds, by id. Names with points read what a field refers to."""
    return call(account, f"model.{model}.search_read", domain, 0, limit, BY_ID, list(names), **context)


def one(account: Account, model: str, record_id: str, names: Sequence[str]) -> VendorRequest:
    """The record of an id, as a list; an empty one when there is none, or the id is no number."""
    return search(account, model, [["id", "=", number(record_id) or 0]], names)


def changed(model: str, rows: Sequence[Row]) -> Mapping[str, str | None]:
    """What goes into the context as `_timestamp`: Tryton refuses to write over a later change of these."""
    return {f"{model},{row['id']}": row.get("_timestamp") for row in rows}


def result(decoded: Any) -> Any:
    """What a call answered. Raises `ValueError` for anything else than an answer of a call."""
    if not isinstance(decoded, dict) or "result" not in decoded:
        raise ValueError("the answer has no result")
    return decoded["result"]


def rows(decoded: Any) -> list[Row]:
    """The records of a search. Raises `ValueError` when the answer has none."""
    found = result(decoded)
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise ValueError("the answer is no list of records")
    return found


def only(decoded: Any) -> Row | None:
    """The first record of a search, or `None`."""
    return next(iter(rows(decoded)), None)


def as_answer(value: Any) -> Row:
    """An answer of a call, as `result` reads it."""
    return {"id": 1, "result": value}


def made(answer: VendorAnswer) -> str:
    """The id of the one record that a call of `create` made. Raises `ValueError` when there is none."""
    found = result(answer.json())
    if not isinstance(found, list) or len(found) != 1 or not isinstance(found[0], int):
        raise ValueError("the answer to create names no record")
    return str(found[0])


LARGEST_ID = 2**31 - 1


def number(text: str) -> int | None:
    """The number of a record; `None` for a text that is no id."""
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text[:12]) <= LARGEST_ID else None
