"""What a company has: records by collection and id, each with an ETag and the time of its last change."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from crossdock.doubles.double import Refused

Model = dict[str, Any]

NO_ID = "00000000-0000-0000-0000-000000000000"
NO_DAY = "0001-01-01"

PARENTS = {
    "salesOrders": "salesOrderLines",
    "purchaseOrders": "purchaseOrderLines",
    "salesShipments": "salesShipmentLines",
    "purchaseReceipts": "purchaseReceiptLines",
}
"""Documents and their lines; a line names its document by `documentId`."""


class Refusal(Refused):
    """A refusal with one of the codes of the vendor's page on errors."""

    def __init__(self, message: str, code: str, status: int = 400) -> None:
        super().__init__(message, status)
        self.code = code


@dataclass(slots=True)
class Company:
    """Records by collection and id, in the order in which they were made, as the API answers them.

    `stopped_at` stands for the time of day as long as it is set. `largest_page` is how many records an answer
    has at most: the real server's is 20,000.
    """

    id: str
    records: defaultdict[str, dict[str, Model]] = field(default_factory=lambda: defaultdict(dict))
    stopped_at: str | None = None
    largest_page: int = 20_000
    _last: Counter[str] = field(default_factory=Counter)

    def now(self) -> str:
        """The time as the API writes it."""
        moment = datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")
        return self.stopped_at or f"{moment}Z"

    def number(self, series: str) -> str:
        """The next number of a series: `SO1001`."""
        self._last[series] += 1
        return f"{series}{1000 + self._last[series]}"

    def add(self, collection: str, **properties: Any) -> Model:
        """A new record; its id follows from the collection and how many it has had."""
        self._last[collection] += 1
        name = f"{collection}/{self._last[collection]}"
        record_id = str(uuid.uuid5(uuid.NAMESPACE_URL, name))
        record = {"@odata.etag": "", "id": record_id, **properties}
        self.records[collection][record_id] = record
        self.touch(collection, record)
        return record

    def touch(self, collection: str, record: Model) -> None:
        """A change: a new ETag, and where the entity has one, a new time. A line's is one of its document."""
        self._last["etag"] += 1
        record["@odata.etag"] = f'W/"{self._last["etag"]}"'
        if not collection.endswith("Lines"):
            record["lastModifiedDateTime"] = self.now()
            return
        parent = next(name for name, lines in PARENTS.items() if lines == collection)
        document = self.records[parent].get(record["documentId"])
        if document is not None:
            self.touch(parent, document)

    def one(self, collection: str, record_id: str) -> Model:
        """A record. Raises `Refusal` for none."""
        found = self.records[collection].get(record_id.lower())
        if found is None:
            raise Refusal(f"No {collection} with id {record_id} exists.", "BadRequest_NotFound", 404)
        return found

    def lines(self, collection: str, record_id: str) -> list[Model]:
        """The lines of a document."""
        lines = self.records[PARENTS[collection]].values()
        return [line for line in lines if line["documentId"] == record_id]

    def by(self, collection: str, name: str, value: str) -> Model | None:
        """The first record that has a value; codes and numbers are the same in capitals."""
        rows = self.records[collection].values()
        return next((row for row in rows if str(row[name]).upper() == value.upper()), None)

    def check_etag(self, record: Model, parameters: Mapping[str, Any]) -> None:
        """Raises `Refusal` when somebody changed the record since the caller read it."""
        if parameters["If-Match"] not in {"*", record["@odata.etag"]}:
            raise Refusal("Another user has already changed the record.", "Request_EntityChanged", 409)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that keeps to the specification: its parameters with their types, and its body."""

    company: Company
    parameters: Model
    body: Any
    link: str
    """The address of the request, without its query."""
