"""The doors of connections and their syncs. Paths and bodies: the contract's endpoint table, section 1."""

from crossdock.http import connection_routes, sync_routes
from crossdock.http.door import FULL_ACCESS, REFUSALS, Door, query

NO_CONNECTION = {"404": "The organisation has no such connection"}
TEXT = {"type": "string", "minLength": 1}
PAGE = [
    query("limit", "How many at most, 1 to 1000", {"type": "integer", "minimum": 1, "maximum": 1000}),
    query("page_token", "`next_token` of the page before", {"type": "string"}),
]
MOMENT = {"type": "string", "format": "date-time"}
WINDOW = [
    query("since", "At this time or later", MOMENT),
    query("until", "Before this time", MOMENT),
]
BODY_REFUSALS = {
    "413": "The body is over 1 MB",
    "415": "The body is not declared as JSON",
    **FULL_ACCESS,
    **REFUSALS,
}

CONNECTION_DOORS = (
    Door(
        "GET",
        "/connections",
        connection_routes.connections,
        "The organisation's connections, with their schedules and errors",
        needs="key",
        parameters=[
            *PAGE,
            query("search", "Only those with this text in their id, customer_id or integration", TEXT),
            query("integration_type", "Only those to systems of this type", TEXT),
            query("integration_name", "Only those to systems of this name", TEXT),
            query(
                "health",
                "Only those with which something, or nothing, is wrong",
                {"enum": ["healthy", "failing"]},
            ),
        ],
        answers={"200": "A page of connections", **REFUSALS},
    ),
    Door(
        "PATCH",
        "/connections",
        connection_routes.change_connection,
        "Change `customer_id` or `webhooks_disabled` of the token's connection",
        audited="connection.changed",
        needs="key and token",
        body=connection_routes.CONNECTION_CHANGES,
        answers={"200": "Changed", **BODY_REFUSALS},
    ),
    Door(
        "DELETE",
        "/connections",
        connection_routes.delete_connection,
        "Remove the token's connection and everything stored for it",
        audited="connection.deleted",
        needs="key and token",
        answers={"200": "Removed", **FULL_ACCESS, **REFUSALS},
    ),
    Door(
        "POST",
        "/connections/sync",
        sync_routes.force_sync,
        "Read the lists of the connection now; `functions_to_sync` names some of them",
        audited="connection.sync_forced",
        needs="key and token",
        body=sync_routes.FORCED,
        answers={"200": "They will be read; `connection.force-sync-completed` says when", **BODY_REFUSALS},
    ),
    Door(
        "POST",
        "/connections/on-demand-syncs",
        sync_routes.create_job,
        "Read one list over a window of time; the schedules of the connection wait meanwhile",
        audited="sync_job.created",
        needs="key and token",
        body=sync_routes.JOB,
        answers={
            "200": "The job",
            "400": "The list cannot be read over a window",
            "409": "The connection has too many open jobs",
            **BODY_REFUSALS,
        },
    ),
    Door(
        "GET",
        "/connections/on-demand-syncs/{sync_job_id}",
        sync_routes.job,
        "The state of an on-demand sync",
        needs="key and token",
        answers={"200": "The job", "404": "The connection has no such job", **REFUSALS},
    ),
    Door(
        "POST",
        "/connections/on-demand-syncs/{sync_job_id}/cancel",
        sync_routes.cancel_job,
        "Cancel an on-demand sync that is open",
        audited="sync_job.cancelled",
        needs="key and token",
        answers={
            "200": "The job",
            "404": "The connection has no such job",
            "409": "The job is not open",
            **FULL_ACCESS,
            **REFUSALS,
        },
    ),
    Door(
        "PATCH",
        "/schedules/toggle-all",
        sync_routes.toggle_all,
        "Pause or resume every schedule of the connection",
        audited="connection.schedules_changed",
        needs="key and token",
        body=sync_routes.TOGGLE,
        answers={"200": "Done", **BODY_REFUSALS},
    ),
    Door(
        "PATCH",
        "/schedules/{function_name}/toggle",
        sync_routes.toggle_schedule,
        "Pause or resume one schedule of the connection",
        audited="schedule.changed",
        needs="key and token",
        body=sync_routes.TOGGLE,
        answers={"200": "Done", "404": "The connection has no such schedule", **BODY_REFUSALS},
    ),
    Door(
        "GET",
        "/connections/{connection_id}",
        connection_routes.connection,
        "One connection",
        needs="key",
        answers={"200": "The connection", **NO_CONNECTION, **REFUSALS},
    ),
    Door(
        "GET",
        "/connections/{connection_id}/syncs",
        connection_routes.runs,
        "How far the syncs of a connection have come: counts and rate of each list",
        needs="key",
        answers={"200": "A row for each list", **NO_CONNECTION, **REFUSALS},
    ),
    Door(
        "GET",
        "/connections/{connection_id}/put-aside",
        connection_routes.put_aside,
        "The vendor's rows that could not be made records, with the reason for each",
        needs="key",
        parameters=PAGE[:1],
        answers={"200": "The rows, the latest first", **NO_CONNECTION, **REFUSALS},
    ),
)
