"""The lists of the shop sandbox."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import msgspec

from crossdock.connector import ListOperation
from crossdock.integrations.cart.sandbox import records
from crossdock.integrations.sandboxes.lists import sandbox_list

SAMPLES: Mapping[str, Any] = msgspec.json.decode((files(__package__) / "samples.json").read_bytes())
"""A complete row of each list."""

OPERATIONS: Sequence[ListOperation] = (
    sandbox_list("cart", "get_orders", "orders", records.order, SAMPLES["orders"]),
    sandbox_list("cart", "get_products", "products", records.product, SAMPLES["products"]),
    sandbox_list("cart", "get_warehouses", "warehouses", records.warehouse, SAMPLES["warehouses"]),
)
