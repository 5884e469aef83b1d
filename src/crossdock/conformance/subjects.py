"""The integrations that can be tried: those that are installed with a stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from crossdock.catalog import Catalog
from crossdock.connector import Integration
from crossdock.doubles.stand import ENTRY_POINT_GROUP, Stand, installed_stands
from crossdock.schemas.actions import INTEGRATION_TYPES


@dataclass(frozen=True, slots=True)
class Subject:
    """An integration and what it is tried out on."""

    integration: Integration
    stand: Stand

    @property
    def slug(self) -> str:
        """Type and name: `wms/ongoing`."""
        return self.integration.slug


def subjects() -> Sequence[Subject]:
    """Every installed integration that has a stand, by type and name."""
    stands = installed_stands()
    return [
        Subject(integration, stands[integration.slug])
        for integration in installed()
        if integration.slug in stands
    ]


def subject(slug: str) -> Subject:
    """The one of that type and name. Raises `NotFound`, or `LookupError` when it has no stand."""
    integration_type, _, name = slug.partition("/")
    integration = Catalog.installed().get(integration_type, name)
    stand = installed_stands().get(slug)
    if stand is None:
        raise LookupError(f"{slug} has no entry point in the group {ENTRY_POINT_GROUP}")
    return Subject(integration, stand)


def installed() -> Sequence[Integration]:
    """Every installed integration, by type and name."""
    catalog = Catalog.installed()
    return [found for of_type in INTEGRATION_TYPES for found in catalog.of_type(of_type)]
