"""Extensiv's items and receivers as canonical records (rels/customers/item, inventory/receiver)."""

from datetime import UTC, datetime
from typing import Any

from crossdock.integrations.wms.extensiv.hal import RECEIVE_ITEMS, Model, embedded
from crossdock.schemas import wms
from crossdock.schemas.times import UNKNOWN, wire_time

OPEN, CLOSED, CANCELLED = 0, 1, 2


def utc(text: str | None) -> str | None:
    """A time of the API in the contract's form; without an offset it is taken for UTC."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return wire_time(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment)


def read_only_of(model: Any, id_name: str) -> Model:
    """What the API alone sets of an order or a receiver. Raises `ValueError` when it has no id or status."""
    read_only = model.get("readOnly") if isinstance(model, dict) else None
    if not isinstance(read_only, dict):
        raise ValueError("the answer has no readOnly")  # noqa: TRY004
    for name in (id_name, "status"):
        if not isinstance(read_only.get(name), int):
            raise ValueError(f"the answer has no readOnly.{name}")  # noqa: TRY004
    return read_only


def dates(read_only: Model) -> tuple[str, str]:
    """When a resource was made and last changed, as far as the answer says."""
    created = utc(read_only.get("creationDate")) or UNKNOWN
    return created, utc(read_only.get("lastModifiedDate")) or created


def number_in(read_only: Model, name: str) -> str | None:
    """The id of a customer or a facility, by the name of its identifier."""
    number = (read_only.get(name) or {}).get("id")
    return None if number is None else str(number)


def product_id(customer: str | None, identifier: Model) -> str:
    """A product's id here: an item's number means nothing without its customer's. Raises `ValueError`."""
    if customer is None or identifier.get("id") is None:
        raise ValueError("the row names no customer or no item")
    return f"{customer}-{identifier['id']}"


def product_record(item: Any) -> wms.Product:
    """The canonical product. Raises `ValueError` when the answer is not an item."""
    if not isinstance(item, dict) or not isinstance(item.get("itemId"), int):
        raise ValueError("the answer has no itemId")  # noqa: TRY004
    read_only = item.get("readOnly") or {}
    created, updated = dates(read_only)
    customer = number_in(read_only, "customerIdentifier")
    own_id = product_id(customer, {"id": item["itemId"]})
    # A component may be a material that is no item.
    components = (item.get("kit") or {}).get("components") or []
    parts = [
        wms.ProductInventoryItem(
            inventory_item_id=product_id(customer, part["itemIdentifier"]),
            sku=part["itemIdentifier"].get("sku"),
            unit_quantity=int(part["qty"]),
        )
        for part in components
        if part.get("itemIdentifier")
    ]
    itself = wms.ProductInventoryItem(inventory_item_id=own_id, sku=item["sku"], unit_quantity=1)
    return wms.Product(
        id=own_id,
        warehouse_customer_id=customer,
        created_date=created,
        updated_date=updated,
        name=item.get("description") or item["sku"],
        sku=item["sku"],
        gtin=item.get("upc"),
        inventory_items=parts or [itself],
        is_kit=bool(components),
        active=not read_only.get("deactivated"),
        country_of_origin=item.get("countryOfManufacture"),
        harmonized_code=item.get("harmonizedCode"),
    )


def inbound_record(receiver: Any) -> wms.InboundShipment:
    """The canonical inbound shipment. Raises `ValueError` when the answer is not a receiver."""
    read_only = read_only_of(receiver, "receiverId")
    created, updated = dates(read_only)
    statuses = {OPEN: "open", CLOSED: "received", CANCELLED: "cancelled"}
    received = read_only["status"] == CLOSED
    customer = number_in(read_only, "customerIdentifier")
    items = embedded(receiver, RECEIVE_ITEMS)
    arrived = utc(receiver.get("arrivalDate")) or updated
    receipt = wms.Receipt(
        id=str(read_only["receiverId"]),
        arrived_date=arrived,
        line_items=[
            wms.ReceiptLineItem(
                inventory_item_id=product_id(customer, item["itemIdentifier"]),
                sku=item["itemIdentifier"].get("sku"),
                quantity=int(item["qty"]),
            )
            for item in items
        ],
    )
    return wms.InboundShipment(
        id=str(read_only["receiverId"]),
        warehouse_customer_id=customer,
        created_date=created,
        updated_date=updated,
        purchase_order_number=receiver.get("poNum"),
        status=statuses.get(read_only["status"], "other"),  # type: ignore[arg-type]
        raw_status=str(read_only["status"]),
        expected_arrival_date=utc(receiver.get("expectedDate")),
        warehouse_id=number_in(read_only, "facilityIdentifier"),
        line_items=[
            wms.InboundShipmentLineItem(
                inventory_item_id=product_id(customer, item["itemIdentifier"]),
                sku=item["itemIdentifier"].get("sku"),
                expected_quantity=_expected(item),
                received_quantity=int(item["qty"]) if received else 0,
            )
            for item in items
        ],
        receipts=[receipt] if received else [],
        tracking_numbers=[receiver["trackingNumber"]] if receiver.get("trackingNumber") else [],
        notes=[receiver["notes"]] if receiver.get("notes") else [],
        additional_fields={"reference_number": receiver.get("referenceNum")},
    )


def _expected(item: Model) -> int:
    expected = (item.get("readOnly") or {}).get("expectedQty")
    return int(item["qty"] if expected is None else expected)


def return_record(receiver: Any) -> wms.Return:
    """The canonical return: a receiver of the type that returns have. Raises `ValueError`."""
    inbound = inbound_record(receiver)
    return wms.Return(
        id=inbound.id,
        warehouse_customer_id=inbound.warehouse_customer_id,
        created_date=inbound.created_date,
        updated_date=inbound.updated_date,
        status=inbound.status,
        raw_status=inbound.raw_status,
        notes=inbound.notes,
        line_items=[
            wms.ReturnLineItem(
                inventory_item_id=line.inventory_item_id,
                sku=line.sku,
                expected_quantity=line.expected_quantity,
                received_quantity=line.received_quantity,
                quantity=line.expected_quantity,
            )
            for line in inbound.line_items
        ],
        shipments=[
            wms.ReturnShipment(
                tracking_number=number,
                arrived_date=inbound.receipts[0].arrived_date if inbound.receipts else None,
                warehouse_id=inbound.warehouse_id,
            )
            for number in inbound.tracking_numbers
        ],
        additional_fields={**inbound.additional_fields, "warehouse_id": inbound.warehouse_id},
    )
