"""Products, each one inventory item, and kits, which are made of other products."""

from msgspec import UNSET, to_builtins

from crossdock.sandbox.parts import Absent
from crossdock.sandbox.refusals import conflict, missing, unfit
from crossdock.sandbox.site import Record, Site
from crossdock.sandbox.wms.bodies import (
    CreateKit,
    CreateProduct,
    KitComponent,
    UpdateKit,
    UpdateProduct,
)
from crossdock.sandbox.wms.stock import new_item


def create_product(site: Site, body: CreateProduct) -> Record:
    """A product and its inventory item, without any stock. Raises `Refused` for a SKU that is taken."""
    product = _new(site, body)
    item = site.save("inventory", new_item(site, product, product["measurements"] or {}))
    product["inventory_items"] = [{"inventory_item_id": item["id"], "sku": item["sku"], "unit_quantity": 1}]
    return site.save("products", product)


def create_kit(site: Site, body: CreateKit) -> Record:
    """A kit of known products. Raises `Refused` for a SKU that is taken or a component that cannot be one."""
    kit = _new(site, body)
    kit["is_kit"] = True
    kit["inventory_items"] = _components(site, body.inventory_items)
    return site.save("products", kit)


def update_product(site: Site, product_id: str, body: UpdateProduct) -> Record:
    """The product, changed; its inventory item and the kits it is in follow its SKU. Raises `Refused`."""
    product = site.get("products", product_id)
    old_sku = product["sku"]
    if body.sku is not UNSET and body.sku != old_sku:
        _check_sku_is_free(site, body.sku)
    changes = to_builtins(body)
    product.update(
        {name: changes[name] for name in ("sku", "name", "gtin", "measurements") if name in changes}
    )
    if not product["is_kit"]:
        follow(site, product)
    return site.save("products", product)


def update_kit(site: Site, kit_id: str, body: UpdateKit) -> Record:
    """The kit, changed. Raises `Refused`, with 404 when the product is no kit."""
    if not site.get("products", kit_id)["is_kit"]:
        raise missing(f"{kit_id} is a product, not a kit.")
    components: Absent | list[Record] = UNSET
    if body.inventory_items is not UNSET:
        components = _components(site, body.inventory_items)
    kit = update_product(site, kit_id, body)
    if components is not UNSET:
        kit["inventory_items"] = components
    return site.save("products", kit)


def product_of_sku(site: Site, sku: str, field: str) -> Record:
    """The product with that SKU. Raises `Refused` with 422 at `field`."""
    found = site.shelves.find("products", sku)
    if not found:
        raise unfit(f"There is no product with the SKU {sku}.", field)
    return found[0]


def item_of_sku(site: Site, sku: str, field: str) -> Record:
    """The inventory item with that SKU. Raises `Refused` with 422 at `field`, also for a kit."""
    product = product_of_sku(site, sku, field)
    if product["is_kit"]:
        raise unfit(f"{sku} is a kit; its components are kept in stock, the kit itself is not.", field)
    return site.get("inventory", product["inventory_items"][0]["inventory_item_id"])


def _new(site: Site, body: CreateProduct) -> Record:
    _check_sku_is_free(site, body.sku)
    fields: Record = {
        "sku": body.sku,
        "name": body.name,
        "gtin": body.gtin or None,
        "unit_price": None if body.unit_price is UNSET else body.unit_price,
        "measurements": to_builtins(body.measurements) if body.measurements else None,
        "is_kit": False,
        "active": True,
        "inventory_items": [],
    }
    return site.new("products", fields)


def _check_sku_is_free(site: Site, sku: str) -> None:
    taken = site.shelves.find("products", sku)
    if taken:
        raise conflict(f"The SKU {sku} is taken by {taken[0]['id']}.", "/sku")


def _components(site: Site, wanted: list[KitComponent]) -> list[Record]:
    rows: list[Record] = []
    for index, component in enumerate(wanted):
        field = f"/inventory_items/{index}/sku"
        item = item_of_sku(site, component.sku, field)
        if any(row["inventory_item_id"] == item["id"] for row in rows):
            raise unfit(f"{component.sku} is in the kit twice.", field)
        rows.append(
            {
                "inventory_item_id": item["id"],
                "sku": item["sku"],
                "unit_quantity": component.unit_quantity,
            }
        )
    return rows


def follow(site: Site, product: Record) -> None:
    """What repeats a product's name, SKU and measurements says the new ones."""
    part = product["inventory_items"][0]
    item = site.get("inventory", part["inventory_item_id"])
    part["sku"] = item["sku"] = product["sku"]
    item["name"] = product["name"]
    item["measurements"] = product["measurements"] or {}
    site.save("inventory", item)
    for kit in site.shelves.all("products"):
        rows = [row for row in kit["inventory_items"] if row["inventory_item_id"] == item["id"]]
        if kit["is_kit"] and any(row["sku"] != item["sku"] for row in rows):
            rows[0]["sku"] = item["sku"]
            site.save("products", kit)
