"""Products, their variants and the units of each that can be sold."""

from typing import Any

from msgspec import UNSET

from crossdock.sandbox.cart.bodies import Adjust, AdjustMany, NewProduct
from crossdock.sandbox.refusals import conflict, unfit
from crossdock.sandbox.site import Record, Site

MOST_UNITS = 1_000_000


def add_product(site: Site, body: NewProduct) -> list[Record]:
    """The product and its variants, all new. Raises `Refused` for a SKU that is taken."""
    skus = [variant.sku for variant in body.variants]
    for at, sku in enumerate(skus):
        if sku in skus[:at] or site.shelves.find("cart_products", sku):
            raise conflict(f"SKU {sku} is taken.", f"/variants/{at}/sku")
    warehouse_id = first_warehouse(site)
    parent = _product(site, body.name, None)
    parent["parent_product_id"] = parent["id"]
    made = [site.save("cart_products", parent)]
    for variant in body.variants:
        child = _product(site, f"{body.name} - {variant.name}", variant.sku)
        child |= {"parent_product_id": parent["id"], "price": variant.price, "unit_cost": variant.price / 2}
        child["inventory_by_warehouse_id"] = {warehouse_id: variant.stock}
        made.append(site.save("cart_products", child))
    return made


def _product(site: Site, name: str, sku: str | None) -> Record:
    fields: dict[str, Any] = {
        "name": name,
        "sku": sku,
        "gtin": None,
        "is_kit": False,
        "active": True,
        "price": None,
        "unit_cost": None,
        "image_url": None,
        "categories": ["Samples"],
        "tags": ["sandbox"],
        "inventory_by_warehouse_id": {},
    }
    return site.new("cart_products", fields)


def product_view(product: Record) -> Record:
    """The product as it is answered: with the sum of its stock; a parent has none of its own."""
    is_parent = product["parent_product_id"] == product["id"]
    total = None if is_parent else sum(product["inventory_by_warehouse_id"].values())
    return {**product, "inventory": total}


def adjust(site: Site, product_id: str, body: Adjust) -> Record:
    """The variant with its new stock. Raises `Refused`, with 409 for a parent or a figure out of bounds."""
    product = _variant(site.get("cart_products", product_id))
    warehouse_id = first_warehouse(site) if body.warehouse_id is UNSET else body.warehouse_id
    if site.shelves.get("cart_warehouses", warehouse_id) is None:
        raise unfit(f"There is no {warehouse_id} among the warehouses.", "/warehouse_id")
    there = product["inventory_by_warehouse_id"].get(warehouse_id, 0)
    after = {
        "increase": there + body.quantity,
        "decrease": there - body.quantity,
        "exact": body.quantity,
    }[body.adjustment_type]
    if not 0 <= after <= MOST_UNITS:
        raise conflict(f"{product['sku']} has {there} units in {warehouse_id}; {after} it cannot have.")
    product["inventory_by_warehouse_id"][warehouse_id] = after
    return site.save("cart_products", product)


def adjust_many(site: Site, body: AdjustMany) -> Record:
    """Sets the stock of several variants, or of none; the last one of them. Raises `Refused`."""
    product: Record = {}
    named = set()
    for at, line in enumerate(body.line_items):
        if (line.product_id, line.warehouse_id) in named:
            raise unfit("A variant stands once with a warehouse.", f"/line_items/{at}")
        named.add((line.product_id, line.warehouse_id))
        found = site.shelves.get("cart_products", line.product_id)
        if found is None or found["parent_product_id"] == found["id"]:
            raise unfit(f"{line.product_id} is no variant.", f"/line_items/{at}/product_id")
        if site.shelves.get("cart_warehouses", line.warehouse_id) is None:
            words = f"There is no {line.warehouse_id} among the warehouses."
            raise unfit(words, f"/line_items/{at}/warehouse_id")
        found["inventory_by_warehouse_id"][line.warehouse_id] = line.quantity
        product = site.save("cart_products", found)
    return product


def take(site: Site, product: Record, units: int) -> None:
    """Takes units out of the first warehouses that have them; they are known to be there."""
    for warehouse_id, there in product["inventory_by_warehouse_id"].items():
        taken = min(units, there)
        product["inventory_by_warehouse_id"][warehouse_id] = there - taken
        units -= taken
    site.save("cart_products", product)


def put_back(site: Site, product_id: str, units: int) -> None:
    """Lays units back into the first warehouse."""
    product = site.get("cart_products", product_id)
    warehouse_id = first_warehouse(site)
    stock = product["inventory_by_warehouse_id"]
    stock[warehouse_id] = stock.get(warehouse_id, 0) + units
    site.save("cart_products", product)


def first_warehouse(site: Site) -> str:
    """The id of the warehouse that is meant when none is named."""
    return str(site.shelves.all("cart_warehouses")[0]["id"])


def _variant(product: Record) -> Record:
    if product["parent_product_id"] == product["id"]:
        raise conflict(f"{product['id']} is a product with variants; only the variants have stock.")
    return product
