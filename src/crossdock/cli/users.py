"""`crossdock users`: people who sign in to the dashboard."""

from typing import Annotated

import typer

from crossdock.cli.output import AsJson, failing_plainly, print_json

app = typer.Typer(help="People who sign in to the dashboard.", no_args_is_help=True)


@app.command()
@failing_plainly
def invite(
    email: Annotated[str, typer.Argument(help="E-mail address; invited again when it has an account.")],
    org: Annotated[str, typer.Option("--org", help="Organisation; made if it is new.")],
    name: Annotated[str | None, typer.Option(help="The person's name; by default the address.")] = None,
    role: Annotated[str, typer.Option(help="admin, developer or viewer")] = "developer",
    as_json: AsJson = False,
) -> None:
    """Print a link that chooses a password, good for 7 days. It also mends a lost password and a lock."""
    from crossdock.cli.database import opened_database  # noqa: PLC0415
    from crossdock.cli.doings import enter  # noqa: PLC0415
    from crossdock.connections import people  # noqa: PLC0415
    from crossdock.connections.keys import check_organisation  # noqa: PLC0415
    from crossdock.settings import load_settings  # noqa: PLC0415
    from crossdock.storage.accounts import organisation_id  # noqa: PLC0415
    from crossdock.storage.people import user_by_email  # noqa: PLC0415

    check_organisation(org)
    settings = load_settings()
    with opened_database(settings) as database, database.transaction() as db:
        organisation = organisation_id(db, org)
        known = user_by_email(db, email.strip().lower())
        if known is not None and known.organisation_id == organisation:
            invited = people.invite_again(db, known.id)
            enter(db, organisation, "user.invited_again", known.id)
        else:
            invited = people.invite(db, organisation, email, name or email, role)
            enter(db, organisation, "user.invited", invited.user.id, {"email": invited.user.email})
    url = f"{settings.public_url}/dashboard/invitation#{invited.code}"
    if as_json:
        print_json({"id": invited.user.id, "email": invited.user.email, "url": url})
    else:
        print(url)


@app.command("list")
@failing_plainly
def list_users(
    org: Annotated[str | None, typer.Option("--org", help="Only this organisation's.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the people with their roles."""
    from crossdock.cli.database import opened_database  # noqa: PLC0415
    from crossdock.storage.people import all_users  # noqa: PLC0415

    with opened_database() as database, database.transaction(writes=False) as db:
        rows = [
            {
                "id": user.id,
                "organisation": user.organisation,
                "email": user.email,
                "name": user.name,
                "role": user.role,
                "disabled": user.disabled_at is not None,
            }
            for user in all_users(db)
            if org is None or user.organisation == org
        ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        state = "disabled" if row["disabled"] else "able"
        print(f"{row['id']}  {row['role']:<9}  {state:<8}  {row['email']}  {row['organisation']}")
