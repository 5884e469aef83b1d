"""Every door of the service, declared once: the routes and `GET /openapi.json` both come from here."""

from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp

from crossdock.http.activity_doors import ACTIVITY_DOORS
from crossdock.http.answers import Rehearsed, Written
from crossdock.http.audited import audited
from crossdock.http.bodies import Told
from crossdock.http.carrier_doors import CARRIER_DOORS
from crossdock.http.catalog_routes import integration, integrations
from crossdock.http.connection_doors import CONNECTION_DOORS
from crossdock.http.description import describe
from crossdock.http.door import DATA, REFUSALS, Door, header
from crossdock.http.endpoint import Mounted
from crossdock.http.health_routes import healthz, readyz
from crossdock.http.link_doors import LINK_DOORS
from crossdock.http.magic_doors import MAGIC_DOORS
from crossdock.http.oauth_doors import OAUTH_DOORS
from crossdock.http.passthrough_routes import PASSED_THROUGH, passthrough_endpoint
from crossdock.http.people_doors import PEOPLE_DOORS
from crossdock.http.read_doors import READ_DOORS
from crossdock.http.requests import FORM, JSON
from crossdock.http.sandbox_doors import SANDBOX_DOORS
from crossdock.http.webhook_doors import WEBHOOK_DOORS
from crossdock.http.write_info_routes import Answer, write_info
from crossdock.http.write_routes import write_endpoint
from crossdock.schemas.actions import WRITE_ACTIONS, Action, IntegrationType
from crossdock.schemas.base_bodies import BASE_BODIES
from crossdock.schemas.fields import NoBody
from crossdock.write_info.published import Published

TEXT = {"type": "string"}
WRITE_REFUSALS = {
    "400": "The Idempotency-Key stands for another request",
    "403": "The key is read-only, or the write is disabled for this connection",
    "409": "The first request with this Idempotency-Key is still running",
    "413": "The body is over 1 MB, or the file over 10 MB",
    "415": "The body is not declared as JSON, or as a form where a file is sent",
    "501": "The integration lacks this write",
    "502": "The vendor could not be reached, or was not understood",
    "504": "The vendor did not answer after the request was sent; the outcome is unknown",
}


async def openapi(request: Request) -> ASGIApp:
    """The service's own OpenAPI document."""
    return Answer(DESCRIPTION, dict(request.scope["headers"]))


def _write_body(action: Action) -> Told | None:
    if BASE_BODIES[action] is NoBody:
        return None
    schema = {"type": "object", "description": "See write-info of the connection"}
    return Told(schema, (FORM if action.takes_file else JSON,))


def _write_door(action: Action) -> Door:
    words = action.name.replace("_", " ")
    return Door(
        action.method,
        action.path,
        write_endpoint(action),
        f"{words.capitalize()}, as write-info describes it for the connection",
        unaudited=DATA,
        needs="key and token",
        body=_write_body(action),
        returns=[Written, Rehearsed],
        parameters=[
            header(
                "Idempotency-Key",
                "Repeats of this request within 24 hours get the first success",
                {"type": "string", "minLength": 1, "maxLength": 255},
            ),
            *(
                [header("If-Match", "The ETag of the record as it was read; 412 if it changed", TEXT)]
                if action.parameter
                else []
            ),
            header("X-Dry-Run", "Answer the vendor's request instead of sending it", {"type": "boolean"}),
        ],
        answers={
            "200": "The record, its id and the fields that were not used",
            **({"412": "The record is not the one that If-Match names any more"} if action.parameter else {}),
            **REFUSALS,
            **WRITE_REFUSALS,
        },
    )


PASSTHROUGH: tuple[IntegrationType, ...] = ("wms", "cart")
"""The types whose systems callers can send requests of their own to: the contract's endpoints, section 7."""


def _passthrough_door(integration_type: IntegrationType) -> Door:
    return Door(
        "POST",
        f"/{integration_type}/passthrough",
        passthrough_endpoint(integration_type),
        "Send a request of your own to the vendor of the connection; an Idempotency-Key is not regarded",
        audited="connection.passed_through",
        needs="key and token",
        body=PASSED_THROUGH,
        answers={
            "200": "What the vendor answered, whatever its status",
            "403": "The key is read-only, or the connection is limited to some writes",
            **{status: WRITE_REFUSALS[status] for status in ("413", "415", "501", "502", "504")},
            **REFUSALS,
        },
    )


WRITE_INFO = Door(
    "GET",
    "/integrations/{integration_type}/{integration_name}/write-info",
    write_info,
    "The OpenAPI 3.1 document of the writes an integration, or one account of it, takes",
    needs="key and maybe token",
    parameters=[
        {
            "name": "operation",
            "in": "query",
            "required": False,
            "description": "Only this write, such as create_return",
            "schema": {"type": "string"},
        },
        {
            "name": "explain",
            "in": "query",
            "required": False,
            "description": "Say of each field where it lands in the vendor's request",
            "schema": {"type": "boolean"},
        },
        header("If-None-Match", "An ETag answered before", {"type": "string"}),
    ],
    answers={
        "200": "The document; Age says how old its account values are, in seconds",
        "304": "The document is the one that If-None-Match names",
        "404": "There is no such integration",
        "502": "The account was never asked before, and the vendor does not answer",
        **REFUSALS,
    },
)

DOORS: tuple[Door, ...] = (
    WRITE_INFO,
    Door("GET", "/healthz", healthz, "Whether this process lives"),
    Door(
        "GET",
        "/readyz",
        readyz,
        "Whether this process can do its work",
        answers={"200": "Ready", "503": REFUSALS["503"]},
    ),
    Door("GET", "/openapi.json", openapi, "This document"),
    *(_write_door(action) for action in WRITE_ACTIONS),
    Door(
        "GET",
        "/integrations/{integration_type}",
        integrations,
        "The integrations of a type, and what each can do",
        needs="key",
        answers={"200": "The integrations", **REFUSALS},
    ),
    Door(
        "GET",
        "/integrations/{integration_type}/{integration_name}",
        integration,
        "One integration and what it can do",
        needs="key",
        answers={"200": "The integration", "404": "There is no such integration", **REFUSALS},
    ),
    *(_passthrough_door(integration_type) for integration_type in PASSTHROUGH),
    *SANDBOX_DOORS,
    *ACTIVITY_DOORS,
    *PEOPLE_DOORS,
    *LINK_DOORS,
    *MAGIC_DOORS,
    *OAUTH_DOORS,
    *CONNECTION_DOORS,
    *WEBHOOK_DOORS,
    *CARRIER_DOORS,
    *READ_DOORS,
)


def routes() -> list[Route]:
    """The doors as Starlette routes, in their order: the one that is asked most comes first."""
    return [Route(door.path, Mounted(audited(door), door.body), methods=[door.method]) for door in DOORS]


DESCRIPTION = Published(describe(DOORS), {}, 0.0)
