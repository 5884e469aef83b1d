"""The event types of the wire contract: its webhook page, "Event types"."""

from crossdock.schemas.lists import LIST_FUNCTIONS

CART = ("cart-order", "cart-product", "cart-warehouse")
CARRIER = ("carrier-invoice-line-item",)
FREIGHT = ("freight-shipment",)
ERP = (
    "erp-customer",
    "erp-employee",
    "erp-inventory",
    "erp-item",
    "erp-location",
    "erp-purchase-order",
    "erp-purchase-order-receipt",
    "erp-sales-order",
    "erp-sales-order-shipment",
    "erp-vendor",
)
ADMIN = (
    "connection.created",
    "connection.deleted",
    "connection.historical-sync-completed",
    "connection.force-sync-completed",
    "connection.sync-job-completed",
    "connection.sync-job-stuck",
    "connection.schedule-stuck",
    "connection-error.created",
    "connection-error.updated",
    "connection-error.deleted",
    "install.failed",
)
GAINS = tuple(name for function in LIST_FUNCTIONS for name in function.gains)
OF_LISTS = tuple(function.event for function in LIST_FUNCTIONS if function.event is not None)

RESOURCES = (*OF_LISTS, *CART, *CARRIER, *FREIGHT, *ERP)

EVENT_TYPES: tuple[str, ...] = (
    *(
        f"{name}.{verb}"
        for name in (*OF_LISTS, *CART, *CARRIER, *FREIGHT, *ERP)
        for verb in ("created", "updated")
    ),
    *GAINS,
    "cart-order.cart-shipment.created",
    "carrier-file.created",
    *ADMIN,
)
"""Every type that an endpoint can ask for."""
