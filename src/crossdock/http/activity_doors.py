"""The doors of what happened: the request log, the audit, and a summary. All are this service's own."""

from crossdock.http import audit_routes, request_routes, summary_routes
from crossdock.http.connection_doors import PAGE, WINDOW
from crossdock.http.door import REFUSALS, Door, query

TEXT = {"type": "string", "minLength": 1}
OF_THE_AUDIT = [
    query("actor", "Only what this actor did, by id or name", TEXT),
    query("action", "Only this action, such as connection.deleted", TEXT),
    *WINDOW,
]
ADMINS = {"403": "The audit is for admins"}

ACTIVITY_DOORS = (
    Door(
        "GET",
        "/requests",
        request_routes.list_requests,
        "The calls of the API and those that it made to vendors, the latest first",
        needs="key",
        parameters=[
            *PAGE,
            query("kind", "Only calls of the API, or only those to vendors", {"enum": ["api", "vendor"]}),
            query("request_id", "Only the call of this x-request-id and what it caused", TEXT),
            query("connection_id", "Only calls about this connection", TEXT),
            query("status[gte]", "Only calls with this status or a higher one", {"type": "integer"}),
            query(
                "path[contains]",
                "Only calls with this text in their URL; a page may then be short and still be followed",
                TEXT,
            ),
            *WINDOW,
        ],
        answers={"200": "A page of calls, without their bodies", **REFUSALS},
    ),
    Door(
        "GET",
        "/requests/{id}",
        request_routes.get_request,
        "One call with its headers and bodies, redacted, and the calls to vendors that it caused",
        needs="key",
        answers={"200": "The call", "404": "The organisation has no such call", **REFUSALS},
    ),
    Door(
        "GET",
        "/audit",
        audit_routes.list_entries,
        "Who did what, the latest first",
        needs="key",
        parameters=[*PAGE, *OF_THE_AUDIT],
        answers={"200": "A page of entries", **ADMINS, **REFUSALS},
    ),
    Door(
        "GET",
        "/audit.csv",
        audit_routes.export,
        "Who did what, as a table for a spreadsheet",
        needs="key",
        parameters=OF_THE_AUDIT,
        answers={"200": "Every entry, the latest first", **ADMINS, **REFUSALS},
    ),
    Door(
        "GET",
        "/summary",
        summary_routes.summary,
        "How many connections there are and how they are",
        needs="key",
        answers={"200": "The counts", **REFUSALS},
    ),
)
