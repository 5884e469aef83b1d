"""Products and kits."""

from collections.abc import Sequence
from typing import Annotated, Any

from crossdock.connector import Asked, Reads, Rule, VendorRequest, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.sandboxes.requests import (
    NUMBER,
    TEXT,
    UNITS,
    by_reference,
    read_back,
    write,
    written_id,
)
from crossdock.integrations.wms.sandbox import records
from crossdock.integrations.wms.sandbox.sizes import Measurements
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, described
from crossdock.schemas.wms_writes import fields

MOST_COMPONENTS = 100


class CreateProduct(WriteBody, kw_only=True):
    """A new product."""

    trackstar_tags: Tags | Absent = UNSET
    sku: fields.Sku
    name: fields.Name
    gtin: fields.Gtin | Absent = UNSET
    measurements: Measurements | Absent = UNSET


class UpdateProduct(WriteBody, kw_only=True):
    """What is to change of a product."""

    trackstar_tags: Tags | Absent = UNSET
    sku: fields.Sku | Absent = UNSET
    name: fields.Name | Absent = UNSET
    gtin: fields.Gtin | Absent = UNSET
    measurements: Measurements | Absent = UNSET


class KitComponent(WriteBody, kw_only=True):
    """A product in a kit, and how many units of it."""

    sku: fields.Sku
    unit_quantity: fields.UnitQuantity


Components = Annotated[list[KitComponent], described("What the kit is made of")]


class CreateKit(WriteBody, kw_only=True):
    """A new kit."""

    trackstar_tags: Tags | Absent = UNSET
    sku: fields.Sku
    name: fields.Name
    gtin: fields.Gtin
    measurements: Measurements
    inventory_items: Components


class UpdateKit(WriteBody, kw_only=True):
    """What is to change of a kit."""

    trackstar_tags: Tags | Absent = UNSET
    sku: fields.Sku | Absent = UNSET
    name: fields.Name | Absent = UNSET
    gtin: fields.Gtin | Absent = UNSET
    measurements: Measurements | Absent = UNSET
    inventory_items: Components | Absent = UNSET


SIZES: dict[str, Any] = {"sku": NUMBER, "name": TEXT, "gtin": TEXT}


def product_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone leave unsaid."""
    return [
        Rule(
            "A SKU has up to 200 characters, other texts up to 10000.",
            {"properties": SIZES},
        ),
        Rule("A SKU is had by one product or kit only."),
    ]


def kit_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone leave unsaid."""
    component = {"properties": {"sku": NUMBER, "unit_quantity": UNITS}}
    items = {"minItems": 1, "maxItems": MOST_COMPONENTS, "items": component}
    return [
        Rule(
            "A kit has 1 to 100 components of 1 to 1000000 units each. A SKU has up to 200 characters, other "
            "texts up to 10000.",
            {"properties": {**SIZES, "inventory_items": items}},
        ),
        Rule(
            "A SKU is had by one product or kit only. Components are products that are no kits, each once. "
            "Orders keep the components that they were placed with."
        ),
    ]


def create_product(asked: Asked[CreateProduct], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /products`."""
    return write(asked, "POST", "products")


def update_product(asked: Asked[UpdateProduct], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`PUT /products/{id}`."""
    return write(asked, "PUT", "products", asked.record_id)


def create_kit(asked: Asked[CreateKit], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /kits`."""
    return write(asked, "POST", "kits")


def update_kit(asked: Asked[UpdateKit], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`PUT /kits/{id}`."""
    return write(asked, "PUT", "kits", asked.record_id)


NAMES: dict[type[WriteBody], str] = {
    Measurements: "ProductMeasurements",
    KitComponent: "ProductKitComponents",
}

OPERATIONS: tuple[WriteOperation[Any], ...] = (
    WriteOperation(
        action=write_action("wms", "create_product"),
        body=CreateProduct,
        translate=create_product,
        written_id=written_id,
        read_back=read_back("products"),
        record=records.product,
        look_up=by_reference("products"),
        rules=product_rules,
        component_names=NAMES,
    ),
    WriteOperation(
        action=write_action("wms", "update_product"),
        body=UpdateProduct,
        translate=update_product,
        read_back=read_back("products"),
        record=records.product,
        look_up=by_reference("products"),
        rules=product_rules,
        component_names=NAMES,
    ),
    WriteOperation(
        action=write_action("wms", "create_kit"),
        body=CreateKit,
        translate=create_kit,
        written_id=written_id,
        read_back=read_back("products"),
        record=records.product,
        look_up=by_reference("products"),
        rules=kit_rules,
        component_names=NAMES,
    ),
    WriteOperation(
        action=write_action("wms", "update_kit"),
        body=UpdateKit,
        translate=update_kit,
        read_back=read_back("products"),
        record=records.product,
        look_up=by_reference("products"),
        rules=kit_rules,
        component_names=NAMES,
    ),
)
