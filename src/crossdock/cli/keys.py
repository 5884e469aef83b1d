"""`crossdock keys`: API keys of organisations."""

from typing import Annotated

import typer

from crossdock.cli.output import AsJson, failing_plainly, print_json

app = typer.Typer(help="API keys of organisations.", no_args_is_help=True)


@app.command()
@failing_plainly
def create(
    org: Annotated[str, typer.Option("--org", help="Organisation; made if it is new.")],
    read_only: Annotated[bool, typer.Option("--read-only", help="A key that cannot write.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make a key and print it. It is shown this once."""
    from crossdock.cli.database import opened_database  # noqa: PLC0415
    from crossdock.cli.doings import enter  # noqa: PLC0415
    from crossdock.connections.keys import create_api_key  # noqa: PLC0415
    from crossdock.storage.accounts import organisation_id  # noqa: PLC0415

    with opened_database() as database:
        made = create_api_key(database, org, read_only=read_only)
        with database.transaction() as db:
            enter(db, organisation_id(db, org), "api_key.created", made.id, {"read_only": read_only})
    if as_json:
        print_json({"id": made.id, "api_key": made.key, "organisation": org, "read_only": read_only})
    else:
        print(made.key)


@app.command("list")
@failing_plainly
def list_keys(
    org: Annotated[str | None, typer.Option("--org", help="Only this organisation's.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the keys by id and first characters."""
    from crossdock.cli.database import opened_database  # noqa: PLC0415
    from crossdock.schemas.times import wire_epoch  # noqa: PLC0415
    from crossdock.storage.accounts import list_api_keys  # noqa: PLC0415

    with opened_database() as database, database.transaction(writes=False) as db:
        rows = [
            {
                "id": key.id,
                "organisation": key.organisation,
                "name": key.name,
                "hint": key.hint,
                "read_only": key.read_only,
                "created_at": wire_epoch(key.created_at),
                "revoked_at": None if key.revoked_at is None else wire_epoch(key.revoked_at),
            }
            for key in list_api_keys(db, org)
        ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        state = f"revoked {row['revoked_at']}" if row["revoked_at"] else "live"
        kind = "read-only" if row["read_only"] else "full"
        print(f"{row['id']}  {row['hint']}…  {kind:<9}  {row['organisation']}  {state}")


@app.command()
@failing_plainly
def revoke(
    key_id: Annotated[str, typer.Argument(help="The key's id, from: crossdock keys list")],
    as_json: AsJson = False,
) -> None:
    """End a key. Running servers refuse it within a second."""
    from crossdock.cli.database import opened_database  # noqa: PLC0415
    from crossdock.cli.doings import enter  # noqa: PLC0415
    from crossdock.errors import NotFound  # noqa: PLC0415
    from crossdock.storage.accounts import list_api_keys, revoke_api_key  # noqa: PLC0415

    with opened_database() as database, database.transaction() as db:
        revoked = revoke_api_key(db, key_id)
        for key in list_api_keys(db) if revoked else ():
            if key.id == key_id:
                enter(db, key.organisation_id, "api_key.revoked", key_id)
    if not revoked:
        raise NotFound(f"There is no live key {key_id}.")
    if as_json:
        print_json({"id": key_id, "revoked": True})
