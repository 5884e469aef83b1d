"""Products and kits: items of a customer, `POST /customers/{id}/items` and `PUT .../items/{id}`.

Source: rels/customers/items and item. A kit is an item with components. An item's number means nothing
without its customer's, so a product's id here is both: `21-501`.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from crossdock.connector import (
    Account,
    Asked,
    LookUp,
    NotFound,
    Reads,
    Rule,
    VendorAnswer,
    VendorRequest,
    WriteOperation,
    vendor_path,
)
from crossdock.connector.operation import KnownChoices
from crossdock.connector.patterns import INT32_MAX
from crossdock.integrations.wms.extensiv.account import customer_id
from crossdock.integrations.wms.extensiv.fields import Customer
from crossdock.integrations.wms.extensiv.hal import NUMBER, REL, Model, embedded, if_match, numbered, rql
from crossdock.integrations.wms.extensiv.records import product_record
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, described
from crossdock.schemas.wms_writes import fields

EACH = {"inventoryUnit": {"unitIdentifier": {"name": "Each"}, "inventoryMethod": 1}}
"""A new item is counted in eaches, first in, first out; units of other kinds are set up at Extensiv."""

OWN_PROPERTIES = ("readOnly", "itemId", "_embedded", "_links")


class KitPart(WriteBody, kw_only=True):
    """An item in a kit, and how many units of it."""

    sku: fields.Sku
    unit_quantity: fields.UnitQuantity


KitParts = Annotated[list[KitPart], described("What the kit is made of")]


class CreateProduct(WriteBody, kw_only=True):
    """A new item."""

    trackstar_tags: Tags | Absent = UNSET
    name: fields.Name
    sku: fields.Sku
    gtin: fields.Gtin | Absent = UNSET
    warehouse_customer_id: Customer | Absent = UNSET


class UpdateProduct(WriteBody, kw_only=True):
    """What is to change of an item."""

    trackstar_tags: Tags | Absent = UNSET
    name: fields.Name | Absent = UNSET
    gtin: fields.Gtin | Absent = UNSET


class CreateKit(WriteBody, kw_only=True):
    """A new item that is made of others."""

    trackstar_tags: Tags | Absent = UNSET
    name: fields.Name
    sku: fields.Sku
    gtin: fields.Gtin | Absent = UNSET
    warehouse_customer_id: Customer | Absent = UNSET
    inventory_items: KitParts


class UpdateKit(WriteBody, kw_only=True):
    """What is to change of a kit."""

    trackstar_tags: Tags | Absent = UNSET
    name: fields.Name | Absent = UNSET
    gtin: fields.Gtin | Absent = UNSET
    inventory_items: KitParts | Absent = UNSET


New = CreateProduct | CreateKit


def kit_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """A kit has parts."""
    part = {"properties": {"unit_quantity": {"minimum": 1, "maximum": INT32_MAX}}}
    return [
        Rule(
            "A kit has at least one part, and at least one unit of each.",
            {"properties": {"inventory_items": {"minItems": 1, "items": part}}},
        )
    ]


def _owner(asked: Asked[Any]) -> int:
    given = asked.body.warehouse_customer_id
    return customer_id(asked.account) if given is UNSET else int(given)


def _changes(body: Any) -> Model:
    item: Model = {}
    if body.name is not UNSET:
        item["description"] = body.name
    if body.gtin is not UNSET:
        item["upc"] = body.gtin
    parts = getattr(body, "inventory_items", UNSET)
    if parts is not UNSET:
        item["kit"] = {
            "components": [{"itemIdentifier": {"sku": part.sku}, "qty": part.unit_quantity} for part in parts]
        }
    return item


def create(asked: Asked[New], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /customers/{id}/items`."""
    path = vendor_path("customers", _owner(asked), "items")
    return VendorRequest("POST", path, body={"sku": asked.body.sku, **_changes(asked.body), "options": EACH})


def item_id(asked: Asked[New], answers: Sequence[VendorAnswer]) -> str:
    """The customer's number and `itemId`. Raises `ValueError` when it is missing."""
    try:
        return f"{_owner(asked)}-{int(answers[0].json()['itemId'])}"
    except (KeyError, TypeError) as error:
        raise ValueError("the answer names no itemId") from error


def read_item(account: Account, record_id: str) -> VendorRequest:
    """`GET /customers/{id}/items/{id}`. A number alone is of the account's own customer."""
    customer, dash, item = record_id.partition("-")
    if not dash:
        customer, item = str(customer_id(account)), record_id
    return VendorRequest("GET", vendor_path("customers", customer, "items", item))


def find(asked: Asked[New]) -> VendorRequest:
    """`GET /customers/{id}/items` by SKU."""
    path = vendor_path("customers", _owner(asked), "items")
    return VendorRequest("GET", path, {"rql": rql(sku=asked.body.sku)})


def _parts_wanted(body: New) -> list[tuple[str, int]]:
    parts = body.inventory_items if isinstance(body, CreateKit) else ()
    return sorted((part.sku, part.unit_quantity) for part in parts)


def _parts_there(item: Model) -> list[tuple[str, int]]:
    parts = (item.get("kit") or {}).get("components") or ()
    return sorted((part["itemIdentifier"]["sku"], int(part["qty"])) for part in parts)


def found(asked: Asked[New], answer: Any) -> str | None:
    """The id of the item that has this SKU, this name and these parts."""
    for item in embedded(answer or {}, REL + "customers/item"):
        same = (item.get("sku"), item.get("description")) == (asked.body.sku, asked.body.name)
        if same and _parts_there(item) == _parts_wanted(asked.body):
            return f"{_owner(asked)}-{item['itemId']}"
    return None


def current(asked: Asked[Any], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The item as it is, for its ETag and what does not change. Raises `NotFound`."""
    return {"item": read_item(asked.account, numbered(asked.record_id, f"({NUMBER}-)?{NUMBER}"))}


def a_current_item(asked: Asked[Any]) -> Reads:
    """An item of the account's customer."""
    item = {"itemId": 1, "sku": asked.reference, "description": "item"}
    return Reads({"item": item}, {"item": {"etag": '"1"'}})


def update(asked: Asked[Any], reads: Reads) -> VendorRequest:
    """`PUT /customers/{id}/items/{id}` with `If-Match`. Raises `NotFound`."""
    if reads["item"] is None:
        raise NotFound("Extensiv has no such item.", extra={"id": asked.record_id})
    kept = {
        name: value
        for name, value in reads["item"].items()
        if name not in OWN_PROPERTIES and value is not None
    }
    path = read_item(asked.account, asked.record_id).path
    return VendorRequest("PUT", path, body={**kept, **_changes(asked.body)}, headers=if_match(reads, "item"))


CREATE_PRODUCT = WriteOperation(
    action=write_action("wms", "create_product"),
    body=CreateProduct,
    translate=create,
    written_id=item_id,
    read_back=read_item,
    record=product_record,
    look_up=LookUp(find, found),
)
UPDATE_PRODUCT = WriteOperation(
    action=write_action("wms", "update_product"),
    body=UpdateProduct,
    reads=current,
    sample_reads=a_current_item,
    translate=update,
    read_back=read_item,
    record=product_record,
    repeatable=True,
)
CREATE_KIT = WriteOperation(
    action=write_action("wms", "create_kit"),
    body=CreateKit,
    translate=create,
    written_id=item_id,
    read_back=read_item,
    record=product_record,
    look_up=LookUp(find, found),
    rules=kit_rules,
)
UPDATE_KIT = WriteOperation(
    action=write_action("wms", "update_kit"),
    body=UpdateKit,
    reads=current,
    sample_reads=a_current_item,
    translate=update,
    read_back=read_item,
    record=product_record,
    repeatable=True,
    rules=kit_rules,
)
