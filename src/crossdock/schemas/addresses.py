"""Places and sizes that several kinds of records share."""

from typing import Literal

from msgspec import Struct


class ShipToAddress(Struct, kw_only=True):
    """Where goods go."""

    full_name: str | None = None
    company: str | None = None
    address1: str | None = None
    address2: str | None = None
    address3: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None
    phone_number: str | None = None
    email_address: str | None = None


class ShipFromAddress(Struct, kw_only=True):
    """Where goods come from; also where a warehouse is."""

    address1: str | None = None
    address2: str | None = None
    address3: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None


class BillToAddress(Struct, kw_only=True):
    """Who pays."""

    full_name: str | None = None
    address1: str | None = None
    address2: str | None = None
    address3: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None


class Measurements(Struct, kw_only=True):
    """Size and weight with their units."""

    length: float | None = None
    width: float | None = None
    height: float | None = None
    unit: Literal["cm", "in"] | None = None
    weight: float | None = None
    weight_unit: Literal["kg", "oz", "lb"] | None = None
