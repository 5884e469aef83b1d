"""`POST /{integration_type}/passthrough`: a caller's own request to the vendor of a connection."""

import orjson
from starlette.requests import Request
from starlette.responses import Response

from crossdock.errors import Forbidden, NotFound
from crossdock.http.bodies import Body
from crossdock.http.endpoint import Endpoint
from crossdock.http.requests import authorised, check_full_access
from crossdock.schemas.actions import IntegrationType
from crossdock.writes.passthrough import Passthrough, check_can_be_made, pass_through

PASSED_THROUGH = Body(Passthrough, exact=True)


def passthrough_endpoint(integration_type: IntegrationType) -> Endpoint:
    """The route function for a type of integrations."""

    async def passthrough(request: Request) -> Response:
        service, caller, connection = await authorised(request)
        if connection.integration.type != integration_type:
            raise NotFound(f"The access token is for {connection.integration.slug}.")
        if connection.allowed_actions is not None:
            raise Forbidden("passthrough is disabled for this connection")
        asked = await PASSED_THROUGH.read(request)
        check_can_be_made(asked)
        if asked.method != "GET":
            check_full_access(caller)
        answer = await pass_through(service.vendors, connection, asked)
        return Response(orjson.dumps(answer), media_type="application/json")

    return passthrough
