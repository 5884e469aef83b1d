"""What a list function of the wire contract is: its name, path, records, filters and events.

Source: the contract's endpoint table (operators of the filters: its README), its event types and its default
frequencies (README, "Sync model").
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from msgspec import Struct

from crossdock.schemas.actions import IntegrationType

HOURLY = 3600
TWICE_A_DAY = 12 * 3600
"""Seconds between two syncs."""

STRING = ("eq", "neq", "in", "nin", "contains", "not_contains")
LOOSE = (
    "eq",
    "eq-insensitive",
    "in",
    "in-insensitive",
    "nin",
    "contains",
    "contains-insensitive",
    "not_contains",
)
SKU = ("eq", "in", "nin", "contains", "not_contains")
DAY = ("eq", "neq", "gt", "gte", "lt", "lte")
DATE = ("eq", "neq", "gt", "gte", "lt", "lte", "in", "nin")
PLAIN = ("eq",)
TAGS = ("contains", "not_contains")

COMMON: Mapping[str, tuple[str, ...]] = {
    "created_date": DATE,
    "updated_date": DATE,
    "trackstar_created_date": DATE,
    "trackstar_updated_date": DATE,
}
"""The filters that every list takes."""


@dataclass(frozen=True)
class ListFunction:
    """One list of the contract.

    `collection` names the stored records; `event` is what its event types begin with; `frequency` is in
    seconds; `on_demand` says whether the contract lets a caller fetch a window of it, `starts_paused` that
    its schedule is off until it is turned on. `item` is the parameter of the path of a single record, `None`
    where there is no such path. `gains` maps an event type to the list field whose growth it tells of.
    """

    integration_type: IntegrationType
    name: str
    path: str
    collection: str
    record: type[Struct]
    event: str | None
    item: str | None = None
    frequency: int = HOURLY
    on_demand: bool = False
    starts_paused: bool = False
    own_filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gains: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Method and path in one string, as the catalog and connection errors name it."""
        return f"GET {self.path}"

    @property
    def resource(self) -> str:
        """The records as the event of a completed first sync names them: `orders`."""
        return self.name.removeprefix("get_")

    @property
    def event_types(self) -> tuple[str, ...]:
        """The types of the events about its records; none where the contract has none."""
        if self.event is None:
            return ()
        return (f"{self.event}.created", f"{self.event}.updated", *self.gains)

    @cached_property
    def has_tags(self) -> bool:
        """Whether callers can put tags on the records."""
        return "trackstar_tags" in self.record.__struct_fields__

    @cached_property
    def filters(self) -> Mapping[str, tuple[str, ...]]:
        """The operators that each filter takes."""
        tags = {"trackstar_tags": TAGS} if self.has_tags else {}
        return {**self.own_filters, **COMMON, **tags}
