"""Companies, places and ports: what bookings name by a reference."""

from collections.abc import Mapping
from typing import Any

from crossdock.doubles.flexport.answers import chosen, page
from crossdock.doubles.flexport.client_account import Asked, ClientAccount, Model

FILTERS = {"f.ref": lambda row, value: row["ref"] == value}


def address(city: str, country_code: str, street: str, postal_code: str, **more: Any) -> Model:
    """An `Address`. `more` has what else is known of it."""
    names = {"US": "United States", "CN": "China", "DE": "Germany", "VN": "Vietnam"}
    return {
        "_object": "/address",
        "street_address": street,
        "street_address2": None,
        "city": city,
        "state": None,
        "country": names[country_code],
        "country_code": country_code,
        "zip": postal_code,
        "timezone": None,
        "ref": None,
        "unlocode": None,
        **more,
    }


def add_entity(account: ClientAccount, name: str, ref: str | None, where: Model) -> Model:
    """A `CompanyEntity`; one without a reference cannot be booked for."""
    number = account.next_id("entity")
    entity = {
        "_object": "/company_entity",
        "id": number,
        "name": name,
        "ref": ref,
        "mailing_address": where,
        "vat_numbers": [],
    }
    account.entities[number] = entity
    return entity


def add_location(account: ClientAccount, name: str, ref: str | None, where: Model) -> Model:
    """A `Location`; one without a reference cannot be booked from or to."""
    number = account.next_id("location")
    location = {
        "_object": "/network/location",
        "id": str(number),
        "metadata": {},
        "name": name,
        "address": {**where, "ref": ref},
        "editable": True,
        "company": None,
        "contacts": [],
        "ref": ref,
    }
    account.locations[number] = location
    return location


def by_ref(records: Mapping[int, Model], ref: str) -> Model | None:
    """The record with that reference."""
    return next((record for record in records.values() if record["ref"] == ref), None)


def add_port(account: ClientAccount, code: str, where: Model, *, by_air: bool) -> None:
    """A port by sea or by air, under its UN/LOCODE."""
    named: Model = {"_object": "/ocean/port", "port_code": code}
    if by_air:
        iata = {"iata_code": code[2:], "icao_code": None, "country_code": code[:2]}
        named = {"_object": "/air/port", "port_code": code, **iata}
    place = {"_object": "/place", "name": where["city"], "address": {**where, "unlocode": code}}
    account.ports[code] = {**place, "details": [named]}


def list_entities(asked: Asked) -> Model:
    """`GET /network/company_entities`."""
    rows = chosen(asked.account.entities.values(), asked.parameters, FILTERS)
    return page("/network/company_entities", rows, asked.parameters)


def list_locations(asked: Asked) -> Model:
    """`GET /network/locations`."""
    rows = chosen(asked.account.locations.values(), asked.parameters, FILTERS)
    return page("/network/locations", rows, asked.parameters)
