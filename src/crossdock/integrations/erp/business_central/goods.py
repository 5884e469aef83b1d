"""Items and what is in stock of them, from Business Central's item to the canonical records."""

from typing import Any

from crossdock.integrations.erp.business_central.odata import record
from crossdock.integrations.erp.business_central.values import amount, identifier, name, text, updated
from crossdock.schemas.erp import Inventory, Item
from crossdock.schemas.times import UNKNOWN


def item(decoded: Any) -> Item:
    """An `item`. Its number is the SKU; prices are per unit, in the company's currency.

    Raises `ValueError` when the row is no record.
    """
    row = record(decoded)
    return Item(
        id=row["id"],
        created_date=UNKNOWN,
        updated_date=updated(row),
        name=text(row.get("displayName")) or row.get("number") or row["id"],
        sku=text(row.get("number")),
        description=text(row.get("displayName2")),
        active=not row.get("blocked"),
        unit_of_measure=text(row.get("baseUnitOfMeasureCode")),
        unit_price=amount(row.get("unitPrice")),
        unit_cost=amount(row.get("unitCost")),
        additional_fields={
            "type": name(row.get("type")),
            "gtin": text(row.get("gtin")),
            "item_category_id": identifier(row.get("itemCategoryId")),
            "item_category_code": text(row.get("itemCategoryCode")),
            "price_includes_tax": row.get("priceIncludesTax"),
            "tax_group_code": text(row.get("taxGroupCode")),
        },
    )


def inventory(decoded: Any) -> Inventory:
    """The stock of an `item`, over all locations: the API tells neither which has it, nor what is reserved.

    It is no change of the item, so there is no date. Raises `ValueError` when the row is no record.
    """
    row = record(decoded)
    onhand = amount(row.get("inventory")) or 0
    return Inventory(
        id=row["id"],
        created_date=UNKNOWN,
        updated_date=UNKNOWN,
        item_id=row["id"],
        sku=text(row.get("number")),
        name=text(row.get("displayName")),
        onhand=onhand,
        available=onhand,
    )
