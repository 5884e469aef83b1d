"""The operations of the specification that this double has, by method and path."""

from collections.abc import Callable, Mapping
from typing import Any

from crossdock.doubles.double import Refused
from crossdock.doubles.extensiv import items, orders, receivers
from crossdock.doubles.extensiv.asked import Asked
from crossdock.doubles.extensiv.queries import (
    CUSTOMERS,
    FACILITIES,
    LOCATIONS,
    STOCK,
    embedded,
    page,
)
from crossdock.doubles.extensiv.tokens import LIFETIME, TOKEN
from crossdock.doubles.extensiv.warehouse import REL


def _token(asked: Asked) -> Any:
    given = asked.tokens.new()
    return {
        "access_token": given,
        "token_type": "Bearer",
        "expires_in": LIFETIME,
        "refresh_token": None,
        "scope": None,
    }


def _customers(asked: Asked) -> Any:
    found = page(asked, list(asked.warehouse.customers.values()), CUSTOMERS)
    return {"totalResults": found.total, **embedded(REL + "customers/customer", found.page)}


def _customer(asked: Asked) -> Any:
    found = asked.warehouse.customers.get(asked.parameters["customerId"])
    if found is None:
        raise Refused("There is no such resource.", 404)
    return found


def _facilities(asked: Asked) -> Any:
    kept = asked.warehouse.facilities
    wanted = asked.parameters.get("customerId")
    if wanted is not None:
        customer = asked.warehouse.customers.get(wanted)
        own = {facility["id"] for facility in customer["facilities"]} if customer else set()
        kept = {number: facility for number, facility in kept.items() if number in own}
    found = page(asked, list(kept.values()), FACILITIES)
    return {"totalResults": found.total, **embedded(REL + "properties/facility", found.page)}


def _locations(asked: Asked) -> Any:
    number = asked.parameters["facilityId"]
    if number not in asked.warehouse.facilities:
        raise Refused("There is no such resource.", 404)
    kept = [one for one in asked.warehouse.locations if one["facilityIdentifier"]["id"] == number]
    found = page(asked, kept, LOCATIONS)
    return {"totalResults": found.total, **embedded(REL + "properties/location", found.page)}


def _carriers(asked: Asked) -> Any:
    return {
        "defaultBillingCodes": [{"code": code} for code in ("BillThirdParty", "FreightCollect", "Prepaid")],
        "defaultShipmentServices": [],
        **embedded(REL + "properties/carrier", asked.warehouse.carriers),
    }


def _stock(asked: Asked) -> Any:
    rows = [
        {
            "itemIdentifier": {"id": item_id, "sku": asked.warehouse.items[item_id].model["sku"]},
            "facilityId": facility_id,
            "onHand": quantity,
            "available": quantity,
        }
        for (facility_id, item_id), quantity in sorted(asked.warehouse.stock.items())
    ]
    found = page(asked, rows, STOCK)
    return {"totalResults": found.total, "summaries": found.page}


OPERATIONS: Mapping[str, Callable[[Asked], Any]] = {
    TOKEN: _token,
    "GET /orders": orders.find,
    "POST /orders": orders.create,
    "GET /orders/{orderId}": orders.read,
    "PUT /orders/{orderId}": orders.update,
    "POST /orders/{orderId}/canceler": orders.cancel,
    "POST /orders/{orderId}/confirmer": orders.confirm,
    "GET /inventory/receivers": receivers.find,
    "POST /inventory/receivers": receivers.create,
    "GET /inventory/receivers/{receiverId}": receivers.read,
    "PUT /inventory/receivers/{receiverId}": receivers.update,
    "POST /inventory/receivers/{receiverId}/confirmer": receivers.confirm,
    "POST /inventory/receivers/{receiverId}/canceler": receivers.cancel,
    "GET /inventory/stocksummaries": _stock,
    "GET /customers": _customers,
    "GET /customers/{customerId}": _customer,
    "GET /customers/{customerId}/items": items.find,
    "POST /customers/{customerId}/items": items.create,
    "GET /customers/{customerId}/items/{itemId}": items.read,
    "PUT /customers/{customerId}/items/{itemId}": items.update,
    "GET /properties/facilities": _facilities,
    "GET /properties/facilities/{facilityId}/locations": _locations,
    "GET /properties/carriers": _carriers,
}
