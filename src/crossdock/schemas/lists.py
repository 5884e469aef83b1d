"""The list functions of the wire contract, of every kind of system."""

from crossdock.schemas.actions import IntegrationType
from crossdock.schemas.carrier import lists as carrier
from crossdock.schemas.cart import lists as cart
from crossdock.schemas.erp import lists as erp
from crossdock.schemas.freight import lists as freight
from crossdock.schemas.list_functions import ListFunction
from crossdock.schemas.wms import lists as wms

LIST_FUNCTIONS: tuple[ListFunction, ...] = (
    *wms.LISTS,
    *cart.LISTS,
    *carrier.LISTS,
    *freight.LISTS,
    *erp.LISTS,
)
"""Every list function, in the contract's order."""


def list_function(integration_type: IntegrationType, name: str) -> ListFunction:
    """The function of that name. Raises `LookupError` when the contract has none."""
    for function in LIST_FUNCTIONS:
        if function.integration_type == integration_type and function.name == name:
            return function
    raise LookupError(f"the contract has no list function {name} for {integration_type}")


def function_of(integration_type: IntegrationType, collection: str) -> ListFunction:
    """The function that lists a collection of stored records. Raises `LookupError`."""
    for function in LIST_FUNCTIONS:
        if function.integration_type == integration_type and function.collection == collection:
            return function
    raise LookupError(f"the contract has no list of {collection} for {integration_type}")
