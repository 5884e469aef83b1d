"""Whether this process lives, and whether it can do its work."""

import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response

from crossdock.http.service import Service


async def healthz(request: Request) -> Response:  # noqa: ARG001
    """200 as long as the process answers."""
    return Response(b'{"status":"ok"}', media_type="application/json")


async def readyz(request: Request) -> Response:
    """200 when the database can be used, 503 when not."""
    service: Service = request.scope["service"]
    await service.database.read(_probe)
    return Response(b'{"status":"ready"}', media_type="application/json")


def _probe(db: sa.Connection) -> None:
    db.execute(sa.select(1))
