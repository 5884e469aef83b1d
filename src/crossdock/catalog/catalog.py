"""The integrations that are installed.

An integration is any object of type `Integration` behind an entry point of the group
`crossdock.integrations`, in this package or in another one installed beside it.
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from importlib.metadata import entry_points
from typing import get_args

from crossdock.connector import Integration, WriteOperation
from crossdock.errors import FieldFault, NotFound, NotImplementedByIntegration, Unprocessable
from crossdock.schemas.actions import INTEGRATION_TYPES, Action, IntegrationType

ENTRY_POINT_GROUP = "crossdock.integrations"


class Catalog:
    """Looks integrations up by type and name."""

    def __init__(self, integrations: Iterable[Integration]) -> None:
        self._by_slug = {integration.slug: integration for integration in integrations}

    @classmethod
    def installed(cls) -> "Catalog":
        """Every integration that an entry point names. Raises `TypeError` when one is something else."""
        found = []
        for entry_point in entry_points(group=ENTRY_POINT_GROUP):
            integration = entry_point.load()
            if not isinstance(integration, Integration):
                raise TypeError(f"entry point {entry_point.value} is not a crossdock Integration")
            found.append(integration)
        return cls(found)

    def get(self, integration_type: str, name: str) -> Integration:
        """The integration. Raises `Unprocessable` for an unknown type and `NotFound` for an unknown name."""
        known = check_type(integration_type)
        integration = self._by_slug.get(f"{known}/{name}")
        if integration is None:
            raise NotFound(self._no_such_name(known, name))
        return integration

    def of_type(self, integration_type: str) -> Sequence[Integration]:
        """The integrations of a type, by name. Raises `Unprocessable` for an unknown type."""
        known = check_type(integration_type)
        found = [i for i in self._by_slug.values() if i.type == known]
        return sorted(found, key=lambda integration: integration.name)

    def all(self) -> Sequence[Integration]:
        """Every integration, by type and name."""
        return [self._by_slug[slug] for slug in sorted(self._by_slug)]

    def _no_such_name(self, integration_type: IntegrationType, name: str) -> str:
        names = sorted(i.name for i in self._by_slug.values() if i.type == integration_type)
        message = f"There is no {integration_type} integration {name!r}."
        if near := get_close_matches(name, names, n=1, cutoff=0.5):
            return f"{message} Did you mean {near[0]!r}?"
        return f"{message} There are: {', '.join(names)}." if names else f"{message} There are none yet."


def check_type(integration_type: str) -> IntegrationType:
    """The type, if it is one of the contract's five. Raises `Unprocessable` listing them."""
    for known in get_args(IntegrationType):
        if known == integration_type:
            return known  # type: ignore[no-any-return]
    types = list(INTEGRATION_TYPES)
    fault = FieldFault("/integration_type", f"{integration_type!r} is not an integration type", types)
    message = f"Unknown integration type {integration_type!r}. The types are {', '.join(types)}."
    raise Unprocessable(message, [fault], location="path")


def implemented_write(integration: Integration, action: Action) -> WriteOperation:  # type: ignore[type-arg]
    """The integration's operation for an action of the contract. Raises `NotImplementedByIntegration`."""
    operation = integration.write(action.name)
    if operation is None or integration.type != action.integration_type:
        raise NotImplementedByIntegration(
            f"Endpoint {action.name} is not implemented for {integration.display_name}"
        )
    return operation
