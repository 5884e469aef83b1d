"""`crossdock double` and `crossdock demo`."""

import asyncio
import logging
import tempfile
from collections.abc import Sequence

import typer
import uvicorn

from crossdock.app import create_app
from crossdock.cli.server import quiet_libraries, server_config
from crossdock.connections.install import connect
from crossdock.connections.keys import create_api_key
from crossdock.doubles.ongoing import OngoingDouble, ReturnCause, parse_return_cause
from crossdock.doubles.server import running, serve
from crossdock.http.service import Service, open_service
from crossdock.listening import listen
from crossdock.settings import load_settings

GOODS_OWNER = 42
ORGANISATION = "demo"


def run_ongoing_double(
    host: str,
    port: int,
    *,
    return_causes: Sequence[str] | None,
    username: str | None,
    password: str | None,
    goods_owners: Sequence[int] | None,
    latency: float,
) -> None:
    """Runs the double until told to stop."""
    options = {} if not return_causes else {"return_causes": _parsed(return_causes)}
    double = OngoingDouble(
        **options, username=username, password=password, goods_owners=goods_owners or None, latency=latency
    )
    serve(
        double,
        host,
        port,
        on_started=lambda url: print(f"The Ongoing double listens on {url}/api/v1/", flush=True),
    )


def _parsed(texts: Sequence[str]) -> list[ReturnCause]:
    try:
        return [parse_return_cause(text) for text in texts]
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--return-cause") from error


def run_demo(port: int, double_port: int) -> None:
    """Everything on this machine and in a temporary folder: double, account, API, and what to try."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    quiet_libraries()
    with tempfile.TemporaryDirectory(prefix="crossdock-demo-") as folder:
        settings = load_settings({"CROSSDOCK_HOME": folder, "CROSSDOCK_ALLOW_PRIVATE_NETWORKS": "1"})
        with running(OngoingDouble(), port=double_port) as double_url:
            service = open_service(settings)
            key = create_api_key(service.database, ORGANISATION, read_only=False).key
            asyncio.run(_serve_demo(service, key, double_url, port))


async def _serve_demo(service: Service, key: str, double_url: str, port: int) -> None:
    listening, url = listen("127.0.0.1", port)
    made = await connect(
        service.database,
        service.vault,
        service.vendors,
        service.catalog.get("wms", "ongoing"),
        organisation=ORGANISATION,
        fields={
            "username": "demo",
            "password": "demo",
            "goods_owner_id": str(GOODS_OWNER),
            "api_url": f"{double_url}/demo/api/v1/",
        },
    )
    print(_instructions(url, key, made.access_token, double_url), flush=True)
    await uvicorn.Server(server_config(create_app(service))).serve(sockets=[listening])


def _instructions(url: str, key: str, token: str, double_url: str) -> str:
    return f"""\
Crossdock listens on {url}, and a double of Ongoing WMS on {double_url}.
Both keep what you do until you press Ctrl-C. In another terminal:

export KEY={key}
export TOKEN={token}

# 1. Ask what this account takes.
curl -s '{url}/integrations/wms/ongoing/write-info?operation=create_return' \\
  -H "x-trackstar-api-key: $KEY" -H "x-trackstar-access-token: $TOKEN"

# 2. See the request that a return would become.
curl -s {url}/wms/returns -H "x-trackstar-api-key: $KEY" -H "x-trackstar-access-token: $TOKEN" \\
  -H 'Content-Type: application/json' -H 'X-Dry-Run: true' -d '{_EXAMPLE}'

# 3. Send it.
curl -s {url}/wms/returns -H "x-trackstar-api-key: $KEY" -H "x-trackstar-access-token: $TOKEN" \\
  -H 'Content-Type: application/json' -H 'Idempotency-Key: first' -d '{_EXAMPLE}'

# 4. See it in the warehouse.
curl -s -u demo:demo \\
  '{double_url}/demo/api/v1/returnOrders?goodsOwnerId={GOODS_OWNER}&returnOrderNumbers=RMA-1'
"""


_EXAMPLE = (
    '{"return_number": "RMA-1", "order_id": "1001", "line_items": '
    '[{"sku": "TEST-SKU", "expected_quantity": 2, '
    '"return_cause": {"code": "13", "return_reason": "wrong size"}}]}'
)
