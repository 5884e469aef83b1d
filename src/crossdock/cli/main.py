"""The commands, each in a few lines: read the settings, call one function, print the answer."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from crossdock.cli import carrier, integrations, keys, secrets, users, webhooks
from crossdock.cli.output import AsJson, failing_plainly, print_json

app = typer.Typer(
    help="One self-hosted HTTP API to every system that moves goods.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(keys.app, name="keys")
app.add_typer(users.app, name="users")
app.add_typer(secrets.app, name="secrets")
app.add_typer(webhooks.app, name="webhooks")
app.add_typer(integrations.app, name="integrations")
app.add_typer(carrier.app, name="carrier")
doubles = typer.Typer(help="Run a local stand-in for a vendor's system.", no_args_is_help=True)
app.add_typer(doubles, name="double")

Organisation = Annotated[str, typer.Option("--org", help="Organisation; made if it is new.")]
Slug = Annotated[str, typer.Argument(metavar="TYPE/NAME", help="Integration, such as wms/ongoing.")]


@app.command()
@failing_plainly
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)] = 8000,
    access_log: Annotated[bool, typer.Option(help="Log a line for each request.")] = False,
    work: Annotated[
        bool, typer.Option(help="Sync and deliver events too; --no-work leaves that to others.")
    ] = True,
) -> None:
    """Serve the API, and by default do the background work."""
    from crossdock.cli.server import run_server  # noqa: PLC0415

    run_server(host, port, access_log=access_log, works=work)


@app.command()
@failing_plainly
def worker() -> None:
    """Do background work only: syncs and deliveries, beside servers that share the database."""
    from crossdock.cli.worker import run_worker  # noqa: PLC0415

    run_worker()


@app.command()
@failing_plainly
def sync(
    slug: Slug,
    connection: Annotated[str, typer.Option(metavar="ID", help="The connection to sync.")],
    function: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this list, such as get_orders; repeat.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read the lists of a connection now, in this process, and show how far it is."""
    from crossdock.cli.sync import run_sync  # noqa: PLC0415

    run_sync(slug, connection, function or [], as_json=as_json)


@app.command()
@failing_plainly
def connect(
    slug: Slug,
    org: Organisation,
    credential: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=VALUE", help="A credential field; repeat. VALUE - reads standard input."),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="ACTION", help="Limit the connection to this write; repeat.")
    ] = None,
    as_json: AsJson = True,  # noqa: ARG001  (the answer is JSON anyway)
) -> None:
    """Connect an account: its credentials are tried at the vendor, then kept encrypted."""
    from crossdock.cli.accounts import connect_account  # noqa: PLC0415

    print_json(asyncio.run(connect_account(slug, org, credential or [], only)))


@app.command()
@failing_plainly
def connections(
    org: Annotated[str | None, typer.Option("--org", help="Only this organisation's.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the connections, without their secrets."""
    from crossdock.cli.accounts import list_connections  # noqa: PLC0415

    rows = list_connections(org)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        print(f"{row['connection_id']}  {row['integration']:<20} {row['organisation']}")


@app.command("write-info")
@failing_plainly
def write_info(
    slug: Slug,
    access_token: Annotated[
        str | None, typer.Option(help="A connection's token, for that account's own values.")
    ] = None,
    operation: Annotated[str | None, typer.Option(help="Only this write, such as create_return.")] = None,
    as_json: AsJson = True,  # noqa: ARG001  (the answer is JSON anyway)
) -> None:
    """Print the OpenAPI document of the writes an integration, or one account of it, takes."""
    from crossdock.cli.accounts import show_write_info  # noqa: PLC0415

    print_json(asyncio.run(show_write_info(slug, access_token, operation)))


@app.command()
@failing_plainly
def codegen(
    slug: Slug,
    out: Annotated[Path, typer.Option(help="Folder to write the package into; made if it is new.")],
    access_token: Annotated[
        str | None, typer.Option(help="A connection's token, for that account's own values.")
    ] = None,
) -> None:
    """Write typed Python for an account: the bodies of its writes, and a client that sends them."""
    from crossdock.cli.accounts import generate_package  # noqa: PLC0415

    for file in asyncio.run(generate_package(slug, access_token, out)):
        print(file)


@app.command()
@failing_plainly
def mcp(
    slug: Slug,
    api_key: Annotated[str, typer.Option(envvar="CROSSDOCK_MCP_KEY", help="An API key.")],
    access_token: Annotated[str, typer.Option(envvar="CROSSDOCK_MCP_TOKEN", help="A connection's token.")],
    url: Annotated[str, typer.Option(help="Where Crossdock listens.")] = "http://127.0.0.1:8000",
    allow_writes: Annotated[
        bool, typer.Option("--allow-writes", help="Send writes; without it they are dry runs.")
    ] = False,
) -> None:
    """Serve the writes and reads of a connection as tools of the Model Context Protocol, over stdio."""
    from crossdock.cli.mcp import run_mcp  # noqa: PLC0415

    run_mcp(slug, url, api_key, access_token, allow_writes=allow_writes)


@doubles.command("ongoing")
@failing_plainly
def double_ongoing(
    port: Annotated[int, typer.Option(help="Port to listen on; 0 picks one.", min=0, max=65535)] = 8081,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    return_cause: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE=NAME", help="A return cause; repeat. Suffixes :remove :change :comment."),
    ] = None,
    username: Annotated[str | None, typer.Option(help="The only user name to accept.")] = None,
    password: Annotated[str | None, typer.Option(help="The only password to accept.")] = None,
    goods_owner: Annotated[
        list[int] | None, typer.Option(metavar="ID", help="A goods owner to accept; repeat.")
    ] = None,
    latency: Annotated[float, typer.Option(help="Seconds before every answer.", min=0, max=60)] = 0.0,
) -> None:
    """A stand-in for Ongoing WMS that holds to its published specification."""
    from crossdock.cli.demo import run_ongoing_double  # noqa: PLC0415

    run_ongoing_double(
        host,
        port,
        return_causes=return_cause,
        username=username,
        password=password,
        goods_owners=goods_owner,
        latency=latency,
    )


@doubles.command("run")
@failing_plainly
def double_run(
    slug: Slug,
    port: Annotated[int, typer.Option(help="Port to listen on; 0 picks one.", min=0, max=65535)] = 8081,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """The stand-in for an integration's vendor, and the credentials that it takes."""
    from crossdock.cli.demo import run_double  # noqa: PLC0415

    run_double(slug, host, port)


@app.command()
@failing_plainly
def demo(
    port: Annotated[int, typer.Option(help="Port of the API; 0 picks one.", min=0, max=65535)] = 8000,
    double_port: Annotated[int, typer.Option(help="Port of the double; 0 picks one.", min=0, max=65535)] = 0,
    accounts: Annotated[
        Path | None,
        typer.Option(help="Connect an account of every system, and write their tokens into this file."),
    ] = None,
) -> None:
    """Serve the API with an Ongoing double and a connected account, and print curl lines to try."""
    from crossdock.cli.demo import run_demo  # noqa: PLC0415

    run_demo(port, double_port, accounts)


@app.command()
def version() -> None:
    """Print the version."""
    from crossdock import __version__  # noqa: PLC0415

    print(__version__)


def main() -> None:
    """Entry point of the `crossdock` command."""
    sys.exit(app())
