"""What warehouse staff would do, done at once: an order is shipped, a return comes in."""

from datetime import datetime

from crossdock.sandbox.refusals import conflict
from crossdock.sandbox.site import Record, Site
from crossdock.sandbox.wms.bodies import Measurements, ReceiveReturn, ShipOrder, SkuLine
from crossdock.sandbox.wms.returns import receive_return
from crossdock.sandbox.wms.shipping import everything_left, ship_order

SHIPPING_COST = 7.5


def fulfil_order(site: Site, order_id: str, partial: bool = False) -> Record:
    """Ships all that is left of an order, or about half of it when `partial`; gives the order.

    Raises `Refused`: 404 for an unknown order, 409 for one that cannot ship, or of which one unit is left
    where a part is asked for.
    """
    order = site.get("orders", order_id)
    lines = everything_left(order)
    if partial:
        total = sum(line.quantity for line in lines)
        if total == 1:
            raise conflict(f"One unit of {order_id} is left; it ships whole or not at all.")
        lines = _first_units(lines, total // 2)
    number = f"SIM{order_id.rpartition('_')[2]}{len(order['shipments']) + 1:02d}"
    body = ShipOrder(
        shipped_date=datetime.fromisoformat(site.now),
        tracking_number=number,
        shipping_cost=SHIPPING_COST,
        measurements=Measurements(length=30, width=20, height=15, unit="cm", weight=1.5, weight_unit="kg"),
        warehouse_id=order["warehouse_id"] or "",
        line_items=lines,
    )
    return ship_order(site, order_id, body)


def return_arrives(site: Site, return_id: str) -> Record:
    """Receives all that is left of a return in good condition and restocks it; gives the return.

    Raises `Refused`: 404 for an unknown return, 409 for one that is received or cancelled.
    """
    return receive_return(site, return_id, ReceiveReturn())


def _first_units(lines: list[SkuLine], units: int) -> list[SkuLine]:
    taken = []
    for line in lines:
        quantity = min(units, line.quantity)
        units -= quantity
        if quantity:
            taken.append(SkuLine(sku=line.sku, quantity=quantity))
    return taken
