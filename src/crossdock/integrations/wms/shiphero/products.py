"""`create_product` and `update_product` become the mutations `product_create` and `product_update`."""

from collections.abc import Sequence
from typing import Annotated, Any

from crossdock.connector import Asked, LookUp, Reads, Rule, VendorAnswer, VendorRequest, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.wms.shiphero.graphql import Record, as_answer, mutation, written
from crossdock.integrations.wms.shiphero.product_record import (
    product_of,
    product_read,
    product_record,
    read_product,
    read_sku,
    the_product,
)
from crossdock.integrations.wms.shiphero.values import NOT_NEGATIVE, Measurements, dimensions, given
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, account_value
from crossdock.schemas.wms_writes import fields

WarehouseId = Annotated[
    str, account_value("warehouses", "id", "Id of a warehouse that is to have the product")
]

SIZES = {"properties": dict.fromkeys(("length", "width", "height", "weight"), NOT_NEGATIVE)}


class CreateProduct(WriteBody, kw_only=True):
    """A new product."""

    sku: fields.Sku
    name: fields.Name
    gtin: fields.Gtin | Absent = UNSET
    warehouse_id: WarehouseId | Absent = UNSET
    measurements: Measurements | Absent = UNSET
    trackstar_tags: Tags | Absent = UNSET


class UpdateProduct(WriteBody, kw_only=True):
    """What is to change of a product."""

    name: fields.Name | Absent = UNSET
    gtin: fields.Gtin | Absent = UNSET
    warehouse_id: WarehouseId | Absent = UNSET
    measurements: Measurements | Absent = UNSET
    trackstar_tags: Tags | Absent = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """Sizes are not negative."""
    return [Rule("No size or weight is below 0.", {"properties": {"measurements": SIZES}})]


def no_stock_in(warehouse_id: Any) -> list[Record]:
    """`CreateWarehouseProductInput` of a warehouse that has none of the product yet."""
    return [] if warehouse_id is UNSET else [{"warehouse_id": warehouse_id, "on_hand": 0}]


def translate_create(asked: Asked[CreateProduct], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """Mutation `product_create`."""
    body = asked.body
    data = {
        "sku": body.sku,
        "name": body.name,
        "barcode": given(body.gtin),
        "warehouse_products": no_stock_in(body.warehouse_id),
        "dimensions": None if body.measurements is UNSET else dimensions(body.measurements),
    }
    return mutation("product_create", "CreateProductInput", data, "product { id }")


def changes(asked: Asked[Any], product: Record) -> list[VendorRequest]:
    """Mutations `product_add_to_warehouse` and `product_update`, each only if asked for."""
    body, sku, requests = asked.body, product["sku"], []
    there = [stock.get("warehouse_id") for stock in product.get("warehouse_products") or ()]
    if body.warehouse_id is not UNSET and body.warehouse_id not in there:
        data = {"sku": sku, "warehouse_id": body.warehouse_id, "on_hand": 0}
        requests.append(
            mutation(
                "product_add_to_warehouse", "AddProductToWarehouseInput", data, "warehouse_product { id }"
            )
        )
    data = {
        "name": given(body.name),
        "barcode": given(body.gtin),
        "dimensions": None if body.measurements is UNSET else dimensions(body.measurements),
    }
    if any(value is not None for value in data.values()):
        requests.append(
            mutation("product_update", "UpdateProductInput", {"sku": sku} | data, "product { id }")
        )
    return requests


def translate_update(asked: Asked[UpdateProduct], reads: Reads) -> Sequence[VendorRequest]:
    """The changes of the product of the path. Raises `NotFound`."""
    return changes(asked, the_product(asked, reads))


def sample_reads(asked: Asked[Any]) -> Reads:  # noqa: ARG001
    """A product in no warehouse."""
    return Reads({"product": as_answer("product", {"id": "product", "sku": "sku", "warehouse_products": []})})


def written_id(asked: Asked[Any], answers: Sequence[VendorAnswer]) -> str:  # noqa: ARG001
    """The id of the product. Raises `ValueError` when it is missing."""
    return written(answers[0], "product_create", "product")


def find(asked: Asked[Any]) -> VendorRequest:
    """Query `product`, by the caller's SKU."""
    return read_sku(asked.body.sku)


def found(asked: Asked[CreateProduct], decoded: Any) -> str | None:
    """The id of the product with this SKU, name and barcode."""
    product = product_of(decoded)
    if product is None or product.get("name") != asked.body.name:
        return None
    return str(product["id"]) if given(asked.body.gtin) in (None, product.get("barcode")) else None


CREATE = WriteOperation(
    action=write_action("wms", "create_product"),
    body=CreateProduct,
    translate=translate_create,
    written_id=written_id,
    read_back=read_product,
    record=product_record,
    look_up=LookUp(find, found),
    rules=rules,
)

UPDATE = WriteOperation(
    action=write_action("wms", "update_product"),
    body=UpdateProduct,
    reads=product_read,
    sample_reads=sample_reads,
    translate=translate_update,
    read_back=read_product,
    record=product_record,
    repeatable=True,
    rules=rules,
)
