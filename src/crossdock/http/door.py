"""A door: one method of one path, what serves it and what is said about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from msgspec import Struct

from crossdock.http.bodies import Body, Told
from crossdock.http.endpoint import Endpoint

Needs = Literal["nothing", "key", "key and maybe token", "key and token", "link", "session"]


@dataclass(frozen=True, slots=True)
class Door:
    """One method of one path: what serves it and what is said about it."""

    method: str
    path: str
    endpoint: Endpoint
    summary: str
    needs: Needs = "nothing"
    body: Body[Any] | Told | None = None
    """What it takes; the route reads the same `Body`."""
    parameters: Sequence[Mapping[str, Any]] = ()
    answers: Mapping[str, str] = field(default_factory=lambda: {"200": "Done"})
    returns: Sequence[type[Struct]] = ()
    """What an answer of success is: one of these. Where nothing is named, only words tell."""
    audited: str | None = None
    """What an entry of the audit calls a success, such as `connection.deleted`: target and deed."""
    unaudited: str | None = None
    """Why a door that changes something leaves no entry."""
    keeps_bodies: bool = True
    """Whether the request log may keep bodies; false where they are nothing but secrets."""


REFUSALS = {
    "401": "The API key or access token is missing or not valid",
    "422": "Something in the request is not accepted; `errors` says what and where",
    "503": "The database cannot be used; try again",
}
"""What every door can answer that wants a key."""

DATA = "Data of the connection, as a write is: the request log has it"
"""Why what only changes records leaves no entry in the audit."""

FULL_ACCESS = {"403": "The key is read-only"}
"""What a door answers besides that changes something."""


def header(name: str, description: str, schema: Mapping[str, Any], required: bool = False) -> dict[str, Any]:
    """A header as an OpenAPI parameter."""
    return {"name": name, "in": "header", "required": required, "description": description, "schema": schema}


def query(name: str, description: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """A parameter of the query, which may be left out."""
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
