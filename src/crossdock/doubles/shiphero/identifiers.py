"""ShipHero's ids: a global one, base64 of an entity's name and number, and the number as `legacy_id`."""

from base64 import b64encode


def global_id(entity: str, number: int) -> str:
    """The `id` of a record: `global_id("Order", 272271706)` is `T3JkZXI6MjcyMjcxNzA2`.

    Source: `order_id` and `order_uuid` in the vendor's reference, webhook "Return Update".
    """
    return b64encode(f"{entity}:{number}".encode()).decode()
