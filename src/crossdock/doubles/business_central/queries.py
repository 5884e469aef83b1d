"""The part of OData that the double understands: `$filter`, `$expand` of lines, `$top`, and pages.

A filter is comparisons joined by `and`, or alternatives of one property joined by `or`: the server does not
take `or` between properties. Anything else is refused with 501: to ignore it would answer something else.
"""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from crossdock.doubles.business_central.company import PARENTS, Asked, Model, Refusal
from crossdock.doubles.double import Refused

TERM = re.compile(r"(\w+) (eq|ne|ge|gt|le|lt) ('(?:[^']|'')*'|[^\s']+)")
REPEATED = ("$filter", "$expand")
"""What a link to the next page has of the request before."""

PREFERRED = re.compile(r"odata\.maxpagesize=(\d+)")


def collection(name: str) -> Any:
    """`GET` of a collection."""

    def answer(asked: Asked) -> Model:
        parameters = asked.parameters
        rows = list(_chosen(asked.company.records[name].values(), parameters.get("$filter")))
        # The token is a place in the table: what comes or goes before it shifts no page.
        after = parameters.get("$skiptoken")
        if after is not None:
            places = list(asked.company.records[name])
            if after not in places:
                raise Refusal("The skip token is not valid.", "BadRequest_InvalidToken")
            rows = [row for row in rows if places.index(row["id"]) > places.index(after)]
        if "$top" in parameters:
            rows, size = rows[: parameters["$top"]], parameters["$top"]
        else:
            size = _page_size(asked)
        found = [expanded(asked, name, row) for row in rows[:size]]
        page: Model = {"@odata.context": f"{asked.link}/$metadata#{name}", "value": found}
        if len(rows) > size:
            kept = {key: value for key, value in parameters.items() if key in REPEATED}
            kept["$skiptoken"] = found[-1]["id"]
            page["@odata.nextLink"] = f"{asked.link}?{urlencode(kept)}"
        return page

    return answer


def one(name: str) -> Any:
    """`GET` of a record."""
    return lambda asked: expanded(asked, name, asked.company.one(name, asked.parameters["id"]))


def expanded(asked: Asked, name: str, row: Model) -> Model:
    """A record as it is answered, with its lines where they are asked for."""
    wanted = asked.parameters.get("$expand")
    if wanted is None:
        return dict(row)
    if PARENTS.get(name) != wanted:
        raise Refused(f"This double does not expand {wanted}.", 501)
    return {**row, wanted: [dict(line) for line in asked.company.lines(name, row["id"])]}


def _page_size(asked: Asked) -> int:
    preferred = PREFERRED.search(asked.parameters.get("Prefer", ""))
    most = asked.company.largest_page
    return most if preferred is None else max(1, min(most, int(preferred[1])))


def _chosen(rows: Iterable[Model], text: str | None) -> Iterable[Model]:
    if text is None:
        return rows
    terms = [(found[1], found[2], _literal(found[3])) for found in TERM.finditer(text)]
    left = TERM.sub("", text).split()
    joints = set(left)
    if not terms or len(left) != len(terms) - 1 or len(joints) > 1 or joints - {"and", "or"}:
        raise Refused(f"This double does not understand the filter {text}.", 501)
    if joints == {"or"} and len({name for name, _, _ in terms}) > 1:
        raise Refusal(
            "An OR between different fields is not supported.", "BadRequest_MethodNotImplemented", 501
        )
    joined = any if joints == {"or"} else all
    return [row for row in rows if joined(_holds(row, *term) for term in terms)]


def _literal(text: str) -> str:
    return text[1:-1].replace("''", "'") if text.startswith("'") else text


def _holds(row: Model, name: str, operator: str, value: str) -> bool:
    if name not in row:
        raise Refusal(f"Could not find a property named '{name}'.", "BadRequest")
    own = str(row[name])
    if operator in {"eq", "ne"}:
        return (own.lower() == value.lower()) == (operator == "eq")
    return {"ge": own >= value, "gt": own > value, "le": own <= value, "lt": own < value}[operator]
