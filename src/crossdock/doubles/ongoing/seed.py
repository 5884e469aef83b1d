"""What a goods owner has when it is first seen, the same every time."""

from crossdock.doubles.ongoing.warehouse import GoodsOwner, Warehouse

ORDERS = (
    [("TEST-SKU", 100, 100), ("SHIRT-M", 10, 10), ("SHIRT-L", 10, 10), ("MUG-BLUE", 4, 4)],
    [("TEST-SKU", 2, 2), ("SOCKS-42", 6, 6)],
    [("SHIRT-M", 3, 3), ("SHIRT-M", 2, 2)],
    [("CANDLE", 24, 24), ("POSTER-A2", 12, 12), ("NOTEBOOK", 50, 50)],
    [("LAMP", 0, 1), ("CHAIR", 0, 4)],
    [("TEAPOT", 4, 6), ("TOWEL", 10, 10)],
)
"""Lines as (SKU, picked, ordered): the third order has an article twice, of the fifth nothing was picked
yet, and the sixth left with less than was ordered."""


def seed(warehouse: Warehouse, owner: GoodsOwner) -> None:
    """Fills a new goods owner with those orders of twelve articles. The first one's are 1001 to 1006."""
    for lines in ORDERS:
        warehouse.add_order(
            owner,
            [(sku, picked) for sku, picked, _ in lines],
            ordered=[ordered for _, _, ordered in lines],
        )
