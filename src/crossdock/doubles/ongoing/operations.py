"""The operations of the specification that this double has.

What a goods owner cannot do is missing: no operation reports that goods left or arrived. Those that give an
order a waybill, a parcel or a place to follow it, for shipping software, do not change what was picked.
"""

from collections.abc import Callable, Mapping
from typing import Any

from crossdock.doubles.ongoing import articles, files, inventory, lists, orders, purchase_orders, returns
from crossdock.doubles.ongoing.asked import Asked

OPERATIONS: Mapping[str, Callable[[Asked], Any]] = {
    **lists.OPERATIONS,
    **articles.OPERATIONS,
    **inventory.OPERATIONS,
    **orders.OPERATIONS,
    **purchase_orders.OPERATIONS,
    **returns.OPERATIONS,
    **files.OPERATIONS,
}
"""By method and path of the specification."""
