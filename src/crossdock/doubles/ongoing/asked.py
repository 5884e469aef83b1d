"""A request as the operations of the double are given it, over the warehouse. No HTTP here.

A parameter that the specification has and the double does not understand is refused with 501, as an
operation is: to ignore a filter would be to answer something else than was asked.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from crossdock.doubles.double import Refused
from crossdock.doubles.ongoing.models import Model, sortable
from crossdock.doubles.ongoing.warehouse import GoodsOwner, Warehouse

Filter = Callable[[Model, Any], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that keeps to the specification: its parameters with their types, and its body.

    `owner` seeds and gives the goods owner of an id, or raises `Refused`; `sees` is whether the user has it.
    """

    warehouse: Warehouse
    parameters: Mapping[str, Any]
    body: Any
    owner: Callable[[int], GoodsOwner]
    sees: Callable[[int], bool]

    def goods_owner(self) -> GoodsOwner:
        """The goods owner that the query names. Raises `Refused`."""
        return self.owner(self.parameters["goodsOwnerId"])

    def body_owner(self) -> GoodsOwner:
        """The goods owner that the body names. Raises `Refused`."""
        return self.owner(self.body["goodsOwnerId"])

    def found(
        self, records: Mapping[int, tuple[GoodsOwner, Model]], name: str, what: str
    ) -> tuple[GoodsOwner, Model]:
        """The record whose id is in the path, with its owner. Raises `Refused` when the user has none."""
        wanted = self.parameters[name]
        owner, record = records.get(wanted, (None, {}))
        if owner is None or not self.sees(owner.id):
            raise Refused(f"{what} {wanted} does not exist.", 404)
        return owner, record

    def visible(self, records: Mapping[int, tuple[GoodsOwner, Model]], name: str, what: str) -> Model:
        """The record whose id is in the path. Raises `Refused` when the user has none of that id."""
        return self.found(records, name, what)[1]

    def filtered(
        self, records: Iterable[Model], filters: Mapping[str, Filter], most: int | None = None
    ) -> list[Model]:
        """The first `most` records that satisfy every parameter given.

        Raises `Refused` for a parameter that is not understood.
        """
        given = {name: value for name, value in self.parameters.items() if name != "goodsOwnerId"}
        if unknown := given.keys() - filters.keys():
            raise Refused(f"This double does not filter by {', '.join(sorted(unknown))}.", 501)
        found = (
            record for record in records if all(filters[name](record, value) for name, value in given.items())
        )
        return list(islice(found, most))

    def not_before(self, name: str, reach: timedelta) -> None:
        """Raises `Refused` when the time in that parameter is further back than Ongoing lets one ask."""
        given = self.parameters.get(name)
        if given is not None and datetime.now(UTC) - datetime.fromisoformat(sortable(given)) > reach:
            hours = int(reach.total_seconds() // 3600)
            raise Refused(f"{name} must be within {hours} hours of the current time.")


def bound(*_: Any) -> bool:
    """The filter of a parameter that bounds how many records are answered, which is done afterwards."""
    return True
