"""What the account commands do, against the database a running server may share."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crossdock.catalog import Catalog
from crossdock.cli.database import opened_database
from crossdock.cli.doings import enter
from crossdock.codegen.package import write_package
from crossdock.connections.install import connect
from crossdock.connections.vault import open_vault
from crossdock.connector import Integration
from crossdock.errors import FieldFault, Unprocessable
from crossdock.http.service import open_service, open_vendors
from crossdock.schemas.times import wire_epoch
from crossdock.settings import load_settings
from crossdock.storage import accounts


def named_integration(catalog: Catalog, slug: str) -> Integration:
    """The integration of `type/name`. Raises `Unprocessable` or `NotFound`."""
    kind, separator, name = slug.partition("/")
    if not separator:
        raise Unprocessable(f"{slug!r} is not of the form TYPE/NAME, such as wms/ongoing.")
    return catalog.get(kind, name)


def parse_credentials(pairs: Sequence[str]) -> dict[str, str]:
    """`FIELD=VALUE` pairs as a mapping; a VALUE of `-` is a line of standard input."""
    fields: dict[str, str] = {}
    for pair in pairs:
        name, separator, value = pair.partition("=")
        if not separator:
            raise Unprocessable(
                "A credential has the form FIELD=VALUE.", [FieldFault(f"/credential/{name}", "has no value")]
            )
        fields[name] = sys.stdin.readline().rstrip("\n") if value == "-" else value
    return fields


async def connect_account(
    slug: str, org: str, pairs: Sequence[str], only: Sequence[str] | None
) -> dict[str, Any]:
    """Connects an account; what the link exchange of the contract answers."""
    settings = load_settings()
    integration = named_integration(Catalog.installed(), slug)
    fields = parse_credentials(pairs)
    with opened_database(settings) as database:
        vendors = open_vendors(settings, database)
        try:
            vault = open_vault(settings, database)
            made = await connect(
                database,
                vault,
                vendors,
                integration,
                organisation=org,
                fields=fields,
                only=[name for part in only for name in part.split(",")] if only else None,
            )
            with database.transaction() as db:
                organisation_id = accounts.organisation_id(db, org)
                enter(db, organisation_id, "connection.connected", made.id, {"integration": slug})
        finally:
            await vendors.aclose()
    return {
        "access_token": made.access_token,
        "connection_id": made.id,
        "integration_name": integration.name,
        "customer_id": None,
        "available_actions": list(made.available_actions),
    }


def list_connections(org: str | None) -> list[dict[str, Any]]:
    """The connections without anything secret."""
    with opened_database() as database, database.transaction(writes=False) as db:
        return [
            {
                "connection_id": row.id,
                "integration": f"{row.integration_type}/{row.integration_name}",
                "organisation": row.organisation,
                "limited_to": sorted(row.allowed_actions) if row.allowed_actions is not None else None,
                "created_at": wire_epoch(row.created_at),
            }
            for row in accounts.list_connections(db, org)
        ]


async def show_write_info(slug: str, access_token: str | None, operation: str | None) -> Any:
    """The write-info document, as the API answers it."""
    service = open_service(load_settings())
    try:
        integration = named_integration(service.catalog, slug)
        if access_token is None:
            return service.write_info.for_integration(integration, operation).document
        connection = await service.access.connection_of(access_token)
        if connection.integration is not integration:
            own = connection.integration.slug
            raise Unprocessable(f"The access token is for {own}, not for {slug}.")
        published = await service.write_info.for_connection(connection, operation)
        if service.write_info.is_stale(published):
            print(
                f"crossdock: the vendor does not answer; its values are {published.age} seconds old",
                file=sys.stderr,
            )
        return published.document
    finally:
        await service.aclose()


async def generate_package(slug: str, access_token: str | None, folder: Path) -> Sequence[Path]:
    """Writes typed models and a client for an account, or for an integration without one; the files."""
    document = await show_write_info(slug, access_token, None)
    integration = named_integration(Catalog.installed(), slug)
    writes = {write.action.name: write.action.url for write in integration.writes}
    lists = {found.function.name: found.function.url for found in integration.lists}
    return write_package(folder, integration.display_name, document, writes, lists)


def rotate_secrets() -> int:
    """Encrypts everything with the first secret key; the number of connections."""
    settings = load_settings()
    with opened_database(settings) as database:
        vault = open_vault(settings, database)
        with database.transaction() as db:
            for organisation_id in accounts.organisation_ids(db):
                enter(db, organisation_id, "secret_key.rotated", None)
            return vault.rotate(db)
