"""What the bodies that can be sent to a sandbox are made of.

Dates are RFC 3339 with an offset. `client_key` is the caller's own name for the request: sent again with the
same body it changes nothing and answers the record, and records can be looked up by it.
"""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

Text = Annotated[str, Meta(min_length=1, max_length=10_000, pattern="^[^\\x00]*$")]
Number = Annotated[str, Meta(min_length=1, max_length=200, pattern="^[^\\x00]*$")]
"""What a record can be looked up by."""

Units = Annotated[int, Meta(ge=1, le=1_000_000)]
Moment = Annotated[datetime, Meta(tz=True)]
Absent = UnsetType


class Body(Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What every request may say."""

    client_key: Number | Absent = UNSET


class Part(Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An object inside a body."""


class Nothing(Body):
    """A request that is all said by its path."""
