"""Records of the shop sandbox edited by hand. Orders took their units when they were placed: no stock follows
them."""

from crossdock.sandbox.cart import records
from crossdock.sandbox.editing import (
    Editable,
    Edits,
    check_at_most,
    check_is_free,
    check_stand_once,
    saved_as,
)
from crossdock.sandbox.refusals import unfit
from crossdock.sandbox.site import Record, Site


def _keep_order(site: Site, before: Record, after: Record) -> None:
    check_is_free(site, "cart_orders", "order_number", before, after)
    check_stand_once(after["line_items"], "line_item_id")
    check_at_most(after["line_items"], "refunded_quantity", "quantity")
    for at, line in enumerate(after["line_items"]):
        if line["product_id"] == site.get("cart_products", line["product_id"])["parent_product_id"]:
            raise unfit("is a product with variants; a variant is bought.", f"/line_items/{at}/product_id")
    site.save("cart_orders", after)


def _keep_product(site: Site, before: Record, after: Record) -> None:
    """Saves the product. What is bought, a variant, has an SKU and a price; its product has no stock."""
    check_is_free(site, "cart_products", "sku", before, after)
    if after["parent_product_id"] != after["id"]:
        for name in ("sku", "price"):
            if after[name] is None:
                raise unfit("can be neither null nor left out of a variant.", f"/{name}")
    elif after["inventory_by_warehouse_id"]:
        raise unfit("stays empty: only the variants of a product have stock.", "/inventory_by_warehouse_id")
    site.save("cart_products", {name: value for name, value in after.items() if name != "inventory"})


EDITS: Edits = {
    "cart_orders": Editable(records.Order, _keep_order),
    "cart_products": Editable(records.Product, _keep_product),
    "cart_warehouses": Editable(records.Warehouse, saved_as("cart_warehouses")),
}
