"""The items that the lines of an order name, read before the order is sent: a fault then names its line."""

from collections.abc import Mapping, Sequence
from typing import Any

from crossdock.connector import FieldFault, Reads, Unprocessable, VendorRequest
from crossdock.integrations.erp.business_central import odata
from crossdock.integrations.erp.business_central.odata import Row
from crossdock.schemas.fields import UNSET

AT_ONCE = 40
"""So many items in one filter, which stays well below what a URL may have."""

SAMPLE_ID = "00000000-0000-4000-8000-"


def item_reads(lines: Any) -> Mapping[str, VendorRequest]:
    """Requests for the items of lines. A filter asks for one property: `or` joins no two of them there."""
    if lines is UNSET:
        return {}
    ids = sorted({line.item_id.lower() for line in lines if line.item_id is not UNSET})
    numbers = sorted({line.sku.upper() for line in lines if line.sku is not UNSET})
    wanted = {}
    for name, terms in (
        ("id", [f"id eq {value}" for value in ids]),
        ("number", [f"number eq {odata.quoted(value)}" for value in numbers]),
    ):
        for at in range(0, len(terms), AT_ONCE):
            query = {"$filter": " or ".join(terms[at : at + AT_ONCE])}
            wanted[f"items/{name}/{at}"] = odata.collection("items", query)
    return wanted


def items_of(lines: Sequence[Any], reads: Reads) -> Sequence[str]:
    """The id of the item of each line. Raises `Unprocessable` for lines that name none to be had."""
    found = [row for name, answer in reads.items() if name.startswith("items/") for row in odata.rows(answer)]
    by_id = {str(row["id"]).lower(): row for row in found}
    by_number = {str(row["number"]).upper(): row for row in found}
    ids, faults = [], []
    for at, line in enumerate(lines):
        item = _item(line, by_id, by_number)
        if isinstance(item, str):
            field = "sku" if line.item_id is UNSET else "item_id"
            faults.append(FieldFault(f"/line_items/{at}/{field}", item))
        else:
            ids.append(str(item["id"]))
    if faults:
        raise Unprocessable("A line names no item that can be ordered.", faults)
    return ids


def _item(line: Any, by_id: Mapping[str, Row], by_number: Mapping[str, Row]) -> Row | str:
    item = by_number.get(line.sku.upper()) if line.item_id is UNSET else by_id.get(line.item_id.lower())
    if item is None:
        return "names no item of Business Central"
    if line.sku is not UNSET and str(item["number"]).upper() != line.sku.upper():
        return "is another item than the sku's"
    return "names an item that is blocked" if item.get("blocked") else item


def sample_items(lines: Any) -> Mapping[str, Any]:
    """An item for each line, for rehearsals."""
    if lines is UNSET:
        return {}
    rows = []
    for line in lines:
        number = "SKU" if line.sku is UNSET else line.sku
        made_up = f"{SAMPLE_ID}{sum(number.encode()):012x}"
        rows.append({"id": made_up if line.item_id is UNSET else line.item_id, "number": number})
    return {"items/sample": {"value": rows}}
