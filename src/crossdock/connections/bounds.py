"""What a link is for: which integrations can be connected with it, and which functions are left out.

Names and rules: the contract's endpoint table, section 1, `POST /magic-links`.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec
import orjson

from crossdock.catalog import Catalog
from crossdock.connector import Integration
from crossdock.errors import FieldFault, Unprocessable
from crossdock.schemas.actions import WRITE_ACTIONS, IntegrationType
from crossdock.schemas.lists import LIST_FUNCTIONS

LONGEST_LIST = 100

IntegrationNames = Annotated[
    tuple[str, ...],
    msgspec.Meta(max_length=LONGEST_LIST, description=f"names of integrations, {LONGEST_LIST} at most"),
]
FunctionNames = Annotated[
    tuple[str, ...],
    msgspec.Meta(
        max_length=LONGEST_LIST,
        description=f"names of lists and writes such as get_orders, {LONGEST_LIST} at most",
    ),
]


class Bounds(msgspec.Struct, frozen=True):
    """The bounds of a link; an empty list bounds nothing."""

    integration_type: IntegrationType = "wms"
    integration_allow_list: IntegrationNames = ()
    integration_block_list: IntegrationNames = ()
    integrations_with_endpoints: FunctionNames = ()
    disabled_functions: FunctionNames = ()
    enabled_functions: FunctionNames = ()

    def allows(self, integration: Integration) -> bool:
        """Whether that integration can be connected."""
        if integration.type != self.integration_type:
            return False
        if self.integration_allow_list:
            return integration.name in self.integration_allow_list
        if integration.name in self.integration_block_list:
            return False
        able = {function.name for function in integration.list_functions}
        able |= {write.action.name for write in integration.writes}
        return able.issuperset(self.integrations_with_endpoints)

    def encode(self) -> str:
        """As it is stored."""
        return orjson.dumps(msgspec.structs.asdict(self)).decode()


def decode(text: str) -> Bounds:
    """The bounds that were stored."""
    return msgspec.json.decode(text, type=Bounds)


def checked(bounds: Bounds, catalog: Catalog) -> Bounds:
    """The bounds, if they name what there is. Raises `Unprocessable` with every fault."""
    faults = []
    names = {one.name for one in catalog.all() if one.type == bounds.integration_type}
    functions = {one.name for one in LIST_FUNCTIONS} | {one.name for one in WRITE_ACTIONS}
    known: Mapping[str, tuple[Sequence[str], set[str], str]] = {
        "integration_allow_list": (bounds.integration_allow_list, names, "integration"),
        "integration_block_list": (bounds.integration_block_list, names, "integration"),
        "integrations_with_endpoints": (bounds.integrations_with_endpoints, functions, "function"),
        "disabled_functions": (bounds.disabled_functions, functions, "function"),
        "enabled_functions": (bounds.enabled_functions, functions, "function"),
    }
    for name, (given, accepted, what) in known.items():
        faults += [
            FieldFault(f"/{name}/{at}", f"is no {what} of this type", sorted(accepted))
            for at, one in enumerate(given)
            if one not in accepted
        ]
    if bounds.integration_allow_list and (
        bounds.integration_block_list or bounds.integrations_with_endpoints
    ):
        message = "excludes integration_block_list and integrations_with_endpoints"
        faults.append(FieldFault("/integration_allow_list", message))
    if faults:
        raise Unprocessable("The magic link is not accepted.", faults)
    return bounds
