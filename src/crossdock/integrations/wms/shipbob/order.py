"""ShipBob's order as the canonical order: model `OrderViewModel` with its `ShipmentViewModel`s."""

from collections.abc import Mapping, Sequence
from typing import Any

from crossdock.connector import Account, VendorRequest, vendor_path
from crossdock.integrations.wms.shipbob.answers import known_time, numbered, utc
from crossdock.schemas import wms

STATUSES: Mapping[str, wms.OrderStatus] = {
    "Processing": "processing",
    "Exception": "exception",
    "PartiallyFulfilled": "partially_fulfilled",
    "Fulfilled": "fulfilled",
    "Cancelled": "cancelled",
    "ImportReview": "open",
}
STAGES: Mapping[int, wms.OrderStatus] = {100: "picked", 101: "packed", 102: "packed"}
"""By the id of a shipment's status detail: the vendor's page "Status reference"."""

SLOWEST_FIRST: tuple[wms.OrderStatus, ...] = ("processing", "picked", "packed")

SHIPMENT_STATUSES: Mapping[str, wms.ShipmentStatus] = {
    "Completed": "shipped",
    "Cancelled": "cancelled",
    **dict.fromkeys(
        ("None", "Processing", "Pending", "Exception", "OnHold", "LabeledCreated", "ImportReview"), "open"
    ),
}
TYPES: Mapping[str, Any] = {"DTC": "d2c", "DropShip": "dropship", "B2B": "b2b"}


def read_back(account: Account, record_id: str) -> VendorRequest:  # noqa: ARG001
    """`GET /1.0/order/{orderId}`."""
    return VendorRequest("GET", vendor_path("1.0", "order", record_id))


def order_record(order: Any) -> wms.Order:
    """The canonical record of a decoded `OrderViewModel`. Raises `ValueError` when it is not one.

    The warehouse is the one that all its shipments leave from. The order has no time of last change: the
    latest of its shipments stands for it. ShipBob's prices are in US dollars.
    """
    order = numbered(order, "order")
    shipments = order.get("shipments") or []
    locations = {(shipment.get("location") or {}).get("id") for shipment in shipments}
    number, channel = str(order["id"]), order.get("channel") or {}
    changes = [moment for shipment in shipments if (moment := utc(shipment.get("last_update_at")))]
    created = known_time(order.get("created_date"), order.get("purchase_date"), *changes)
    reference = order.get("reference_id") or number
    carriers = [c for shipment in shipments if (c := (shipment.get("tracking") or {}).get("carrier"))]
    return wms.Order(
        id=number,
        warehouse_id=_text(locations.pop()) if len(locations) == 1 else None,
        created_date=created,
        updated_date=max([created, *changes]),
        reference_id=reference,
        order_number=order.get("order_number") or reference,
        status=_status(order.get("status"), shipments),
        raw_status=order.get("status"),
        channel=_text(channel.get("id")),
        channel_object=(
            wms.OrderChannelReference(channel_id=str(channel["id"]), channel_name=channel.get("name"))
            if channel.get("id")
            else None
        ),
        type=TYPES.get(order.get("type") or ""),
        shipping_method=order.get("shipping_method"),
        shipping_method_name=order.get("shipping_method"),
        service_level=order.get("shipping_method"),
        carrier_name=carriers[0] if carriers else None,
        total_price=(order.get("financials") or {}).get("total_price"),
        ship_to_address=_address(order.get("recipient")),
        line_items=[_line(line) for line in order.get("products") or []],
        tags=[f"{tag['name']}:{tag['value']}" for tag in order.get("tags") or []],
        signature_required=any(s.get("require_signature") for s in shipments) if shipments else None,
        shipments=[_shipment(shipment) for shipment in shipments],
        additional_fields={
            "gift_message": order.get("gift_message"),
            "purchase_date": utc(order.get("purchase_date")),
            "retailer_program_data": order.get("retailer_program_data"),
        },
    )


def _text(number: Any) -> str | None:
    return None if number is None else str(number)


def _status(raw: str | None, shipments: Sequence[Mapping[str, Any]]) -> wms.OrderStatus:
    """While ShipBob processes an order, its shipments say how far it is: as far as the slowest of them."""
    if raw != "Processing" or not shipments:
        return STATUSES.get(raw or "", "other")
    stages = {_stage(shipment) for shipment in shipments if shipment.get("status") != "Cancelled"}
    return next(stage for stage in SLOWEST_FIRST if stage in stages or not stages)


def _stage(shipment: Mapping[str, Any]) -> wms.OrderStatus:
    reached = [STAGES.get(detail.get("id") or 0) for detail in shipment.get("status_details") or []]
    return next((stage for stage in reversed(reached) if stage), "processing")


def _line(line: Mapping[str, Any]) -> wms.OrderLineItem:
    return wms.OrderLineItem(
        product_id=str(line.get("id") or ""),
        sku=line.get("sku") or line.get("reference_id"),
        quantity=int(line.get("quantity") or 0),
        unit_price=line.get("unit_price"),
    )


def _address(recipient: Mapping[str, Any] | None) -> wms.ShipToAddress:
    recipient = recipient or {}
    address = recipient.get("address") or {}
    return wms.ShipToAddress(
        full_name=recipient.get("name"),
        company=address.get("company_name"),
        address1=address.get("address1"),
        address2=address.get("address2"),
        city=address.get("city"),
        state=address.get("state"),
        postal_code=address.get("zip_code"),
        country=address.get("country"),
        phone_number=recipient.get("phone_number"),
        email_address=recipient.get("email"),
    )


def _shipment(shipment: Mapping[str, Any]) -> wms.Shipment:
    tracking = shipment.get("tracking") or {}
    parts = [
        (product, item)
        for product in shipment.get("products") or []
        for item in product.get("inventory_items") or []
    ]
    return wms.Shipment(
        shipment_id=str(shipment.get("id") or ""),
        warehouse_id=str((shipment.get("location") or {}).get("id") or ""),
        raw_status=shipment.get("status"),
        status=SHIPMENT_STATUSES.get(shipment.get("status") or "", "other"),
        shipped_date=utc(shipment.get("actual_fulfillment_date") or tracking.get("shipping_date")),
        shipping_method=shipment.get("ship_option"),
        line_items=[
            wms.ShipmentLineItem(
                inventory_item_id=str(item.get("id") or ""),
                sku=_item_sku(product),
                quantity=int(item.get("quantity") or 0),
                parent_product_id=_text(product.get("id")),
            )
            for product, item in parts
        ],
        ship_to_address=_address(shipment.get("recipient")),
        packages=[_package(shipment, tracking, parts)] if tracking else [],
    )


def _item_sku(product: Mapping[str, Any]) -> str | None:
    """The item's own SKU is not told; it is the product's where the product is nothing but the item."""
    return product.get("sku") if len(product.get("inventory_items") or []) == 1 else None


def _package(
    shipment: Mapping[str, Any], tracking: Mapping[str, Any], parts: Sequence[tuple[Any, Any]]
) -> wms.Package:
    """ShipBob tracks a shipment as one parcel."""
    size = shipment.get("measurements") or {}
    return wms.Package(
        package_id=str(shipment.get("id") or ""),
        package_name=shipment.get("package_material_type"),
        tracking_number=tracking.get("tracking_number"),
        tracking_url=tracking.get("tracking_url"),
        shipping_method=tracking.get("carrier_service"),
        shipping_method_name=tracking.get("carrier_service"),
        carrier=tracking.get("carrier"),
        carrier_name=tracking.get("carrier"),
        scac=tracking.get("scac"),
        shipping_cost=shipment.get("invoice_amount"),
        measurements=wms.Measurements(
            length=size.get("length_in"),
            width=size.get("width_in"),
            height=size.get("depth_in"),
            unit="in" if size else None,
            weight=size.get("total_weight_oz"),
            weight_unit="oz" if size else None,
        ),
        line_items=[
            wms.PackageLineItem(
                inventory_item_id=str(item.get("id") or ""),
                sku=_item_sku(product),
                quantity=int(item.get("quantity") or 0),
                lot_id=item.get("lot"),
                expiration_date=utc(item.get("expiration_date")),
                parent_product_id=_text(product.get("id")),
            )
            for product, item in parts
        ],
    )
