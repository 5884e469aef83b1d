"""Channels, fulfilment centers, locations and shipping methods: what an account has without orders."""

from typing import Any

from crossdock.doubles.shipbob.asked import Asked, page
from crossdock.doubles.shipbob.merchant import Center, Model

LOCATION = "Integrations.Location.Public.Api.ViewModels.InternalLocationViewModel"


def list_channels(asked: Asked) -> list[Model]:
    """`GET /1.0/channel`."""
    return [
        {
            "id": channel.id,
            "name": channel.name,
            "application_name": channel.application_name,
            "scopes": list(channel.scopes),
        }
        for channel in asked.merchant.channels.values()
    ]


def center_model(center: Center) -> Model:
    """`FulfillmentCenterViewModel` of receiving orders."""
    return {
        "id": center.id,
        "name": center.name,
        "timezone": center.timezone,
        "address1": "100 Example Way",
        "address2": None,
        "city": center.city,
        "state": center.state,
        "country": "US",
        "zip_code": center.zip_code,
        "phone_number": None,
        "email": None,
    }


def list_centers(asked: Asked) -> list[Model]:
    """`GET /1.0/fulfillmentCenter`: those that receive goods."""
    return [center_model(center) for center in asked.merchant.centers.values() if center.receives]


def list_locations(asked: Asked) -> list[Model]:
    """`GET /1.0/location`. All of them are active and open to the user."""
    centers = asked.merchant.centers.values()
    wanted = asked.parameters.get("ReceivingEnabled")
    if asked.parameters.get("AccessGranted") is False:
        return []
    return [_location(center) for center in centers if wanted is None or center.receives == wanted]


def _location(center: Center) -> Model:
    services = ["Receiving", "Returns"] if center.receives else ["Returns"]
    return {
        "$type": LOCATION,
        "id": center.id,
        "name": center.name,
        "abbreviation": center.city[:3].upper() + "1",
        "timezone": center.timezone,
        "region": {"id": 1, "name": "United States"},
        "attributes": [],
        "is_active": True,
        "access_granted": True,
        "is_receiving_enabled": center.receives,
        "is_shipping_enabled": True,
        "is_external": False,
        "is_enabled_for_new_user": True,
        "services": [
            {"service_type": service, "enabled": True, "address": _address(center)} for service in services
        ],
    }


def _address(center: Center) -> Model:
    model = center_model(center)
    return {name: model[name] for name in model if name not in ("id", "timezone")}


def list_shipping_methods(asked: Asked) -> Any:
    """`GET /1.0/shippingmethod`."""
    return page("/1.0/shippingmethod", asked.merchant.methods, asked.parameters)
