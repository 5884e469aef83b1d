"""What an operation is given, and how it is registered."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crossdock.doubles.double import Refused
from crossdock.doubles.shiphero.account import Account

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """The account that is asked, and the arguments; a mutation has them in `data`."""

    account: Account
    arguments: Mapping[str, Any]

    @property
    def data(self) -> Record:
        """The input of a mutation."""
        data: Record = self.arguments["data"]
        return data

    def filtered(self, records: Iterable[Record], **fields: str) -> list[Record]:
        """The records whose fields are as the arguments say; `fields` name each argument's field.

        Raises `Refused` with 501 for a filter that is not among them, so that none is ignored.
        """
        filters = {name: value for name, value in self.arguments.items() if value is not None}
        for name in filters:
            if name not in fields:
                raise Refused(f"This double does not filter by {name}.", 501)
        return [r for r in records if all(_meets(r[fields[n]], n, value) for n, value in filters.items())]


def _meets(there: Any, name: str, wanted: Any) -> bool:
    if name.endswith("_from"):
        return there is not None and there >= wanted
    if name.endswith("_to"):
        return there is not None and there <= wanted
    return bool(there == wanted)


Operation = Callable[[Asked], Record]
"""Lets an operation take effect and gives its value, without `request_id` and `complexity`."""
