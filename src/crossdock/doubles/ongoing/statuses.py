"""The statuses of an Ongoing system.

Those of orders and purchase orders are the ones in the vendor's published example answers
(OngoingWarehouse/Ongoing-Warehouse-REST-API-Example-Requests). A warehouse can rename and add to them. The
numbers and texts of return orders, except 1000, are ours.
"""

from collections.abc import Mapping, Sequence

Status = Mapping[str, int | str]

ERROR: Status = {"number": 150, "text": "Error"}
OPEN: Status = {"number": 200, "text": "Open"}
RELEASED: Status = {"number": 300, "text": "Released"}
ALLOCATED: Status = {"number": 320, "text": "Allocated"}
PICKED: Status = {"number": 400, "text": "Picked"}
SENT: Status = {"number": 450, "text": "Sent"}
COLLECTED: Status = {"number": 500, "text": "Collected"}
CANCELLED: Status = {"number": 1000, "text": "Cancelled"}
ORDER_STATUSES = [ERROR, OPEN, RELEASED, ALLOCATED, PICKED, SENT, COLLECTED, CANCELLED]

NOTIFIED: Status = {"number": 100, "text": "Notified"}
ARRIVAL_SPACE: Status = {"number": 200, "text": "Arrival space"}
INBOUND: Status = {"number": 300, "text": "Inbound"}
DEFLECTION: Status = {"number": 400, "text": "Deflection"}
RECEIVED_IN_FULL: Status = {"number": 500, "text": "Received"}
NOT_COMING: Status = {"number": 900, "text": "Cancelled"}
PURCHASE_STATUSES = [NOTIFIED, ARRIVAL_SPACE, INBOUND, DEFLECTION, RECEIVED_IN_FULL, NOT_COMING]

BEING_RECEIVED: Status = {"number": 300, "text": "Being received"}
RECEIVED: Status = {"number": 400, "text": "Received"}
RETURN_STATUSES = [OPEN, BEING_RECEIVED, RECEIVED, CANCELLED]


def numbered(statuses: Sequence[Status], number: int) -> Status | None:
    """The status of that number."""
    return next((status for status in statuses if status["number"] == number), None)
