"""Single stored records: `GET /wms/returns/{return_id}`."""

from starlette.requests import Request
from starlette.responses import Response

from crossdock.errors import NotFound
from crossdock.http.endpoint import Endpoint
from crossdock.http.requests import authorised, path_id
from crossdock.storage.records import load_record


def record_endpoint(collection: str, parameter: str) -> Endpoint:
    """The route function for one record of a collection, from the stored copy of the connection."""

    async def record(request: Request) -> Response:
        service, _, connection = await authorised(request)
        record_id = path_id(request, parameter)
        stored = await service.database.read(load_record, connection.id, collection, record_id)
        if stored is None:
            raise NotFound(
                f"This connection has no stored record {record_id} among its {collection}.",
                extra={"id": record_id},
            )
        return Response(f'{{"data":{stored.data}}}', media_type="application/json")

    return record
