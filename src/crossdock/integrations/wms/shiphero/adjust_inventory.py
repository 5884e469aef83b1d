"""`adjust_inventory` becomes `inventory_add` or `inventory_remove` (type `UpdateInventoryInput`).

An inventory item is a product: the path has its id, and ShipHero wants its SKU.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from crossdock.connector import (
    Asked,
    FieldFault,
    LookUp,
    Reads,
    Rule,
    Unprocessable,
    VendorRequest,
    WriteOperation,
)
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.wms.shiphero.graphql import (
    answered,
    as_answer,
    connection,
    mutation,
    nodes,
    query,
)
from crossdock.integrations.wms.shiphero.product_record import (
    inventory_record,
    product_read,
    read_product,
    the_product,
)
from crossdock.integrations.wms.shiphero.values import POSITIVE, given
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, WriteBody, account_value
from crossdock.schemas.wms_writes import fields

MUTATIONS = {"increase": "inventory_add", "decrease": "inventory_remove"}
LOOKED_BACK = timedelta(days=30)
"""ShipHero searches reasons within 60 days at most (its reference, query `inventory_changes`)."""


class AdjustInventory(WriteBody, kw_only=True):
    """Units that are added to stock or taken from it."""

    quantity: fields.Quantity
    adjustment_type: fields.AdjustmentType
    warehouse_id: Annotated[str, account_value("warehouses", "id", "Id of the warehouse that has the stock")]
    location_id: fields.LocationId | Absent = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone do not say."""
    return [Rule("At least one unit is added or taken.", {"properties": {"quantity": POSITIVE}})]


def translate(asked: Asked[AdjustInventory], reads: Reads) -> VendorRequest:
    """The mutation; its `reason` tells which write it came with.

    Raises `NotFound`, or `Unprocessable` when the warehouse does not have the product.
    """
    product, body = the_product(asked, reads), asked.body
    warehouses = [stock.get("warehouse_id") for stock in product.get("warehouse_products") or ()]
    if body.warehouse_id not in warehouses:
        fault = FieldFault("/warehouse_id", "does not have the product", warehouses)
        raise Unprocessable("The product is not in that warehouse.", [fault])
    data = {
        "sku": product["sku"],
        "warehouse_id": body.warehouse_id,
        "quantity": body.quantity,
        "location_id": given(body.location_id),
        "reason": _reason(asked),
    }
    name = MUTATIONS[body.adjustment_type]
    return mutation(name, "UpdateInventoryInput", data, "warehouse_product { id }")


def _reason(asked: Asked[AdjustInventory]) -> str:
    return f"Crossdock {asked.reference}"


def sample_reads(asked: Asked[AdjustInventory]) -> Reads:
    """A product that the warehouse has."""
    stock = {"warehouse_id": asked.body.warehouse_id}
    product = {"id": "product", "sku": "sku", "warehouse_products": [stock]}
    return Reads({"product": as_answer("product", product)})


def find(asked: Asked[AdjustInventory]) -> VendorRequest:
    """Query `inventory_changes`, by the reason; that needs two dates."""
    now = datetime.now(UTC)
    return query(
        "inventory_changes",
        {
            "warehouse_id": ("String", asked.body.warehouse_id),
            "reason": ("String", _reason(asked)),
            "date_from": ("ISODateTime", f"{now - LOOKED_BACK:%Y-%m-%dT%H:%M:%S}"),
            "date_to": ("ISODateTime", f"{now + timedelta(days=1):%Y-%m-%dT%H:%M:%S}"),
        },
        connection("id reason", 5),
    )


def found(asked: Asked[AdjustInventory], decoded: Any) -> str | None:
    """The product's id when a change came with this write."""
    reasons = [one.get("reason") for one in nodes(answered(decoded, "inventory_changes"))]
    return asked.record_id if _reason(asked) in reasons else None


OPERATION = WriteOperation(
    action=write_action("wms", "adjust_inventory"),
    body=AdjustInventory,
    reads=product_read,
    sample_reads=sample_reads,
    translate=translate,
    read_back=read_product,
    record=inventory_record,
    look_up=LookUp(find, found),
    rules=rules,
)
