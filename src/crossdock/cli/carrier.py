"""`crossdock carrier`: invoice files of carriers."""

from pathlib import Path
from typing import Annotated

import typer

from crossdock.cli.output import AsJson, failing_plainly

app = typer.Typer(help="Invoice files of carriers.", no_args_is_help=True)


@app.callback()
def carrier() -> None:
    """Makes `import` a command of its own although it is the only one."""


@app.command("import")
@failing_plainly
def import_file(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The invoice file.", exists=True, dir_okay=False)
    ],
    connection: Annotated[str, typer.Option(metavar="ID", help="The connection that it is for.")],
    as_json: AsJson = False,
) -> None:
    """Read an invoice file here and now; exits with 1 when it does not add up or rows could not be read."""
    from crossdock.cli.carrier_import import run_import  # noqa: PLC0415

    run_import(file, connection, as_json=as_json)
