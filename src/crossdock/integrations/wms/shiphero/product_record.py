"""ShipHero's product as the canonical one, and as stock: types `Product` and `WarehouseProduct`."""

from collections.abc import Mapping
from typing import Any

from crossdock.connector import Account, Asked, NotFound, Reads, VendorRequest
from crossdock.integrations.wms.shiphero.graphql import Record, answered, query
from crossdock.integrations.wms.shiphero.values import measured, number, told_or_unknown, utc
from crossdock.schemas import wms

_STOCK = (
    "id warehouse_id warehouse_identifier price value on_hand allocated available backorder "
    "non_sellable_quantity active inventory_bin"
)
SELECTION = (
    " { id legacy_id account_id name sku barcode country_of_manufacture tariff_code kit kit_build created_at "
    "updated_at dimensions { weight height width length } product_note "
    f"warehouse_products {{ {_STOCK} }} kit_components {{ id sku quantity }} }}"
)


def read_product(account: Account, product_id: str) -> VendorRequest:  # noqa: ARG001
    """Query `product`, by id."""
    return query("product", {"id": ("String", product_id)}, SELECTION)


def read_sku(sku: str) -> VendorRequest:
    """Query `product`, by SKU."""
    return query("product", {"sku": ("String", sku)}, SELECTION)


def product_read(asked: Asked[Any], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The product of the path: a product is changed by its SKU, and the path has its id."""
    return {"product": read_product(asked.account, asked.record_id)}


def product_of(decoded: Any) -> Record | None:
    """The product in an answer; `None` when there was none. Raises `ValueError` when it is no product."""
    product = answered(decoded, "product")
    if product is None:
        return None
    if not isinstance(product, dict) or not isinstance(product.get("id"), str):
        raise ValueError("the answer is not a product")  # noqa: TRY004
    return product


def the_product(asked: Asked[Any], reads: Reads) -> Record:
    """The product that was read. Raises `NotFound` when ShipHero has none."""
    product = product_of(reads["product"])
    if product is None:
        raise NotFound(f"ShipHero has no product {asked.record_id}.", extra={"id": asked.record_id})
    return product


def product_record(decoded: Any) -> wms.Product:
    """The canonical record of a decoded answer to `read_product`. Raises `ValueError` when it is none."""
    product = _known(decoded)
    stocks = product.get("warehouse_products") or []
    components = product.get("kit_components") or []
    own = wms.ProductInventoryItem(inventory_item_id=product["id"], sku=product.get("sku"), unit_quantity=1)
    return wms.Product(
        id=product["id"],
        warehouse_customer_id=product.get("account_id"),
        created_date=told_or_unknown(product.get("created_at"), product.get("updated_at")),
        updated_date=told_or_unknown(product.get("updated_at"), product.get("created_at")),
        name=product.get("name") or "",
        sku=product.get("sku"),
        gtin=product.get("barcode"),
        unit_price=next((number(stock["price"]) for stock in stocks if stock.get("price")), None),
        inventory_items=[_component(one) for one in components] if product.get("kit") else [own],
        is_kit=bool(product.get("kit")),
        active=any(stock.get("active") for stock in stocks) if stocks else True,
        country_of_origin=product.get("country_of_manufacture"),
        harmonized_code=product.get("tariff_code"),
        additional_fields={
            "dimensions": product.get("dimensions"),
            "warehouse_ids": [stock.get("warehouse_id") for stock in stocks],
        },
    )


def inventory_record(decoded: Any) -> wms.InventoryItem:
    """The stock of the product in a decoded answer to `read_product`. Raises `ValueError` when it is none.

    What is available is on hand and not allocated; what cannot be sold is `non_sellable_quantity`.
    """
    product = _known(decoded)
    stocks = product.get("warehouse_products") or []
    by_warehouse = {
        stock["warehouse_id"]: _in_warehouse(stock) for stock in stocks if stock.get("warehouse_id")
    }
    return wms.InventoryItem(
        id=product["id"],
        warehouse_customer_id=product.get("account_id"),
        created_date=told_or_unknown(product.get("created_at"), product.get("updated_at")),
        updated_date=told_or_unknown(product.get("updated_at"), product.get("created_at")),
        name=product.get("name") or "",
        sku=product.get("sku"),
        unit_cost=next((number(stock["value"]) for stock in stocks if stock.get("value")), None),
        active=any(stock.get("active") for stock in stocks) if stocks else True,
        onhand=sum(one.onhand for one in by_warehouse.values()),
        committed=sum(one.committed or 0 for one in by_warehouse.values()),
        fulfillable=sum(one.fulfillable or 0 for one in by_warehouse.values()),
        unfulfillable=sum(one.unfulfillable or 0 for one in by_warehouse.values()),
        unsellable=sum(one.unsellable or 0 for one in by_warehouse.values()),
        sellable=sum(one.sellable or 0 for one in by_warehouse.values()),
        inventory_by_warehouse_id=by_warehouse,
        measurements=measured(product.get("dimensions")),
        additional_fields={"product_updated": utc(product.get("updated_at"))},
    )


def _known(decoded: Any) -> Record:
    product = product_of(decoded)
    if product is None:
        raise ValueError("the answer has no product")
    return product


def _component(component: Record) -> wms.ProductInventoryItem:
    return wms.ProductInventoryItem(
        inventory_item_id=str(component.get("id") or component.get("sku") or ""),
        sku=component.get("sku"),
        unit_quantity=int(component.get("quantity") or 0),
    )


def _in_warehouse(stock: Record) -> wms.InventoryInWarehouse:
    on_hand, allocated = int(stock.get("on_hand") or 0), int(stock.get("allocated") or 0)
    unsellable = int(stock.get("non_sellable_quantity") or 0)
    return wms.InventoryInWarehouse(
        onhand=on_hand,
        committed=allocated,
        unfulfillable=unsellable,
        fulfillable=on_hand - allocated - unsellable,
        unsellable=unsellable,
        sellable=on_hand - allocated - unsellable,
    )
