"""Fields that several writes share, beside those of the contract."""

from typing import Annotated

from crossdock.schemas.fields import WriteBody, account_value, described

Facility = Annotated[str, account_value("facilities", "id", "Id of the facility")]
Customer = Annotated[str, account_value("customers", "id", "Id of the customer whose goods these are")]
CarrierName = Annotated[str, account_value("carriers", "carrier", "Name of the carrier")]
Service = Annotated[str, account_value("carriers", "service", "Code of the carrier's service")]

CANCEL_REASON = "Cancelled by the customer"
"""Cancelling wants a reason at Extensiv, and the contract has no field for one."""


class CustomField(WriteBody, kw_only=True):
    """A value under a name of the account's own: a saved element."""

    name: Annotated[str, described("Name of the saved element")]
    value: Annotated[str, described("Its value")]


def saved_elements(custom: list[CustomField]) -> list[dict[str, str]]:
    """Custom fields as the API has them."""
    return [{"name": field.name, "value": field.value} for field in custom]
