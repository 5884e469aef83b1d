"""The doors as an OpenAPI document: what `GET /openapi.json` answers and `/reference` shows."""

from collections.abc import Mapping, Sequence
from typing import Any

from crossdock import __version__
from crossdock.http.bodies import Body, Told
from crossdock.http.door import Door, Needs
from crossdock.http.requests import SESSION_COOKIE
from crossdock.schemas.actions import INTEGRATION_TYPES
from crossdock.writes.typed import described

GROUPS = (
    ("Ask", "What can be connected, and what one account takes", ("integrations",)),
    ("Warehouses", "Writes and reads of warehouse systems", ("wms",)),
    ("Carts", "Writes and reads of shops", ("cart",)),
    ("ERPs", "Writes and reads of ERPs", ("erp",)),
    ("Freight", "Writes and reads of forwarders", ("freight",)),
    ("Carriers", "Invoice files and their line items", ("carrier",)),
    ("Connections", "Accounts that are connected, and when they are read", ("connections", "schedules")),
    ("Connecting", "Links by which owners connect their accounts", ("link", "magic-links")),
    ("Webhooks", "Who is told what happened, and whether it arrived", ("webhooks",)),
    ("Sandboxes", "Systems to try things with", ("sandbox",)),
    (
        "Logs",
        "The log of requests, the audit, and how things stand",
        ("requests", "audit", "audit.csv", "summary"),
    ),
    (
        "People and keys",
        "Who may sign in, and the keys of programs",
        ("first-start", "session", "invitation", "users", "api-keys"),
    ),
    ("Service", "Whether it runs, and what it is", ("healthz", "readyz", "openapi.json")),
)
"""The groups that doors are shown in: a name, what it is, and the first segments of its paths."""

TAGS = {segment: name for name, _, segments in GROUPS for segment in segments}


def describe(doors: Sequence[Door]) -> dict[str, Any]:
    """The doors as an OpenAPI 3.1 document. Raises `LookupError` for a door that belongs to no group."""
    kinds = [door.body.kind for door in doors if isinstance(door.body, Body)]
    kinds += [kind for door in doors for kind in door.returns]
    schemas, components = described(list(dict.fromkeys(kinds)))
    paths: dict[str, Any] = {}
    for door in doors:
        operation = _operation(door, schemas)
        if door.body is not None:
            operation["requestBody"] = _request_body(door.body, schemas)
        paths.setdefault(door.path, {})[door.method.lower()] = operation
    header = {"type": "apiKey", "in": "header"}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Crossdock",
            "version": __version__,
            "description": "One HTTP API to every system that moves goods. What a write takes differs from "
            "account to account: ask write-info.",
        },
        "tags": [{"name": name, "description": words} for name, words, _ in GROUPS],
        "paths": paths,
        "components": {
            "schemas": {"Error": ERROR, **components},
            "securitySchemes": {
                "key": {**header, "name": "x-trackstar-api-key"},
                "token": {**header, "name": "x-trackstar-access-token"},
                "link": {"type": "http", "scheme": "bearer"},
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": SESSION_COOKIE,
                    "description": "A person's, from POST /session. What changes something also wants the "
                    "header x-crossdock-csrf, with the session's csrf_token",
                },
                "connection": {
                    **header,
                    "name": "x-crossdock-connection",
                    "description": "The id of one of the organisation's connections",
                },
            },
        },
    }


ERROR = {
    "type": "object",
    "required": ["error", "origin"],
    "properties": {
        "error": {"type": "string"},
        "origin": {"enum": ["trackstar", "integration"]},
        "detail": {"type": "object", "description": "Messages by location and field"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "message"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON Pointer into the body"},
                    "message": {"type": "string"},
                    "accepted": {"description": "What would be right"},
                },
            },
        },
    },
}

SECURITY: Mapping[Needs, list[dict[str, list[str]]]] = {
    "nothing": [],
    "key": [{"key": []}, {"session": []}],
    "key and maybe token": [
        {"key": []},
        {"key": [], "token": []},
        {"session": []},
        {"session": [], "connection": []},
    ],
    "key and token": [{"key": [], "token": []}, {"session": [], "connection": []}],
    "link": [{"link": []}],
    "session": [{"session": []}],
}


def _operation(door: Door, schemas: Mapping[Any, Mapping[str, Any]]) -> dict[str, Any]:
    names = [part[1:-1] for part in door.path.split("/") if part.startswith("{")]
    in_path = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"enum": list(INTEGRATION_TYPES)} if name == "integration_type" else {"type": "string"},
        }
        for name in names
    ]
    return {
        "tags": [TAGS[door.path.split("/")[1]]],
        "summary": door.summary,
        "security": SECURITY[door.needs],
        "parameters": [*in_path, *door.parameters],
        "responses": {
            status: _response(int(status), description, [schemas[kind] for kind in door.returns])
            for status, description in door.answers.items()
        },
    }


def _request_body(body: Body[Any] | Told, schemas: Mapping[Any, Mapping[str, Any]]) -> dict[str, Any]:
    schema = body.published(schemas[body.kind]) if isinstance(body, Body) else body.schema
    return {
        "required": body.required,
        "content": {media_type: {"schema": schema} for media_type in body.media_types},
    }


def _response(status: int, description: str, returns: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    schema: Mapping[str, Any] = {"$ref": "#/components/schemas/Error"}
    if status < 400:
        if not returns or status >= 300:
            return {"description": description}
        schema = returns[0] if len(returns) == 1 else {"anyOf": list(returns)}
    return {"description": description, "content": {"application/json": {"schema": schema}}}
