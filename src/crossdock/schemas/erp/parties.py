"""Whom an ERP knows, and where it keeps things: customers, vendors, employees, locations."""

from typing import Any

from msgspec import Struct, field

from crossdock.schemas.addresses import BillToAddress, ShipFromAddress, ShipToAddress


class Location(Struct, kw_only=True):
    """A warehouse, a zone or a bin. `full_path` has the names from the outermost one, with ` / ` between."""

    id: str
    created_date: str
    updated_date: str
    name: str
    code: str | None = None
    type: str | None = None
    active: bool = True
    parent_location_id: str | None = None
    full_path: str
    address: ShipFromAddress = field(default_factory=ShipFromAddress)
    external_system_url: str | None = None
    trackstar_tags: list[Any] | None = None
    additional_fields: dict[str, Any] = {}


class Customer(Struct, kw_only=True):
    """Somebody who buys."""

    id: str
    created_date: str
    updated_date: str
    customer_number: str | None = None
    name: str
    email_address: str | None = None
    phone_number: str | None = None
    active: bool = True
    billing_address: BillToAddress = field(default_factory=BillToAddress)
    shipping_addresses: list[ShipToAddress] = []
    external_system_url: str | None = None
    trackstar_tags: list[Any] | None = None
    additional_fields: dict[str, Any] = {}


class Vendor(Struct, kw_only=True):
    """Somebody who sells to the business."""

    id: str
    created_date: str
    updated_date: str
    vendor_number: str | None = None
    name: str
    email_address: str | None = None
    phone_number: str | None = None
    active: bool = True
    address: ShipFromAddress = field(default_factory=ShipFromAddress)
    external_system_url: str | None = None
    trackstar_tags: list[Any] | None = None
    additional_fields: dict[str, Any] = {}


class ApprovalLimit(Struct, kw_only=True):
    """Up to what amount an employee may approve, and of which kind of document."""

    document_type: str
    amount: float
    currency_code: str | None = None


class Employee(Struct, kw_only=True):
    """Somebody who works for the business and may buy for it."""

    id: str
    created_date: str
    updated_date: str
    employee_number: str | None = None
    name: str
    email_address: str | None = None
    active: bool = True
    approval_limits: list[ApprovalLimit] = []
    external_system_url: str | None = None
    trackstar_tags: list[Any] | None = None
    additional_fields: dict[str, Any] = {}
