"""Locations, customers, vendors and employees as canonical records.

Each function raises `ValueError` when the row is no record.
"""

from typing import Any

from crossdock.integrations.erp.business_central.odata import record
from crossdock.integrations.erp.business_central.values import (
    amount,
    bill_to,
    identifier,
    name,
    ship_from,
    text,
    updated,
    wire_day,
)
from crossdock.schemas.erp import Customer, Employee, Location, Vendor
from crossdock.schemas.times import UNKNOWN


def location(decoded: Any) -> Location:
    """A `location`. The API has no zones and no bins."""
    row = record(decoded)
    called = text(row.get("displayName")) or text(row.get("code")) or row["id"]
    return Location(
        id=row["id"],
        created_date=UNKNOWN,
        updated_date=updated(row),
        name=called,
        code=text(row.get("code")),
        type="warehouse",
        full_path=called,
        address=ship_from(row),
        additional_fields={
            "contact": text(row.get("contact")),
            "phone_number": text(row.get("phoneNumber")),
            "email_address": text(row.get("email")),
        },
    )


def customer(decoded: Any) -> Customer:
    """A `customer`. One that is blocked for everything is not active."""
    row = record(decoded)
    blocked = name(row.get("blocked"))
    return Customer(
        id=row["id"],
        created_date=UNKNOWN,
        updated_date=updated(row),
        customer_number=text(row.get("number")),
        name=text(row.get("displayName")) or row.get("number") or row["id"],
        email_address=text(row.get("email")),
        phone_number=text(row.get("phoneNumber")),
        active=blocked != "All",
        billing_address=bill_to(row),
        additional_fields={
            "type": name(row.get("type")),
            "blocked": blocked,
            "salesperson_code": text(row.get("salespersonCode")),
            "credit_limit": amount(row.get("creditLimit")),
            "currency_code": text(row.get("currencyCode")),
            "payment_terms_id": identifier(row.get("paymentTermsId")),
            "shipment_method_id": identifier(row.get("shipmentMethodId")),
        },
    )


def vendor(decoded: Any) -> Vendor:
    """A `vendor`. One that is blocked for everything is not active."""
    row = record(decoded)
    blocked = name(row.get("blocked"))
    return Vendor(
        id=row["id"],
        created_date=UNKNOWN,
        updated_date=updated(row),
        vendor_number=text(row.get("number")),
        name=text(row.get("displayName")) or row.get("number") or row["id"],
        email_address=text(row.get("email")),
        phone_number=text(row.get("phoneNumber")),
        active=blocked != "All",
        address=ship_from(row),
        additional_fields={
            "blocked": blocked,
            "currency_code": text(row.get("currencyCode")),
            "payment_terms_id": identifier(row.get("paymentTermsId")),
        },
    )


def employee(decoded: Any) -> Employee:
    """An `employee`. Birthday and bank account, which the API tells too, are left to the vendor's record."""
    row = record(decoded)
    return Employee(
        id=row["id"],
        created_date=UNKNOWN,
        updated_date=updated(row),
        employee_number=text(row.get("number")),
        name=text(row.get("displayName")) or row.get("number") or row["id"],
        email_address=text(row.get("email")),
        active=name(row.get("status")) in {None, "Active"},
        additional_fields={
            "job_title": text(row.get("jobTitle")),
            "phone_number": text(row.get("phoneNumber")),
            "employment_date": wire_day(row.get("employmentDate")),
            "termination_date": wire_day(row.get("terminationDate")),
        },
    )
