"""`crossdock integrations`: what is installed, how good it is, and how to begin another one."""

from pathlib import Path
from typing import Annotated

import typer

from crossdock.cli.output import AsJson, failing_plainly, print_json

app = typer.Typer(help="Integrations: installed ones and new ones.", no_args_is_help=True)

Slug = Annotated[str, typer.Argument(metavar="TYPE/NAME", help="Integration, such as wms/ongoing.")]


@app.command("list")
@failing_plainly
def list_integrations(as_json: AsJson = False) -> None:
    """List the installed integrations with their tier and how many lists and writes each has."""
    from crossdock.cli.quality import overview  # noqa: PLC0415

    rows = overview()
    if as_json:
        print_json(rows)
        return
    for row in rows:
        tier = row["tier"] or "none"
        name = f"{row['integration']:<20} {row['display_name']:<24} {tier:<7}"
        print(f"{name} {row['lists']:>3} lists {row['writes']:>3} writes")


@app.command()
@failing_plainly
def check(
    slug: Slug,
    run: Annotated[
        bool, typer.Option("--run", help="Also try the integration on its stand, which takes a while.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print an integration's tier and the state of each rule; fail when one marked done does not hold."""
    from crossdock.cli.quality import report  # noqa: PLC0415

    found = report(slug, run=run)
    if as_json:
        print_json(found)
    else:
        print(f"{slug}: {found['tier'] or 'no tier'}")
        for row in found["rules"]:
            print(f"{row['tier']:<7} {row['rule']:<24} {row['state']:<7} {row.get('reason', '')}".rstrip())
            for place in row.get("where", ()):
                print(f"        {place}")
        for row in found.get("cases", ()):
            print(f"{row['state']:<7} {row['case']} {row.get('said', '')}".rstrip())
    if not found["holds"]:
        raise typer.Exit(1)


@app.command()
@failing_plainly
def new(
    slug: Slug,
    into: Annotated[Path, typer.Option(help="Folder to write the package into.")] = Path(),
    as_json: AsJson = False,
) -> None:
    """Write a package with a small integration that works, to be changed into the one that is wanted."""
    from crossdock.scaffold import write_package  # noqa: PLC0415

    folder = write_package(slug, into)
    if as_json:
        print_json({"folder": str(folder)})
    else:
        print(folder)
