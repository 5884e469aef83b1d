"""JSON bodies as the types that say what they may hold.

A type is what `GET /openapi.json` publishes, and what is published is what bodies are checked against. The
door names its `Body`, and the route reads the request by that same one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.types import Scope

from crossdock.http.endpoint import SCOPE_KEY
from crossdock.http.requests import JSON, json_content
from crossdock.writes.typed import Typed

KindT = TypeVar("KindT")


@dataclass(frozen=True, slots=True)
class Told:
    """A body that is told of and checked by other means: a form, or what write-info describes."""

    schema: Mapping[str, Any]
    media_types: Sequence[str] = (JSON,)
    required: bool = True


class Body(Typed[KindT]):
    """A JSON body of a type: what a door publishes and what its route reads.

    `also` are media types besides JSON's own; the rest is as for `Typed`.
    """

    def __init__(
        self,
        kind: type[KindT],
        *,
        required: bool = True,
        also: Sequence[str] = (),
        least: int = 0,
        description: str | None = None,
        exact: bool = False,
    ) -> None:
        super().__init__(kind, least=least, description=description, exact=exact)
        self.required = required
        self.media_types = (*also, JSON)

    async def read(self, request: Request) -> KindT:
        """The body of a request.

        Raises `Unprocessable` with every fault and its place, `UnsupportedMediaType` or `TooLarge`, and
        `LookupError` when the door of the request does not publish this body.
        """
        self._check_is_of(request.scope)
        return self.decoded(await json_content(request, *self.media_types))

    async def read_if_sent(self, request: Request) -> KindT | None:
        """The body of a request that may come without one. Raises as `read` does."""
        self._check_is_of(request.scope)
        content = await json_content(request, *self.media_types, required=False)
        return self.decoded(content) if content else None

    def _check_is_of(self, scope: Scope) -> None:
        if scope[SCOPE_KEY] is not self:
            raise LookupError(f"{scope['path']} reads a body that its door does not name: {self.kind}")
