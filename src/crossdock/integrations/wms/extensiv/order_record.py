"""Extensiv's orders as canonical records: rels/orders/order, with `detail` for items and packages."""

from typing import Any

from crossdock.integrations.wms.extensiv.hal import ORDER_ITEMS, Model, embedded
from crossdock.integrations.wms.extensiv.records import (
    CANCELLED,
    CLOSED,
    OPEN,
    dates,
    number_in,
    product_id,
    read_only_of,
    utc,
)
from crossdock.schemas import wms

DETAIL = "OrderItems,Packages"
"""What a read asks for beside the order itself."""

KINDS = {"B2B": "b2b", "D2C": "d2c"}
STATUSES = {OPEN: "open", CLOSED: "fulfilled", CANCELLED: "cancelled"}
REACHED = (("packDoneDate", "packed"), ("pickDoneDate", "picked"))
"""How far an open order has come, the later step first: a date that is set when the step is done."""


def order_record(order: Any) -> wms.Order:
    """The canonical order. Raises `ValueError` when the answer is not an order."""
    read_only = read_only_of(order, "orderId")
    created, updated = dates(read_only)
    status = _status(read_only)
    customer, order_id = number_in(read_only, "customerIdentifier"), str(read_only["orderId"])
    routing = order.get("routingInfo") or {}
    items = embedded(order, ORDER_ITEMS)
    return wms.Order(
        id=order_id,
        warehouse_customer_id=customer,
        warehouse_id=number_in(read_only, "facilityIdentifier"),
        created_date=created,
        updated_date=updated,
        reference_id=order.get("externalId") or order_id,
        order_number=order.get("referenceNum") or order.get("externalId") or order_id,
        status=status,  # type: ignore[arg-type]
        raw_status=str(read_only["status"]),
        type=KINDS.get(order.get("orderType")),  # type: ignore[arg-type]
        carrier_name=routing.get("carrier"),
        scac=routing.get("scacCode"),
        shipping_method_id=routing.get("mode"),
        shipping_method_name=routing.get("mode"),
        ship_to_address=_ship_to(order.get("shipTo") or {}),
        line_items=[
            wms.OrderLineItem(
                product_id=product_id(customer, item["itemIdentifier"]),
                sku=item["itemIdentifier"].get("sku"),
                quantity=int(item["qty"]),
            )
            for item in items
        ],
        shipments=[_shipment(order, read_only, items)] if status == "fulfilled" else [],
        additional_fields={
            "po_number": order.get("poNum"),
            "billing_code": order.get("billingCode"),
            "notes": order.get("notes"),
        },
    )


def _status(read_only: Model) -> str:
    if read_only["status"] == OPEN:
        return next((status for name, status in REACHED if read_only.get(name)), "open")
    return STATUSES.get(read_only["status"], "other")


def _ship_to(contact: Model) -> wms.ShipToAddress:
    return wms.ShipToAddress(
        full_name=contact.get("name"),
        company=contact.get("companyName"),
        address1=contact.get("address1"),
        address2=contact.get("address2"),
        city=contact.get("city"),
        state=contact.get("state"),
        postal_code=contact.get("zip"),
        country=contact.get("country"),
        phone_number=contact.get("phoneNumber"),
        email_address=contact.get("emailAddress"),
    )


def _shipment(order: Model, read_only: Model, items: list[Model]) -> wms.Shipment:
    """What left: an order ships whole, so there is one, and its lines are the order's."""
    customer = number_in(read_only, "customerIdentifier")
    return wms.Shipment(
        shipment_id=str(read_only["orderId"]),
        warehouse_id=number_in(read_only, "facilityIdentifier") or "",
        status="shipped",
        shipped_date=utc(read_only.get("processDate")),
        ship_to_address=_ship_to(order.get("shipTo") or {}),
        line_items=[
            wms.ShipmentLineItem(
                inventory_item_id=product_id(customer, item["itemIdentifier"]),
                sku=item["itemIdentifier"].get("sku"),
                quantity=int(item["qty"]),
            )
            for item in items
        ],
        packages=_packages(order, read_only, items),
    )


def _packages(order: Model, read_only: Model, items: list[Model]) -> list[wms.Package]:
    """The packages of the order; without those, one for the tracking number that the order was closed with.

    Their sizes are left out: the reference does not say in which units they are.
    """
    routing = order.get("routingInfo") or {}
    packed = read_only.get("packages") or []
    tracking = routing.get("trackingNumber")
    if not packed:
        order_id, carrier = str(read_only["orderId"]), routing.get("carrier")
        alone = wms.Package(package_id=order_id, tracking_number=tracking, carrier_name=carrier)
        return [alone] if tracking else []
    customer = number_in(read_only, "customerIdentifier")
    lines = {(item.get("readOnly") or {}).get("orderItemId"): item["itemIdentifier"] for item in items}
    return [
        wms.Package(
            package_id=str(package["packageId"]),
            package_name=package.get("description"),
            tracking_number=package.get("trackingNumber") or tracking,
            carrier_name=routing.get("carrier"),
            line_items=[
                wms.PackageLineItem(
                    inventory_item_id=product_id(customer, lines[part["orderItemId"]]),
                    sku=lines[part["orderItemId"]].get("sku"),
                    quantity=int(part["qty"]),
                    lot_id=part.get("lotNumber"),
                    expiration_date=utc(part.get("expirationDate")),
                )
                for part in package.get("packageContents") or []
                if part.get("orderItemId") in lines
            ],
        )
        for package in packed
    ]
