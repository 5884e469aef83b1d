"""`crossdock webhooks`: endpoints, what happened, and having it delivered again."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Annotated, Any

import orjson
import typer

from crossdock.cli.output import AsJson, failing_plainly, print_json

app = typer.Typer(help="Webhook endpoints, events and deliveries.", no_args_is_help=True)

Organisation = Annotated[str, typer.Option("--org", help="Organisation.")]
EndpointId = Annotated[str, typer.Argument(metavar="ENDPOINT", help="Id of an endpoint.")]


@app.command()
@failing_plainly
def add(
    url: Annotated[str, typer.Argument(help="Where events are sent.")],
    org: Organisation,
    event_type: Annotated[
        list[str] | None, typer.Option(metavar="TYPE", help="Only events of this type; repeat.")
    ] = None,
    description: Annotated[str, typer.Option(help="For people.")] = "",
    as_json: AsJson = True,  # noqa: ARG001  (the answer is JSON anyway)
) -> None:
    """Make an endpoint and print it with its secret."""
    from crossdock.cli.database import opened_database  # noqa: PLC0415
    from crossdock.cli.doings import enter  # noqa: PLC0415
    from crossdock.connections.vault import open_vault  # noqa: PLC0415
    from crossdock.settings import load_settings  # noqa: PLC0415
    from crossdock.storage import accounts, webhooks  # noqa: PLC0415
    from crossdock.webhooks import endpoints  # noqa: PLC0415
    from crossdock.writes.typed import Typed, given_members  # noqa: PLC0415

    settings, now = load_settings(), time.time()
    body = {"url": url, "description": description, "event_types": event_type or None}
    given = given_members(Typed(endpoints.NewEndpoint).decoded(orjson.dumps(body)))
    asyncio.run(endpoints.check_url(url, allow_private_networks=settings.allow_private_networks))
    with opened_database(settings) as database:
        vault = open_vault(settings, database)
        with database.transaction() as db:
            values = {
                **endpoints.columns(given, now),
                "organisation_id": accounts.organisation_id(db, org),
                "secrets": endpoints.first_secret(vault),
                "created_at": now,
            }
            row = webhooks.add_endpoint(db, values)
            enter(db, row.organisation_id, "webhook_endpoint.created", row.id, body)
    secret = endpoints.valid_secrets(vault, row, now)[0]
    print_json({**endpoints.as_json(row), "secret": secret})


@app.command("list")
@failing_plainly
def list_endpoints(
    org: Annotated[str | None, typer.Option("--org", help="Only this organisation's.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the endpoints."""
    from crossdock.cli.database import opened_database  # noqa: PLC0415
    from crossdock.storage import accounts, webhooks  # noqa: PLC0415
    from crossdock.webhooks import endpoints  # noqa: PLC0415

    with opened_database() as database, database.transaction() as db:
        organisation_id = None if org is None else accounts.organisation_id(db, org)
        rows = [endpoints.as_json(row) for row in webhooks.endpoints(db, organisation_id)]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        print(f"{row['id']}  {row['url']}  {'enabled' if row['enabled'] else row['disabled_reason']}")


@app.command()
@failing_plainly
def remove(endpoint: EndpointId) -> None:
    """Remove an endpoint with its deliveries."""
    _change(endpoint, "remove")


@app.command()
@failing_plainly
def enable(endpoint: EndpointId) -> None:
    """Enable an endpoint again."""
    _change(endpoint, {"enabled": True})


@app.command()
@failing_plainly
def disable(endpoint: EndpointId) -> None:
    """Send nothing more to an endpoint."""
    _change(endpoint, {"enabled": False})


@app.command()
@failing_plainly
def rotate(
    endpoint: EndpointId,
    grace: Annotated[int, typer.Option(help="Seconds that the old secret stays valid.", min=0)] = 86_400,
    as_json: AsJson = True,  # noqa: ARG001  (the answer is JSON anyway)
) -> None:
    """Make a new signing secret and print the valid ones, the newest first."""
    from crossdock.cli.database import opened_database  # noqa: PLC0415
    from crossdock.cli.doings import enter  # noqa: PLC0415
    from crossdock.connections.vault import open_vault  # noqa: PLC0415
    from crossdock.settings import load_settings  # noqa: PLC0415
    from crossdock.storage import webhooks  # noqa: PLC0415
    from crossdock.webhooks import endpoints  # noqa: PLC0415

    settings, now = load_settings(), time.time()
    with opened_database(settings) as database:
        vault = open_vault(settings, database)
        with database.transaction() as db:
            row = _found(db, endpoint)
            secrets = endpoints.rotated(vault, row, grace, now)
            webhooks.change_endpoint(db, endpoint, {"secrets": secrets})
            enter(db, row.organisation_id, "webhook_endpoint.secret_rotated", row.id)
            print_json(list(endpoints.valid_secrets(vault, _found(db, endpoint), now)))


@app.command()
@failing_plainly
def events(
    org: Organisation,
    event_type: Annotated[str | None, typer.Option(metavar="TYPE", help="Only events of this type.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List what happened, the latest first."""
    from crossdock.cli.database import opened_database  # noqa: PLC0415
    from crossdock.storage import accounts, webhooks  # noqa: PLC0415
    from crossdock.webhooks.shown import event_as_json  # noqa: PLC0415
    from crossdock.webhooks.wanted import event_filter  # noqa: PLC0415

    with opened_database() as database, database.transaction() as db:
        query = {} if event_type is None else {"event_type": event_type}
        wanted = event_filter(accounts.organisation_id(db, org), query)
        rows = [event_as_json(row) for row in webhooks.list_events(db, wanted, None, limit)]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        print(f"{row['created_at']}  {row['id']}  {row['event_type']}  {row['record_id']}")


@app.command()
@failing_plainly
def deliveries(
    event: Annotated[str, typer.Argument(help="Id of an event.")],
    as_json: AsJson = True,  # noqa: ARG001  (the answer is JSON anyway)
) -> None:
    """Show to whom an event was delivered, with every attempt."""
    from crossdock.cli.database import opened_database  # noqa: PLC0415
    from crossdock.storage import webhooks  # noqa: PLC0415
    from crossdock.webhooks.shown import delivery_as_json  # noqa: PLC0415

    with opened_database() as database, database.transaction(writes=False) as db:
        print_json([delivery_as_json(*found) for found in webhooks.deliveries_of(db, event)])


@app.command()
@failing_plainly
def replay(
    endpoint: EndpointId,
    since: Annotated[str, typer.Option(metavar="TIME", help="From this time, such as 2026-01-31T00:00:00Z.")],
    until: Annotated[str | None, typer.Option(metavar="TIME", help="Before this time.")] = None,
    as_json: AsJson = True,  # noqa: ARG001  (the answer is JSON anyway)
) -> None:
    """Have the events of a time delivered again to an endpoint."""
    from crossdock.cli.database import opened_database  # noqa: PLC0415
    from crossdock.cli.doings import enter  # noqa: PLC0415
    from crossdock.storage import webhooks  # noqa: PLC0415
    from crossdock.webhooks.wanted import MOST_REPLAYED, replay_of  # noqa: PLC0415

    to = until or datetime.now(UTC).isoformat()
    with opened_database() as database, database.transaction() as db:
        row = _found(db, endpoint)
        body = {"endpoint_id": endpoint, "from": since, "to": to}
        wanted = replay_of(row.organisation_id, since, to)
        count = webhooks.deliver_again(db, wanted, [row.id], MOST_REPLAYED, time.time())
        enter(db, row.organisation_id, "events.replayed", None, body)
    print_json({"deliveries": count, "more": count == MOST_REPLAYED})


def _found(db: Any, endpoint_id: str) -> Any:
    from crossdock.errors import NotFound  # noqa: PLC0415
    from crossdock.storage import webhooks  # noqa: PLC0415

    row = webhooks.endpoint(db, endpoint_id)
    if row is None:
        raise NotFound(f"There is no endpoint {endpoint_id}.")
    return row


def _change(endpoint_id: str, change: Any) -> None:
    from crossdock.cli.database import opened_database  # noqa: PLC0415
    from crossdock.cli.doings import enter  # noqa: PLC0415
    from crossdock.storage import webhooks  # noqa: PLC0415
    from crossdock.webhooks import endpoints  # noqa: PLC0415

    with opened_database() as database, database.transaction() as db:
        row = _found(db, endpoint_id)
        if change == "remove":
            webhooks.remove_endpoint(db, row.id)
            enter(db, row.organisation_id, "webhook_endpoint.deleted", row.id)
        else:
            webhooks.change_endpoint(db, row.id, endpoints.columns(change, time.time()))
            enter(db, row.organisation_id, "webhook_endpoint.changed", row.id, change)
