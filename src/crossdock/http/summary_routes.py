"""How many connections there are, and how they are."""

import orjson
from starlette.requests import Request
from starlette.responses import Response

from crossdock.http.connection_routes import keyed
from crossdock.storage.summary import connection_counts, failing_endpoints


async def summary(request: Request) -> Response:
    """Counts of the organisation. A connection may be counted as syncing, and as healthy too."""
    service, caller = await keyed(request)
    connections = await service.database.read(connection_counts, caller.organisation_id)
    failing = await service.database.read(failing_endpoints, caller.organisation_id)
    shown = {
        "connections": connections,
        "deliveries": {"failing_endpoints": failing},
        "integrations": len(service.catalog.all()),
    }
    return Response(orjson.dumps({"data": shown}), media_type="application/json")
