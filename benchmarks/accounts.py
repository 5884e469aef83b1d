"""A Crossdock installation with an account of every integration that can be had on this machine."""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from crossdock.connections.install import connect
from crossdock.connections.keys import create_api_key
from crossdock.connector import Integration
from crossdock.doubles.server import running
from crossdock.doubles.stand import Stand, installed_stands
from crossdock.http.service import Service, open_service
from crossdock.schemas.actions import INTEGRATION_TYPES
from crossdock.settings import load_settings

ORGANISATION = "benchmark"
UNLIMITED = "1000000"
"""Requests a second. Each is counted against it, and no run comes near it."""


@dataclass(frozen=True, slots=True)
class Installation:
    """A key and an access token for each integration; `None` for one without an account.

    `env` starts a server on the same database.
    """

    env: Mapping[str, str]
    service: Service
    key: str
    tokens: Mapping[str, str | None]


def environment(folder: str | Path) -> dict[str, str]:
    """The environment of a Crossdock in that folder, which counts requests and refuses none."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("CROSSDOCK_")}
    env |= {"CROSSDOCK_HOME": str(folder), "CROSSDOCK_ALLOW_PRIVATE_NETWORKS": "1"}
    env |= {"CROSSDOCK_READS_PER_SECOND": UNLIMITED, "CROSSDOCK_WRITES_PER_SECOND": UNLIMITED}
    return env | {"CROSSDOCK_OPTION_LIFETIME": "3600"}


@asynccontextmanager
async def installed() -> AsyncIterator[Installation]:
    """Doubles run in threads of this process while it lasts; they are asked for account values, once."""
    with TemporaryDirectory(prefix="crossdock-benchmark-") as folder, ExitStack() as doubles:
        env = environment(folder)
        service = open_service(load_settings(env))
        try:
            key = create_api_key(service.database, ORGANISATION, read_only=False).key
            stands = installed_stands()
            tokens = {
                integration.slug: await _token(service, integration, stands.get(integration.slug), doubles)
                for integration_type in INTEGRATION_TYPES
                for integration in service.catalog.of_type(integration_type)
            }
            yield Installation(env, service, key, {**tokens, **await _sandbox(service, key)})
        finally:
            await service.aclose()


async def _token(
    service: Service, integration: Integration, stand: Stand | None, doubles: ExitStack
) -> str | None:
    if stand is None or stand.double is None:
        return None
    url = doubles.enter_context(running(stand.double()))
    made = await connect(
        service.database,
        service.vault,
        service.vendors,
        integration,
        organisation=ORGANISATION,
        fields=stand.credentials(url),
    )
    return made.access_token


async def _sandbox(service: Service, key: str) -> dict[str, str]:
    caller = await service.access.caller(key)
    made = await service.sandboxes.generate(caller.organisation_id, "wms")
    return {made.integration.slug: made.access_token}
