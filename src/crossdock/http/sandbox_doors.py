"""The doors of sandboxes: made, moved along, and edited.

Paths: the contract's endpoint table, section 1. It has none for freight, nor for the edits that it speaks of
("data edits emit webhooks"): those are ours.
"""

from crossdock.http.answers import Connected
from crossdock.http.door import FULL_ACCESS, REFUSALS, Door, header
from crossdock.http.sandbox_routes import (
    EDIT,
    MERGE_PATCH,
    ORDER,
    PRODUCT,
    add_cart_product,
    edit_record,
    fulfil_order,
    generate_sandbox,
    move_shipment_on,
    place_cart_order,
    receive_return,
    ship_booking,
)

SIMULATION_REFUSALS = {
    "404": "The sandbox has no such record",
    "409": "The record is past that step",
    **REFUSALS,
}

SANDBOX_DOORS = (
    Door(
        "POST",
        "/sandbox/generate-sandbox/{integration_type}",
        generate_sandbox,
        "Make the organisation's sandbox, or fill it anew",
        audited="connection.sandbox_generated",
        returns=[Connected],
        needs="key",
        answers={
            "200": "The sandbox's connection and access token",
            "404": "There is no such sandbox",
            **REFUSALS,
        },
    ),
    Door(
        "PUT",
        "/sandbox/simulate/orders/{order_id}/fulfill",
        fulfil_order,
        "Ship an order of the sandbox",
        audited="sandbox_order.fulfilled",
        needs="key",
        parameters=[
            {
                "name": "partial",
                "in": "query",
                "required": False,
                "description": "Ship about half of what is left",
                "schema": {"type": "boolean"},
            }
        ],
        answers={"200": "The order", **SIMULATION_REFUSALS},
    ),
    Door(
        "PUT",
        "/sandbox/simulate/returns/{return_id}/receive",
        receive_return,
        "Let a return of the sandbox arrive",
        audited="sandbox_return.received",
        needs="key",
        answers={"200": "The return", **SIMULATION_REFUSALS},
    ),
    Door(
        "POST",
        "/sandbox/simulate/cart/orders",
        place_cart_order,
        "Place an order in the shop sandbox: the one of the body, or one that is made up",
        audited="sandbox_order.placed",
        needs="key",
        body=ORDER,
        answers={"200": "The order", **SIMULATION_REFUSALS},
    ),
    Door(
        "POST",
        "/sandbox/simulate/cart/products",
        add_cart_product,
        "Add a product to the shop sandbox: the one of the body, or one that is made up",
        audited="sandbox_product.added",
        needs="key",
        body=PRODUCT,
        answers={"200": "The first variant of the product", **SIMULATION_REFUSALS},
    ),
    Door(
        "PUT",
        "/sandbox/simulate/freight/bookings/{booking_id}/ship",
        ship_booking,
        "Let a booking of the freight sandbox become a shipment",
        audited="sandbox_booking.shipped",
        needs="key",
        answers={"200": "The shipment", **SIMULATION_REFUSALS},
    ),
    Door(
        "PUT",
        "/sandbox/simulate/freight/shipments/{shipment_id}/advance",
        move_shipment_on,
        "Move a shipment of the freight sandbox on to its next status",
        audited="sandbox_shipment.moved_on",
        needs="key",
        answers={"200": "The shipment", **SIMULATION_REFUSALS},
    ),
    Door(
        "PATCH",
        "/sandbox/records/{integration_type}/{resource}/{record_id}",
        edit_record,
        "Edit a record of a sandbox by a JSON Merge Patch (RFC 7396) of what /raw shows; its events follow",
        audited="sandbox_record.edited",
        needs="key",
        body=EDIT,
        parameters=[
            header(
                "If-Match",
                "The ETag of the record as it was read; 412 if it changed",
                {"type": "string"},
            )
        ],
        answers={
            "200": "The record",
            "404": "There is no such sandbox, resource or record",
            "412": "The record is not the one that If-Match names any more; `current` is what it is",
            "413": "The body is over 1 MB",
            "415": f"The body is declared neither as {MERGE_PATCH} nor as application/json",
            "501": "The records of a carrier sandbox are what its files say",
            **FULL_ACCESS,
            **REFUSALS,
        },
    ),
)
