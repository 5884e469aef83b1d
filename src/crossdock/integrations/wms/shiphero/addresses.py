"""Addresses as ShipHero takes them: `CreateOrderAddressInput` with two names, `AddressInput` with one."""

from typing import Annotated, Any

from crossdock.integrations.wms.shiphero.graphql import Record
from crossdock.integrations.wms.shiphero.values import given
from crossdock.schemas.fields import UNSET, Absent, WriteBody, described
from crossdock.schemas.wms_writes import fields


class ShipToAddress(WriteBody, kw_only=True):
    """Where a new order goes."""

    full_name: fields.FullName
    company: fields.Company | Absent = UNSET
    address1: fields.Address1
    address2: fields.Address2 | Absent = UNSET
    city: fields.City
    state: fields.State
    postal_code: fields.PostalCode
    country: fields.Country
    phone_number: Annotated[str, described("Phone number")] | Absent = UNSET
    email_address: Annotated[str, described("E-mail address")] | Absent = UNSET


class ChangedAddress(WriteBody, kw_only=True):
    """Where an order is to go instead."""

    full_name: fields.FullName
    company: fields.Company | Absent = UNSET
    address1: fields.Address1
    address2: fields.Address2 | Absent = UNSET
    city: fields.City
    state: fields.State
    postal_code: fields.PostalCode
    country: fields.Country


class ShipFromAddress(WriteBody, kw_only=True):
    """Where a return comes from."""

    full_name: fields.FullName
    address1: fields.Address1
    city: fields.City
    state: fields.State
    postal_code: fields.PostalCode
    country: fields.Country


def order_address(address: ShipToAddress | ChangedAddress) -> Record:
    """`CreateOrderAddressInput`: the first word of a name is the first name, the others are the last."""
    first, _, last = address.full_name.partition(" ")
    sent: dict[str, Any] = {
        "first_name": first,
        "last_name": last,
        "company": given(address.company),
        "address1": address.address1,
        "address2": given(address.address2),
        "city": address.city,
        "state": address.state,
        "zip": address.postal_code,
        "country": address.country,
    }
    if isinstance(address, ShipToAddress):
        sent |= {"phone": given(address.phone_number), "email": given(address.email_address)}
    return {name: value for name, value in sent.items() if value is not None}


def return_address(address: ShipFromAddress) -> Record:
    """`AddressInput`."""
    return {
        "name": address.full_name,
        "address1": address.address1,
        "city": address.city,
        "state": address.state,
        "zip": address.postal_code,
        "country": address.country,
    }


def same_address(order_address: Record) -> Record:
    """`AddressInput` of where an order goes, from its `OrderAddress`."""
    name = " ".join(order_address[part] for part in ("first_name", "last_name") if order_address.get(part))
    kept = ("address1", "address2", "city", "state", "country", "zip", "phone")
    sent = {"name": name} | {part: order_address.get(part) for part in kept}
    return {part: value for part, value in sent.items() if value}
