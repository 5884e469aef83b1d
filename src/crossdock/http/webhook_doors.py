"""The doors of webhooks. The contract documents none; paths and bodies are this service's own."""

from crossdock.http import webhook_routes as routes
from crossdock.http.connection_doors import BODY_REFUSALS, PAGE
from crossdock.http.door import FULL_ACCESS, REFUSALS, Door, query

NO_ENDPOINT = {"404": "The organisation has no such endpoint"}
NO_EVENT = {"404": "The organisation has no such event"}
ENDPOINT = "/webhooks/endpoints/{endpoint_id}"
EVENT = "/webhooks/events/{event_id}"
TEXT = {"type": "string"}
MOMENT = {"type": "string", "format": "date-time"}

WEBHOOK_DOORS = (
    Door(
        "GET",
        "/webhooks/endpoints",
        routes.list_endpoints,
        "The organisation's webhook endpoints",
        needs="key",
        answers={"200": "The endpoints", **REFUSALS},
    ),
    Door(
        "POST",
        "/webhooks/endpoints",
        routes.create_endpoint,
        "Make a webhook endpoint; the answer has its secret",
        audited="webhook_endpoint.created",
        needs="key",
        body=routes.NEW_ENDPOINT,
        answers={"200": "The endpoint", **BODY_REFUSALS},
    ),
    Door(
        "GET",
        ENDPOINT,
        routes.get_endpoint,
        "One webhook endpoint",
        needs="key",
        answers={"200": "The endpoint", **NO_ENDPOINT, **REFUSALS},
    ),
    Door(
        "PATCH",
        ENDPOINT,
        routes.change_endpoint,
        "Change a webhook endpoint, or enable it again",
        audited="webhook_endpoint.changed",
        needs="key",
        body=routes.ENDPOINT_CHANGES,
        answers={"200": "The endpoint", **NO_ENDPOINT, **BODY_REFUSALS},
    ),
    Door(
        "DELETE",
        ENDPOINT,
        routes.delete_endpoint,
        "Remove a webhook endpoint",
        audited="webhook_endpoint.deleted",
        needs="key",
        answers={"200": "Removed", **NO_ENDPOINT, **FULL_ACCESS, **REFUSALS},
    ),
    Door(
        "GET",
        f"{ENDPOINT}/secret",
        routes.get_secret,
        "The secrets that sign at present, the newest first",
        audited="webhook_endpoint.secret_read",
        needs="key",
        answers={"200": "The secrets", **NO_ENDPOINT, **FULL_ACCESS, **REFUSALS},
    ),
    Door(
        "POST",
        f"{ENDPOINT}/rotate-secret",
        routes.rotate_secret,
        "Make a new secret; the old one stays valid for `grace_seconds`",
        audited="webhook_endpoint.secret_rotated",
        needs="key",
        body=routes.ROTATION,
        answers={"200": "The secrets", **NO_ENDPOINT, **BODY_REFUSALS},
    ),
    Door(
        "POST",
        f"{ENDPOINT}/test",
        routes.test_endpoint,
        "Send a made-up event of a type to an endpoint",
        audited="webhook_endpoint.tested",
        needs="key",
        body=routes.TRIAL,
        answers={"200": "The id of the event", **NO_ENDPOINT, **BODY_REFUSALS},
    ),
    Door(
        "GET",
        "/webhooks/event-types",
        routes.event_types,
        "Every event type",
        needs="key",
        answers={"200": "The types", **REFUSALS},
    ),
    Door(
        "GET",
        "/webhooks/events",
        routes.list_events,
        "What happened, the latest first",
        needs="key",
        parameters=[
            *PAGE,
            query("event_type", "Only events of this type", TEXT),
            query("connection_id", "Only events of this connection", TEXT),
            query("record_id", "Only events of this record", TEXT),
            query("from", "Only events at this time or later", MOMENT),
            query("to", "Only events before this time", MOMENT),
        ],
        answers={"200": "A page of events", **REFUSALS},
    ),
    Door(
        "GET",
        EVENT,
        routes.get_event,
        "One event",
        needs="key",
        answers={"200": "The event", **NO_EVENT, **REFUSALS},
    ),
    Door(
        "GET",
        f"{EVENT}/data",
        routes.event_data,
        "A link to the whole of an event, good for twenty minutes",
        needs="key",
        answers={"200": "`download_url`", **NO_EVENT, **REFUSALS},
    ),
    Door(
        "GET",
        f"{EVENT}/download",
        routes.download,
        "The whole of an event, for whoever has the link",
        parameters=[query("token", "Part of the link", TEXT)],
        answers={"200": "The event", "403": "The link has expired or was not given", **NO_EVENT},
    ),
    Door(
        "GET",
        f"{EVENT}/deliveries",
        routes.deliveries,
        "To whom an event was delivered, with every attempt",
        needs="key",
        answers={"200": "The deliveries", **NO_EVENT, **REFUSALS},
    ),
    Door(
        "POST",
        f"{EVENT}/replay",
        routes.replay_event,
        "Deliver an event again to every endpoint that wants it",
        audited="event.replayed",
        needs="key",
        answers={"200": "How many deliveries were made", **NO_EVENT, **FULL_ACCESS, **REFUSALS},
    ),
    Door(
        "POST",
        "/webhooks/replay",
        routes.replay_range,
        "Deliver the events of a time again to one endpoint, at most ten thousand",
        audited="events.replayed",
        needs="key",
        body=routes.REPLAY,
        answers={"200": "How many deliveries were made", **NO_ENDPOINT, **BODY_REFUSALS},
    ),
)
