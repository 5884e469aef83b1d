"""Ongoing's order as the canonical order: model `GetOrderModel`."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from crossdock.connector import Account, Asked, VendorRequest, vendor_path
from crossdock.integrations.wms.ongoing.answers import (
    Record,
    known_time,
    numbered_path,
    part_of,
    text_id,
    utc,
)
from crossdock.integrations.wms.ongoing.shipping import method_id
from crossdock.schemas import wms

REACHED: Sequence[tuple[int, wms.OrderStatus]] = (
    (1000, "cancelled"),
    (450, "fulfilled"),
    (400, "picked"),
    (320, "processing"),
    (300, "confirmed"),
    (200, "open"),
    (150, "exception"),
)
"""From which status number on an order is what, by the standard numbers on the vendor's page "Statuses".

A warehouse may add statuses between them, so the highest one that is reached counts.
"""


def read_back(account: Account, record_id: str) -> VendorRequest:  # noqa: ARG001
    """Operation `ordersGet`."""
    return VendorRequest("GET", vendor_path("orders", record_id))


def order_read(asked: Asked[Any]) -> VendorRequest:
    """Operation `ordersGet` for the order of the path. Raises `NotFound`."""
    return VendorRequest("GET", numbered_path(asked, "orders", "order"))


def order_record(order: Any) -> wms.Order:
    """The canonical record of a decoded `GetOrderModel`. Raises `ValueError` when it is not one.

    A line's price in Ongoing is that of the whole line. Goods that were picked of an order that left are its
    shipment; Ongoing has no ids of shipments unless several orders leave together.
    """
    info = part_of(order, "orderInfo", "orderId", "an order")
    lines = order.get("orderLines") or []
    transporter = order.get("transporter") or {}
    code, service = transporter.get("code"), transporter.get("serviceCode")
    created = known_time(info.get("createdDate"))
    advanced = info.get("advanced") or {}
    changes = [utc(advanced.get("orderHeaderUpdated")), utc(info.get("shippedTime")), created]
    currencies = [c for line in lines if (c := (line.get("prices") or {}).get("currencyCode"))]
    status = order_status(order)
    number = str(info["orderId"])
    address = _address(order)
    return wms.Order(
        id=number,
        warehouse_id=text_id(info.get("warehouse")),
        created_date=created,
        updated_date=max(moment for moment in changes if moment),
        reference_id=info.get("referenceNumber") or info.get("orderNumber") or number,
        order_number=info.get("orderNumber") or number,
        status=status,
        raw_status=(info.get("orderStatus") or {}).get("text"),
        shipping_method=transporter.get("name"),
        shipping_method_id=method_id(code, service) if code else None,
        shipping_method_name=transporter.get("name"),
        service_level=(info.get("wayOfDelivery") or {}).get("name"),
        carrier_id=code,
        carrier_name=transporter.get("transporterName"),
        invoice_currency_code=currencies[0] if currencies else "USD",
        total_price=info.get("customerPrice"),
        total_shipping=info.get("freightPrice"),
        ship_to_address=address,
        line_items=[_line(line) for line in lines],
        tags=[name for one in order.get("classes") or [] if (name := one.get("name") or one.get("code"))],
        shipments=[_shipment(order, number, address)] if _has_left(info) else [],
        additional_fields={
            "delivery_date": utc(info.get("deliveryDate")),
            "order_type": (info.get("orderType") or {}).get("code"),
            "way_of_delivery": (info.get("wayOfDelivery") or {}).get("code"),
            "customer_number": (order.get("consignee") or {}).get("customerNumber"),
            "order_remark": info.get("orderRemark"),
            "delivery_instruction": info.get("deliveryInstruction"),
        },
    )


def order_status(order: Record) -> wms.OrderStatus:
    """From the number of the status; how far it is packed, and whether all of it left, from the lines."""
    info = order.get("orderInfo") or {}
    raw = info.get("orderStatus") or {}
    if "cancel" in (raw.get("text") or "").lower():
        return "cancelled"
    number = raw.get("number") or 0
    reached: wms.OrderStatus = next((status for least, status in REACHED if number >= least), "other")
    if reached not in {"picked", "fulfilled"}:
        return reached
    ordered = picked = packed = 0
    for line in order.get("orderLines") or []:
        ordered += line.get("orderedNumberOfItems") or 0
        picked += line.get("pickedNumberOfItems") or 0
        packed += line.get("packedNumberOfItems") or 0
    if reached == "picked" and picked and packed >= picked:
        return "packed"
    if reached == "fulfilled" and 0 < picked < ordered:
        return "partially_fulfilled"
    return reached


def _has_left(info: Record) -> bool:
    return bool(info.get("shippedTime"))


def _line(line: Record) -> wms.OrderLineItem:
    article = line.get("article") or {}
    ordered = line.get("orderedNumberOfItems") or 0
    return wms.OrderLineItem(
        product_id=str(article.get("articleSystemId") or ""),
        sku=article.get("articleNumber"),
        quantity=int(ordered),
        unit_price=unit_price((line.get("prices") or {}).get("linePrice"), ordered),
        is_picked=bool(ordered) and (line.get("pickedNumberOfItems") or 0) >= ordered,
    )


def unit_price(line_price: float | None, units: float) -> float | None:
    """The price of one unit of a line."""
    if line_price is None or not units:
        return None
    return float(Decimal(str(line_price)) / Decimal(str(units)))


def _address(order: Record) -> wms.ShipToAddress:
    to, info = order.get("consignee") or {}, order.get("orderInfo") or {}
    phones = (info.get(f"{kind}Notification") or {} for kind in ("telephone", "sms"))
    return wms.ShipToAddress(
        full_name=to.get("name"),
        address1=to.get("address1"),
        address2=to.get("address2"),
        address3=to.get("address3"),
        city=to.get("city"),
        state=to.get("countryStateCode"),
        postal_code=to.get("postCode"),
        country=to.get("countryCode"),
        phone_number=next((phone["value"] for phone in phones if phone.get("value")), None),
        email_address=(info.get("emailNotification") or {}).get("value"),
    )


def _shipment(order: Record, number: str, address: wms.ShipToAddress) -> wms.Shipment:
    info, shared = order["orderInfo"], order.get("shipmentInfo") or {}
    return wms.Shipment(
        shipment_id=str(shared.get("shipmentId") or number),
        warehouse_id=text_id(info.get("warehouse")) or "",
        raw_status=(info.get("orderStatus") or {}).get("text"),
        status="shipped",
        shipped_date=utc(info.get("shippedTime")),
        shipping_method=(order.get("transporter") or {}).get("name"),
        line_items=[
            wms.ShipmentLineItem(
                inventory_item_id=str((line.get("article") or {}).get("articleSystemId") or ""),
                sku=(line.get("article") or {}).get("articleNumber"),
                quantity=int(line["pickedNumberOfItems"]),
            )
            for line in order.get("orderLines") or []
            if line.get("pickedNumberOfItems")
        ],
        ship_to_address=address,
        packages=[
            _package(order, parcel) for parcel in order.get("parcels") or [] if not _comes_back(parcel)
        ],
    )


def _comes_back(parcel: Record) -> bool:
    return bool(parcel.get("isReturnParcel"))


def _package(order: Record, parcel: Record) -> wms.Package:
    transporter = order.get("transporter") or {}
    packed = [
        (line, item)
        for line in order.get("orderLines") or []
        for item in line.get("pickedArticleItems") or []
        if (item.get("parcel") or {}).get("id") == parcel.get("id")
    ]
    tracking = parcel.get("tracking") or {}
    return wms.Package(
        package_id=str(parcel.get("id") or ""),
        tracking_number=parcel.get("parcelNumber") or order["orderInfo"].get("wayBill"),
        tracking_url=tracking.get("trackingUrl"),
        shipping_method=transporter.get("name"),
        carrier=transporter.get("transporterName"),
        carrier_id=transporter.get("code"),
        carrier_name=transporter.get("transporterName"),
        shipping_cost=(tracking.get("freightPrice") or {}).get("price"),
        line_items=[
            wms.PackageLineItem(
                inventory_item_id=str((line.get("article") or {}).get("articleSystemId") or ""),
                sku=(line.get("article") or {}).get("articleNumber"),
                quantity=int(item.get("numberOfItems") or 0),
                lot_id=item.get("batchNumber") or None,
                expiration_date=utc(item.get("expiryDate")),
            )
            for line, item in packed
        ],
    )
