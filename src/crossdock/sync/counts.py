"""What a run has done so far, for people who watch it and for the log."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import orjson

from crossdock.records.keep import Kept


@dataclass(frozen=True, slots=True)
class Counts:
    """Pages and records of one run. `records` are all that the vendor sent; `seconds` is how long it took."""

    pages: int = 0
    records: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0
    put_aside: int = 0
    seconds: float = 0.0

    def with_page(self, kept: Kept, put_aside: int, seconds: float) -> "Counts":
        """The sum after another page, which took that long."""
        return replace(
            self,
            pages=self.pages + 1,
            records=self.records + kept.created + kept.updated + kept.unchanged + put_aside,
            created=self.created + kept.created,
            updated=self.updated + kept.updated,
            unchanged=self.unchanged + kept.unchanged,
            put_aside=self.put_aside + put_aside,
            seconds=self.seconds + seconds,
        )

    def with_deleted(self, deleted: int) -> "Counts":
        """The sum after records were marked as deleted."""
        return replace(self, deleted=self.deleted + deleted)

    @property
    def records_per_second(self) -> float:
        """The rate since the run began."""
        return self.records / self.seconds if self.seconds else 0.0

    def encode(self) -> str:
        """As it is kept between pages."""
        return orjson.dumps(asdict(self)).decode()

    @classmethod
    def decode(cls, text: str) -> "Counts":
        """What `encode` gave; what it does not name is nought."""
        kept = orjson.loads(text)
        return cls(**{field.name: kept[field.name] for field in fields(cls) if field.name in kept})

    def as_json(self) -> dict[str, Any]:
        """As the API answers it."""
        shown = asdict(self)
        shown["seconds"] = round(self.seconds, 3)
        return {**shown, "records_per_second": round(self.records_per_second, 1)}
