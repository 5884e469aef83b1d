"""Whom and where an account can book for: the companies and places of its network that have a reference.

Sources: `GET /network/company_entities` (model `CompanyEntity`) and `GET /network/locations` (`Location`).
The vendor's tutorial on bookings says that both have to be set up before a booking names them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from crossdock.connector import Account, Choices, LeftOut, Option, VendorRequest
from crossdock.integrations.freight.flexport.answers import next_page, numbered_pages, rows_of


def _parse(answer: Any) -> Choices:
    """Rows of `ref` and `name`. Raises `ValueError` when the answer is no page of records."""
    rows, left_out = [], []
    for row in rows_of(answer):
        if not isinstance(row, Mapping):
            raise ValueError("the answer has a row that is no record")  # noqa: TRY004
        if row.get("ref"):
            rows.append({"ref": str(row["ref"]), "name": row.get("name")})
        else:
            named = f"{row.get('id')} {row.get('name') or ''}".strip()
            left_out.append(LeftOut(named, "it has no reference to be booked by"))
    return Choices(rows, left_out)


def _request(path: str) -> Callable[[Account], VendorRequest]:
    return lambda account: numbered_pages(path, None)  # noqa: ARG005


def _following(path: str) -> Callable[[Any], VendorRequest | None]:
    def following(answer: Any) -> VendorRequest | None:
        number = next_page(answer)
        return None if number is None else numbered_pages(path, number)

    return following


def _option(name: str, path: str) -> Option:
    return Option(name, _request(path), _parse, _following(path))


COMPANIES = _option("companies", "/network/company_entities")
PLACES = _option("places", "/network/locations")
