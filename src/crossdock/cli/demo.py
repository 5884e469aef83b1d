"""`crossdock double` and `crossdock demo`."""

import asyncio
import logging
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest import SkipTest

import orjson
import typer
import uvicorn

from crossdock.app import create_app
from crossdock.cli.server import print_first_start, quiet_libraries, server_config
from crossdock.connections.install import NewConnection, connect
from crossdock.connections.keys import create_api_key
from crossdock.connector import Integration
from crossdock.doubles.ongoing import OngoingDouble, ReturnCause, parse_return_cause
from crossdock.doubles.server import running, serve
from crossdock.doubles.stand import Stand, installed_stands
from crossdock.errors import Unprocessable
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


def run_double(slug: str, host: str, port: int) -> None:
    """Runs the double of an integration until told to stop. Raises `Unprocessable` where there is none."""
    doubles = {name: stand for name, stand in installed_stands().items() if stand.double is not None}
    stand = doubles.get(slug)
    if stand is None or stand.double is None:
        raise Unprocessable(f"There is no double of {slug}. There are: {', '.join(doubles)}.")

    def tell(url: str) -> None:
        pairs = " ".join(f"{name}={value}" for name, value in stand.credentials(url).items())
        print(f"The double of {slug} listens on {url}\nIt takes {pairs}", flush=True)

    try:
        double = stand.double()
    except SkipTest as error:
        raise Unprocessable(f"The system behind {slug} cannot be started here: {error}.") from error
    serve(double, host, port, on_started=tell)


def run_demo(port: int, double_port: int, accounts_file: Path | None) -> None:
    """Everything on this machine and in a temporary folder: doubles, accounts, API, and what to try."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    quiet_libraries()
    with tempfile.TemporaryDirectory(prefix="crossdock-demo-") as folder, ExitStack() as doubles:
        settings = load_settings({"CROSSDOCK_HOME": folder, "CROSSDOCK_ALLOW_PRIVATE_NETWORKS": "1"})
        double_url = doubles.enter_context(running(OngoingDouble(), port=double_port))
        others = [
            (slug, stand, doubles.enter_context(running(stand.double())))
            for slug, stand in installed_stands().items()
            # A system that has to be installed first is no part of a demo.
            if accounts_file is not None and stand.double is not None and stand.proof != "live"
        ]
        service = open_service(settings)
        key = create_api_key(service.database, ORGANISATION, read_only=False).key
        asyncio.run(_serve_demo(service, key, double_url, port, others, accounts_file))


async def _serve_demo(
    service: Service,
    key: str,
    double_url: str,
    port: int,
    others: Sequence[tuple[str, Stand, str]],
    accounts_file: Path | None,
) -> None:
    listening, url = listen("127.0.0.1", port)
    made = await _connect(
        service,
        service.catalog.get("wms", "ongoing"),
        {
            "username": "demo",
            "password": "demo",
            "goods_owner_id": str(GOODS_OWNER),
            "api_url": f"{double_url}/demo/api/v1/",
        },
    )
    if accounts_file is not None:
        accounts = [await _account(service, *other) for other in others]
        accounts.append(await _sandbox_account(service, key))
        told = {"url": url, "key": key, "accounts": accounts}
        _write_privately(accounts_file, orjson.dumps(told, option=orjson.OPT_INDENT_2))
    print(_instructions(url, key, made.access_token, double_url), flush=True)
    print_first_start(service, url)
    if accounts_file is not None:
        print(f"{len(accounts)} accounts are in {accounts_file}: python examples/same_bodies.py", flush=True)
    await uvicorn.Server(server_config(create_app(service))).serve(sockets=[listening])


def _write_privately(file: Path, content: bytes) -> None:
    """Into a file that only its owner can read: there are tokens in it."""
    file.touch(mode=0o600)
    file.chmod(0o600)
    file.write_bytes(content)


async def _connect(service: Service, integration: Integration, fields: Mapping[str, str]) -> NewConnection:
    return await connect(
        service.database,
        service.vault,
        service.vendors,
        integration,
        organisation=ORGANISATION,
        fields=fields,
    )


async def _account(service: Service, slug: str, stand: Stand, url: str) -> dict[str, Any]:
    """An account of a double, with an order that its seed shipped."""
    made = await _connect(service, service.catalog.get(*slug.split("/")), stand.credentials(url))
    known = stand.known
    shipped = {name: known[name][0] for name in ("order_id", "sku", "inventory_item_id") if name in known}
    return {"integration": slug, "access_token": made.access_token, "shipped": shipped}


async def _sandbox_account(service: Service, key: str) -> dict[str, Any]:
    caller = await service.access.caller(key)
    made = await service.sandboxes.generate(caller.organisation_id, "wms")
    return {"integration": made.integration.slug, "access_token": made.access_token}


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
