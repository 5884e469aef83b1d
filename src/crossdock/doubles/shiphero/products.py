"""Products, the kits among them, and their stock in each warehouse.

A product is named by its SKU (reference, `UpdateProductInput`). What is refused is ours: a SKU that is there
already, an unknown warehouse, and kit components that are no products or kits themselves.
"""

from collections.abc import Iterable

from crossdock.doubles.shiphero.account import ACCOUNT_ID, NOW, Account, Record, given
from crossdock.doubles.shiphero.asked import Asked
from crossdock.doubles.shiphero.declined import Declined, not_found

PRODUCT = (
    "name", "price", "value", "barcode", "country_of_manufacture", "dimensions", "tariff_code",
    "product_note",
    "kit", "kit_build", "no_air", "final_sale", "customs_value", "customs_description", "not_owned",
    "ignore_on_customs", "ignore_on_invoice", "dropship", "needs_serial_number", "virtual",
    "needs_lot_tracking", "tags", "packer_note",
)  # fmt: skip
STOCK = (
    "inventory_bin", "inventory_overstock_bin", "reserve_inventory", "replenishment_level", "reorder_level",
    "reorder_amount", "custom", "value", "value_currency", "price", "active",
)  # fmt: skip


def product(asked: Asked) -> Record:
    """One product, by id or SKU."""
    sku, identifier = asked.arguments.get("sku"), asked.arguments.get("id")
    if sku:
        return {"data": asked.account.product(sku)}
    if identifier not in asked.account.products:
        raise not_found("Product")
    return {"data": asked.account.products[identifier]}


def products(asked: Asked) -> Record:
    """Products by SKU, times and account; `has_kits` says whether they are kits."""
    found = asked.filtered(
        asked.account.products.values(),
        sku="sku",
        has_kits="kit",
        customer_account_id="account_id",
        created_from="created_at",
        created_to="created_at",
        updated_from="updated_at",
        updated_to="updated_at",
    )
    return {"data": found}


def warehouse_products(asked: Asked) -> Record:
    """Stock by warehouse and SKU."""
    stocks = [s for p in asked.account.products.values() for s in p["warehouse_products"]]
    found = asked.filtered(
        stocks,
        warehouse_id="warehouse_id",
        sku="sku",
        active="active",
        customer_account_id="account_id",
        created_from="created_at",
        created_to="created_at",
        updated_from="updated_at",
        updated_to="updated_at",
    )
    return {"data": found}


def product_create(asked: Asked) -> Record:
    """A product, in the warehouses that are named."""
    return {"product": add_product(asked.account, asked.data)}


def product_update(asked: Asked) -> Record:
    """Changes what is given of a product, found by its SKU."""
    record = asked.account.product(asked.data["sku"])
    record.update(given(asked.data, PRODUCT), updated_at=NOW)
    return {"product": record}


def product_add_to_warehouse(asked: Asked) -> Record:
    """Gives a product stock in one more warehouse."""
    record = asked.account.product(asked.data["sku"])
    if any(s["warehouse_id"] == asked.data["warehouse_id"] for s in record["warehouse_products"]):
        raise Declined("Product is already in that warehouse")
    stock = _stock(asked.account, record, asked.data)
    record["warehouse_products"].append(stock)
    return {"warehouse_product": stock}


def kit_build(asked: Asked) -> Record:
    """Makes a product a kit of other products."""
    record = asked.account.product(asked.data["sku"])
    made = [
        _component(asked.account, record, one["sku"], one["quantity"]) for one in asked.data["components"]
    ]
    known = {one["sku"] for one in made}
    record["kit_components"] = [one for one in record["kit_components"] if one["sku"] not in known] + made
    record.update(kit=True, kit_build=asked.data.get("kit_build") or False, updated_at=NOW)
    return {"product": record}


def kit_remove_components(asked: Asked) -> Record:
    """Takes components out of a kit."""
    record = asked.account.product(asked.data["sku"])
    gone = {one["sku"] for one in asked.data["components"]}
    record["kit_components"] = [one for one in record["kit_components"] if one["sku"] not in gone]
    return {"product": record}


def add_product(account: Account, data: Record) -> Record:
    """Keeps a new product. Raises `Declined` for a SKU that is there already."""
    if any(other["sku"] == data["sku"] for other in account.products.values()):
        raise Declined(f"Product with SKU {data['sku']} already exists")
    record: Record = {
        **account.new("Product"),
        **dict.fromkeys(PRODUCT),
        "account_id": data.get("customer_account_id") or ACCOUNT_ID,
        "sku": data["sku"],
        "kit": False,
        "kit_build": False,
        "tags": [],
        "active": True,
        "created_at": NOW,
        "updated_at": NOW,
        "kit_components": [],
        **given(data, PRODUCT),
    }
    record["warehouse_products"] = _stocks(account, record, data["warehouse_products"])
    account.products[record["id"]] = record
    return record


def _stocks(account: Account, product: Record, given_stocks: Iterable[Record]) -> list[Record]:
    return [_stock(account, product, one) for one in given_stocks]


def _stock(account: Account, product: Record, data: Record) -> Record:
    warehouse = account.warehouse(data["warehouse_id"])
    on_hand = data.get("on_hand") or 0
    return {
        **account.new("WarehouseProduct"),
        **dict.fromkeys(STOCK),
        "account_id": product["account_id"],
        "sku": product["sku"],
        "warehouse_id": warehouse["id"],
        "warehouse_identifier": warehouse["identifier"],
        "on_hand": on_hand,
        "available": on_hand,
        "allocated": 0,
        "backorder": 0,
        "non_sellable_quantity": 0,
        "in_tote": 0,
        "sell_ahead": 0,
        "active": True,
        "created_at": NOW,
        "updated_at": NOW,
        "locations": [],
        **given(data, STOCK),
    }


def _component(account: Account, kit: Record, sku: str, quantity: int) -> Record:
    part = account.product(sku)
    if part["sku"] == kit["sku"] or part["kit"]:
        raise Declined(f"{sku} cannot be a component of a kit")
    if quantity < 1:
        raise Declined("The quantity of a component must be greater than 0")
    return {**account.new("KitComponent"), "account_id": kit["account_id"], "sku": sku, "quantity": quantity}


OPERATIONS = {
    "product": product,
    "products": products,
    "warehouse_products": warehouse_products,
    "product_create": product_create,
    "product_update": product_update,
    "product_add_to_warehouse": product_add_to_warehouse,
    "kit_build": kit_build,
    "kit_remove_components": kit_remove_components,
}
