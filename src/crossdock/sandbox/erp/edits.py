"""Records of the ERP sandbox edited by hand, and what follows: what sales orders commit, what repeats the SKU
of an item, and the sums of orders."""

from crossdock.sandbox.editing import (
    Editable,
    Edits,
    check_at_most,
    check_is_free,
    check_stand_once,
    saved_as,
)
from crossdock.sandbox.erp import records
from crossdock.sandbox.erp.orders import MAIN_LOCATION
from crossdock.sandbox.erp.purchasing import MOVED as RECEIVED
from crossdock.sandbox.erp.purchasing import add_up as add_up_purchase
from crossdock.sandbox.erp.sales import MOVED as FULFILLED
from crossdock.sandbox.erp.sales import add_up as add_up_sale
from crossdock.sandbox.erp.sales import commit
from crossdock.sandbox.erp.stock import inventory_of, quantity, thousandths
from crossdock.sandbox.refusals import unfit
from crossdock.sandbox.site import Kind, Record, Site

COMMITS = ("open", "partially_fulfilled")
"""Statuses of sales orders that commit what is left of them."""


def _keep_item(site: Site, before: Record, after: Record) -> None:
    """Saves the item; its inventory row follows its name and SKU."""
    check_is_free(site, "erp_items", "sku", before, after)
    row = inventory_of(site, after["id"])
    names = {"sku": after["sku"], "name": after["name"]}
    if any(row[name] != said for name, said in names.items()):
        site.save("erp_inventory", {**row, **names})
    site.save("erp_items", after)


def _keep_inventory(site: Site, before: Record, after: Record) -> None:  # noqa: ARG001
    """Saves what is on hand in each location; what sales orders committed there stays."""
    row = site.get("erp_inventory", after["id"])
    row["vendors"] = after["vendors"]
    told = after["inventory_by_location_id"]
    for location_id, figures in row["stock"].items():
        if location_id not in told and figures["committed"]:
            raise unfit(
                f"stays: {quantity(figures['committed'])} are committed to sales orders there.",
                f"/inventory_by_location_id/{location_id}",
            )
    row["stock"] = {
        location_id: {
            "onhand": thousandths(figures["onhand"]),
            "committed": row["stock"].get(location_id, {"committed": 0})["committed"],
        }
        for location_id, figures in told.items()
    }
    site.save("erp_inventory", row)


def _keep_location(site: Site, before: Record, after: Record) -> None:
    """Saves the location. One is the main one, for orders that name none, and none is inside of itself."""
    if (before["type"] == MAIN_LOCATION) is not (after["type"] == MAIN_LOCATION):
        raise unfit(f"One location is the {MAIN_LOCATION} one, and stays it.", "/type")
    around = after["parent_location_id"]
    while around is not None:
        if around == after["id"]:
            raise unfit("A location is not inside of itself.", "/parent_location_id")
        around = site.get("erp_locations", around)["parent_location_id"]
    site.save("erp_locations", after)


def _check_order(site: Site, kind: Kind, moved: str, before: Record, after: Record) -> None:
    check_is_free(site, kind, "order_number", before, after)
    check_stand_once(after["line_items"], "line_item_id")
    check_at_most(after["line_items"], moved, "quantity")
    for line in after["line_items"]:
        for name in ("quantity", moved):
            line[name] = quantity(thousandths(line[name]))


def _keep_sales_order(site: Site, before: Record, after: Record) -> None:
    """Saves the order, which commits afterwards what its status and its lines say."""
    _check_order(site, "erp_sales_orders", FULFILLED, before, after)
    if before["line_items"] != after["line_items"]:
        add_up_sale(after)
    if any(before[name] != after[name] for name in ("line_items", "location_id", "status")):
        if before["status"] in COMMITS:
            commit(site, before, -1)
        if after["status"] in COMMITS:
            commit(site, after, 1)
    site.save("erp_sales_orders", after)


def _keep_purchase_order(site: Site, before: Record, after: Record) -> None:
    _check_order(site, "erp_purchase_orders", RECEIVED, before, after)
    if before["line_items"] != after["line_items"]:
        add_up_purchase(after)
    site.save("erp_purchase_orders", after)


EDITS: Edits = {
    "erp_items": Editable(records.Item, _keep_item),
    "erp_inventory": Editable(records.Inventory, _keep_inventory),
    "erp_locations": Editable(records.Location, _keep_location),
    "erp_customers": Editable(records.Customer, saved_as("erp_customers")),
    "erp_vendors": Editable(records.Vendor, saved_as("erp_vendors")),
    "erp_employees": Editable(records.Employee, saved_as("erp_employees")),
    "erp_sales_orders": Editable(records.SalesOrder, _keep_sales_order),
    "erp_sales_order_shipments": Editable(records.Shipment, saved_as("erp_sales_order_shipments")),
    "erp_purchase_orders": Editable(records.PurchaseOrder, _keep_purchase_order),
    "erp_purchase_order_receipts": Editable(records.Receipt, saved_as("erp_purchase_order_receipts")),
}
