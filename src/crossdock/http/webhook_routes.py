"""Webhook endpoints, what happened, and what was delivered."""

import time
from collections.abc import Mapping
from typing import Any

import orjson
import sqlalchemy as sa
from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from crossdock.connections.access import Caller
from crossdock.errors import FieldFault, Forbidden, NotFound, Unprocessable
from crossdock.http.bodies import Body
from crossdock.http.connection_routes import keyed
from crossdock.http.paging import begins_after, next_token
from crossdock.http.service import Service
from crossdock.schemas.events import EVENT_TYPES
from crossdock.storage import webhooks as stored
from crossdock.storage.events import NewEvent, add_event_for
from crossdock.storage.latest_first import cut
from crossdock.storage.webhooks import EndpointRow
from crossdock.webhooks import endpoints as managed
from crossdock.webhooks.endpoints import EndpointChanges, NewEndpoint, Rotation, Trial
from crossdock.webhooks.shown import delivery_as_json, event_as_json, sample_payload
from crossdock.webhooks.wanted import MOST_REPLAYED, Replay, event_filter, limit_of, replay_of
from crossdock.writes.typed import given_members

LINK_LIFETIME = 20 * 60
LINKS = "event-data"

NEW_ENDPOINT, ENDPOINT_CHANGES = Body(NewEndpoint), Body(EndpointChanges)
ROTATION, TRIAL, REPLAY = Body(Rotation, required=False), Body(Trial), Body(Replay)


async def create_endpoint(request: Request) -> Response:
    """A new endpoint; its secret is in the answer."""
    service, caller = await keyed(request, writes=True)
    given = given_members(await NEW_ENDPOINT.read(request))
    await _check_url(service, given)
    now = time.time()
    values = {"description": "", **managed.columns(given, now)}
    values |= {
        "organisation_id": caller.organisation_id,
        "secrets": managed.first_secret(service.vault),
        "created_at": now,
    }
    row = await service.database.write(stored.add_endpoint, values)
    secrets = managed.valid_secrets(service.vault, row, now)
    return _json({"data": {**managed.as_json(row), "secret": secrets[0]}})


async def _check_url(service: Service, given: Mapping[str, Any]) -> None:
    if "url" in given:
        private = service.settings.allow_private_networks
        await managed.check_url(given["url"], allow_private_networks=private)


async def list_endpoints(request: Request) -> Response:
    """The organisation's endpoints, oldest first."""
    service, caller = await keyed(request)
    rows = await service.database.read(stored.endpoints, caller.organisation_id)
    return _page([managed.as_json(row) for row in rows])


async def get_endpoint(request: Request) -> Response:
    """One endpoint."""
    service, caller = await keyed(request)
    return _json({"data": managed.as_json(await _own(service, caller, request))})


async def change_endpoint(request: Request) -> Response:
    """Changes an endpoint; `enabled` set to true lets it begin anew."""
    service, caller = await keyed(request, writes=True)
    row = await _own(service, caller, request)
    given = given_members(await ENDPOINT_CHANGES.read(request))
    await _check_url(service, given)
    await service.database.write(stored.change_endpoint, row.id, managed.columns(given, time.time()))
    return _json({"data": managed.as_json(await _own(service, caller, request))})


async def delete_endpoint(request: Request) -> Response:
    """Removes an endpoint."""
    service, caller = await keyed(request, writes=True)
    row = await _own(service, caller, request)
    await service.database.write(stored.remove_endpoint, row.id)
    return _json({"id": row.id, "object": "webhook_endpoint", "deleted": True})


async def get_secret(request: Request) -> Response:
    """The secrets that sign at present, the newest first."""
    service, caller = await keyed(request, writes=True)
    row = await _own(service, caller, request)
    return _json({"data": {"secrets": managed.valid_secrets(service.vault, row, time.time())}})


async def rotate_secret(request: Request) -> Response:
    """A new secret; the old one stays valid for `grace_seconds`."""
    service, caller = await keyed(request, writes=True)
    row = await _own(service, caller, request)
    rotation = await ROTATION.read_if_sent(request) or Rotation()
    now = time.time()
    secrets = managed.rotated(service.vault, row, rotation.grace_seconds, now)
    await service.database.write(stored.change_endpoint, row.id, {"secrets": secrets})
    changed = await _own(service, caller, request)
    return _json({"data": {"secrets": managed.valid_secrets(service.vault, changed, now)}})


async def test_endpoint(request: Request) -> Response:
    """Sends a made-up event of a type to an endpoint."""
    service, caller = await keyed(request, writes=True)
    row = await _own(service, caller, request)
    event_type = (await TRIAL.read(request)).event_type
    new = NewEvent(event_type, "sample", sample_payload(event_type))
    event_id = await service.database.write(add_event_for, caller.organisation_id, new, row.id)
    return _json({"data": {"event_id": event_id}})


async def event_types(request: Request) -> Response:
    """Every event type."""
    await keyed(request)
    return _page(list(EVENT_TYPES))


async def list_events(request: Request) -> Response:
    """What happened, the latest first."""
    service, caller = await keyed(request)
    query = dict(request.query_params)
    limit = limit_of(query.pop("limit", None))
    token = query.pop("page_token", None)
    wanted = event_filter(caller.organisation_id, query)
    place = f"{caller.organisation_id} events"
    after = begins_after(service.page_tokens, place, token)
    rows = await service.database.read(stored.list_events, wanted, after, limit + 1)
    shown, more_after = cut(rows, limit, "created_at")
    return _page([event_as_json(row) for row in shown], next_token(service.page_tokens, place, more_after))


async def get_event(request: Request) -> Response:
    """One event, as it was told."""
    service, caller = await keyed(request)
    return _json({"data": event_as_json(await _own_event(service, caller, request))})


async def event_data(request: Request) -> Response:
    """A link to the whole event, which needs no key and is good for twenty minutes."""
    service, caller = await keyed(request)
    row = await _own_event(service, caller, request)
    token = _links(service).dumps(row.id)
    url = f"{service.settings.public_url}/webhooks/events/{row.id}/download?token={token}"
    return _json({"download_url": url})


async def download(request: Request) -> Response:
    """The whole event, to whoever has the link."""
    service: Service = request.scope["service"]
    event_id = request.path_params["event_id"]
    try:
        meant = _links(service).loads(request.query_params.get("token", ""), max_age=LINK_LIFETIME)
    except SignatureExpired:
        raise Forbidden("This link has expired; ask for another one.") from None
    except BadData:
        meant = None
    if meant != event_id:
        raise Forbidden("This link is not one that was given.")
    payload = await service.database.read(stored.payload_of, event_id)
    if payload is None:
        raise NotFound("The event is not kept any more.", extra={"id": event_id})
    return Response(payload, media_type="application/json")


def _links(service: Service) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(service.vault.signing_keys(LINKS))


async def deliveries(request: Request) -> Response:
    """To whom an event was delivered, with every attempt."""
    service, caller = await keyed(request)
    row = await _own_event(service, caller, request)
    found = await service.database.read(stored.deliveries_of, row.id)
    return _page([delivery_as_json(delivery, attempts) for delivery, attempts in found])


async def replay_event(request: Request) -> Response:
    """Delivers an event again, to every endpoint that is enabled and wants its type."""
    service, caller = await keyed(request, writes=True)
    row = await _own_event(service, caller, request)
    rows = await service.database.read(stored.endpoints, caller.organisation_id)
    wanting = [
        e.id
        for e in rows
        if e.disabled_at is None and (e.event_types is None or row.event_type in e.event_types)
    ]
    count = await service.database.write(stored.deliver_event, row.id, wanting, time.time())
    return _json({"data": {"deliveries": count}})


async def replay_range(request: Request) -> Response:
    """Delivers the events of a time again to one endpoint."""
    service, caller = await keyed(request, writes=True)
    asked = await REPLAY.read(request)
    wanted = replay_of(caller.organisation_id, asked.begin, asked.end, asked.event_types)
    row = await _endpoint_of(service, caller, asked.endpoint_id)
    if row.disabled_at is not None:
        message = "The endpoint is disabled; enable it first."
        raise Unprocessable(message, [FieldFault("/endpoint_id", message)])
    count = await service.database.write(stored.deliver_again, wanted, [row.id], MOST_REPLAYED, time.time())
    return _json({"data": {"deliveries": count, "more": count == MOST_REPLAYED}})


async def _own(service: Service, caller: Caller, request: Request) -> EndpointRow:
    return await _endpoint_of(service, caller, request.path_params["endpoint_id"])


async def _endpoint_of(service: Service, caller: Caller, endpoint_id: str) -> EndpointRow:
    row = await service.database.read(stored.endpoint, endpoint_id) if endpoint_id.isprintable() else None
    if row is None or row.organisation_id != caller.organisation_id:
        raise NotFound("The organisation has no endpoint of that id.", extra={"id": endpoint_id[:255]})
    return row


async def _own_event(service: Service, caller: Caller, request: Request) -> sa.Row[Any]:
    event_id = request.path_params["event_id"]
    row = (
        await service.database.read(stored.event, caller.organisation_id, event_id)
        if event_id.isprintable()
        else None
    )
    if row is None:
        raise NotFound("The organisation has no event of that id.", extra={"id": event_id[:255]})
    return row


def _page(rows: list[Any], following: str | None = None) -> Response:
    return _json({"data": rows, "next_token": following, "total_count": len(rows)})


def _json(value: Any) -> Response:
    return Response(orjson.dumps(value), media_type="application/json")
