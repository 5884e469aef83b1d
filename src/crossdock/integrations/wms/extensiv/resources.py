"""A resource that was read before it is changed: whether it is there, whose it is, and what to send back."""

from typing import Any

from crossdock.connector import Asked, NotFound, Reads
from crossdock.integrations.wms.extensiv.account import customer_id
from crossdock.integrations.wms.extensiv.hal import Model

OF_THE_API = ("readOnly", "_embedded", "_links")


def there(asked: Asked[Any], reads: Reads, name: str) -> Model:
    """The resource that was read. Raises `NotFound`."""
    if reads[name] is None:
        raise NotFound(f"Extensiv has no such {name}.", extra={"id": asked.record_id})
    model: Model = reads[name]
    return model


def own(asked: Asked[Any], reads: Reads, name: str) -> Model:
    """The resource that was read, which is the account's customer's. Raises `NotFound` for another's."""
    model = there(asked, reads, name)
    if model["readOnly"]["customerIdentifier"].get("id") != customer_id(asked.account):
        raise NotFound(f"This customer has no such {name}.", extra={"id": asked.record_id})
    return model


def settable(model: Model) -> Model:
    """What a client sets of a resource, as far as it is set."""
    return {name: value for name, value in model.items() if name not in OF_THE_API and value is not None}
