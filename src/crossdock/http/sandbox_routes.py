"""The organisation's sandbox: made or filled anew, and the steps that its warehouse can be told to take."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from crossdock.carrier_files.sandbox import fill
from crossdock.errors import FieldFault, Unprocessable
from crossdock.http.answers import Connected, answered
from crossdock.http.bodies import Body
from crossdock.http.connection_routes import keyed
from crossdock.http.requests import if_match, path_id
from crossdock.http.service import Service
from crossdock.sandbox.cart.bodies import NewOrder, NewProduct
from crossdock.storage.records import StoredRecord
from crossdock.writes.sandboxes import NAME, Sandbox, WantedEdit

MERGE_PATCH = "application/merge-patch+json"

ORDER, PRODUCT = Body(NewOrder, required=False), Body(NewProduct, required=False)
EDIT = Body(
    dict[str, Any],
    also=(MERGE_PATCH,),
    description="The members of the record that change, as /raw shows them; null takes one away (RFC 7396)",
)


async def generate_sandbox(request: Request) -> Response:
    """Makes the organisation's sandbox or fills it anew; its connection and token stay the same."""
    service, caller = await keyed(request, writes=True)
    made = await _generated(service, caller.organisation_id, request.path_params["integration_type"])
    integration = made.integration
    lists = [function.url for function in integration.list_functions]
    return answered(
        Connected(
            access_token=made.access_token,
            connection_id=made.connection_id,
            integration_name=made.integration.name,
            customer_id=None,
            available_actions=list(integration.available_actions),
            available_endpoints=lists + [write.action.url for write in integration.writes],
        )
    )


async def _generated(service: Service, organisation_id: str, integration_type: str) -> Sandbox:
    if integration_type != "carrier":
        return await service.sandboxes.generate(organisation_id, integration_type)
    integration = service.catalog.get(integration_type, NAME)
    connection_id, token = await fill(
        service.database, service.vault, service.access, service.carrier_files, organisation_id, integration
    )
    return Sandbox(connection_id, token, integration)


async def fulfil_order(request: Request) -> Response:
    """Ships an order of the sandbox, or part of it with `partial=true`."""
    service, caller = await keyed(request, writes=True)
    order_id = path_id(request, "order_id")
    order = await service.sandboxes.fulfil(caller.organisation_id, order_id, partial=_partial(request))
    return _record(order)


async def receive_return(request: Request) -> Response:
    """Lets a return of the sandbox arrive."""
    service, caller = await keyed(request, writes=True)
    return _record(await service.sandboxes.receive(caller.organisation_id, path_id(request, "return_id")))


async def place_cart_order(request: Request) -> Response:
    """Places an order in the shop sandbox: the one of the body, or one that is made up."""
    service, caller = await keyed(request, writes=True)
    body = await ORDER.read_if_sent(request)
    return _record(await service.sandboxes.place_cart_order(caller.organisation_id, body))


async def add_cart_product(request: Request) -> Response:
    """Adds a product to the shop sandbox: the one of the body, or one that is made up."""
    service, caller = await keyed(request, writes=True)
    body = await PRODUCT.read_if_sent(request)
    return _record(await service.sandboxes.add_cart_product(caller.organisation_id, body))


async def ship_booking(request: Request) -> Response:
    """Lets a booking of the freight sandbox become a shipment."""
    service, caller = await keyed(request, writes=True)
    booking_id = path_id(request, "booking_id")
    return _record(await service.sandboxes.ship_booking(caller.organisation_id, booking_id))


async def move_shipment_on(request: Request) -> Response:
    """Moves a shipment of the freight sandbox on to its next status."""
    service, caller = await keyed(request, writes=True)
    shipment_id = path_id(request, "shipment_id")
    return _record(await service.sandboxes.move_shipment_on(caller.organisation_id, shipment_id))


async def edit_record(request: Request) -> Response:
    """Edits a record of a sandbox by a JSON Merge Patch of what the sandbox itself says of it."""
    service, caller = await keyed(request, writes=True)
    record_id = path_id(request, "record_id")
    wanted = WantedEdit(
        request.path_params["integration_type"],
        request.path_params["resource"],
        record_id,
        await EDIT.read(request),
        if_match(request, record_id),
    )
    stored = await service.sandboxes.edit(caller.organisation_id, wanted)
    return Response(f'{{"data":{stored.data}}}', media_type="application/json", headers={"etag": stored.etag})


def _partial(request: Request) -> bool:
    value = request.query_params.get("partial", "false")
    if value not in {"true", "false"}:
        message = "partial must be true or false."
        raise Unprocessable(message, [FieldFault("/partial", message, ["true", "false"])], location="query")
    return value == "true"


def _record(stored: StoredRecord) -> Response:
    return Response(f'{{"data":{stored.data}}}', media_type="application/json")
