"""The lists of the freight sandbox."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import msgspec

from crossdock.connector import ListOperation
from crossdock.integrations.freight.sandbox.records import booking, shipment
from crossdock.integrations.sandboxes.lists import sandbox_list

SAMPLES: Mapping[str, Any] = msgspec.json.decode((files(__package__) / "samples.json").read_bytes())
"""A complete row of each list."""

OPERATIONS: Sequence[ListOperation] = (
    sandbox_list("freight", "get_shipments", "shipments", shipment, SAMPLES["shipments"]),
    sandbox_list("freight", "get_bookings", "bookings", booking, SAMPLES["bookings"]),
)
