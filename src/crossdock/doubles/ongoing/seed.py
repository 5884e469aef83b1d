"""What a goods owner has when it is first seen, the same every time."""

from crossdock.doubles.ongoing.warehouse import GoodsOwner, Warehouse

SHIPPED = (
    [("TEST-SKU", 100), ("SHIRT-M", 10), ("SHIRT-L", 10), ("MUG-BLUE", 4)],
    [("TEST-SKU", 2), ("SOCKS-42", 6)],
    [("SHIRT-M", 3), ("SHIRT-M", 2)],
    [("CANDLE", 24), ("POSTER-A2", 12), ("NOTEBOOK", 50)],
)
"""Orders that left the warehouse; the third has the same article on two lines."""

NOT_SHIPPED = [("LAMP", 1), ("CHAIR", 4)]


def seed(warehouse: Warehouse, owner: GoodsOwner) -> None:
    """Fills a new goods owner: the first one's orders are 1001 to 1005, of which 1005 was not shipped."""
    for lines in SHIPPED:
        warehouse.add_order(owner, lines)
    warehouse.add_order(owner, NOT_SHIPPED, shipped=False)
