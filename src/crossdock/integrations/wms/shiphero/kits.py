"""`create_kit` and `update_kit`: a kit is a product, and `kit_build` says what it is made of."""

from collections.abc import Sequence
from typing import Annotated, Any

from crossdock.connector import Asked, LookUp, Reads, Rule, VendorRequest, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.wms.shiphero.graphql import Record, mutation
from crossdock.integrations.wms.shiphero.product_record import (
    product_of,
    product_read,
    product_record,
    read_product,
    the_product,
)
from crossdock.integrations.wms.shiphero.products import (
    SIZES,
    WarehouseId,
    changes,
    find,
    no_stock_in,
    sample_reads,
    written_id,
)
from crossdock.integrations.wms.shiphero.refusals import lines_blamed
from crossdock.integrations.wms.shiphero.values import POSITIVE, Measurements
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, described
from crossdock.schemas.wms_writes import fields


class KitComponent(WriteBody, kw_only=True):
    """A product in a kit, and how many units of it."""

    sku: fields.Sku
    unit_quantity: fields.UnitQuantity


Components = Annotated[list[KitComponent], described("What the kit is made of")]

COMPONENT_RULES = {"minItems": 1, "items": {"properties": {"unit_quantity": POSITIVE}}}


class CreateKit(WriteBody, kw_only=True):
    """A new kit."""

    sku: fields.Sku
    name: fields.Name
    warehouse_id: WarehouseId | Absent = UNSET
    inventory_items: Components
    trackstar_tags: Tags | Absent = UNSET


class UpdateKit(WriteBody, kw_only=True):
    """What is to change of a kit."""

    name: fields.Name | Absent = UNSET
    gtin: fields.Gtin | Absent = UNSET
    warehouse_id: WarehouseId | Absent = UNSET
    measurements: Measurements | Absent = UNSET
    inventory_items: Components | Absent = UNSET
    trackstar_tags: Tags | Absent = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone do not say."""
    return [
        Rule(
            "A kit has at least one component, and each at least one unit.",
            {"properties": {"inventory_items": COMPONENT_RULES, "measurements": SIZES}},
        ),
        Rule("Each component is a product that ShipHero has, and no kit itself."),
    ]


def translate_create(asked: Asked[CreateKit], reads: Reads) -> Sequence[VendorRequest]:  # noqa: ARG001
    """Mutations `product_create` and `kit_build`."""
    body = asked.body
    data = {
        "sku": body.sku,
        "name": body.name,
        "kit": True,
        "warehouse_products": no_stock_in(body.warehouse_id),
    }
    made = mutation("product_create", "CreateProductInput", data, "product { id }")
    return [made, _build(body.sku, body.inventory_items)]


def _build(sku: str, components: Sequence[KitComponent]) -> VendorRequest:
    parts = [{"sku": one.sku, "quantity": one.unit_quantity} for one in components]
    return mutation("kit_build", "BuildKitInput", {"sku": sku, "components": parts}, "product { id }")


def translate_update(asked: Asked[UpdateKit], reads: Reads) -> Sequence[VendorRequest]:
    """The changes of the kit of the path, its components last. Raises `NotFound`."""
    product = the_product(asked, reads)
    requests = changes(asked, product)
    if asked.body.inventory_items is not UNSET:
        wanted = [component.sku for component in asked.body.inventory_items]
        gone = [one["sku"] for one in product.get("kit_components") or () if one["sku"] not in wanted]
        requests.append(_build(product["sku"], asked.body.inventory_items))
        if gone:
            data = {"sku": product["sku"], "components": [{"sku": sku} for sku in gone]}
            requests.append(
                mutation("kit_remove_components", "RemoveKitComponentsInput", data, "product { id }")
            )
    return requests


def found(asked: Asked[CreateKit], decoded: Any) -> str | None:
    """The id of the kit with this SKU, name and components."""
    product = product_of(decoded)
    if product is None or product.get("name") != asked.body.name:
        return None
    wanted = sorted((one.sku, one.unit_quantity) for one in asked.body.inventory_items)
    return str(product["id"]) if _components(product) == wanted else None


def _components(product: Record) -> list[tuple[str, int]]:
    return sorted((one["sku"], one["quantity"]) for one in product.get("kit_components") or ())


CREATE = WriteOperation(
    action=write_action("wms", "create_kit"),
    body=CreateKit,
    translate=translate_create,
    written_id=written_id,
    read_back=read_product,
    record=product_record,
    look_up=LookUp(find, found),
    refused=lines_blamed("inventory_items", "unit_quantity"),
    rules=rules,
)

UPDATE = WriteOperation(
    action=write_action("wms", "update_kit"),
    body=UpdateKit,
    reads=product_read,
    sample_reads=sample_reads,
    translate=translate_update,
    read_back=read_product,
    record=product_record,
    repeatable=True,
    refused=lines_blamed("inventory_items", "unit_quantity"),
    rules=rules,
)
