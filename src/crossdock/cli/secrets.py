"""`crossdock secrets`: the key that encrypts credentials."""

import typer

from crossdock.cli.output import AsJson, failing_plainly, print_json

app = typer.Typer(help="The secret key that encrypts credentials.", no_args_is_help=True)


@app.command()
@failing_plainly
def new(as_json: AsJson = False) -> None:
    """Print a new secret key, for CROSSDOCK_SECRET_KEY."""
    from cryptography.fernet import Fernet  # noqa: PLC0415

    key = Fernet.generate_key().decode()
    if as_json:
        print_json({"secret_key": key})
    else:
        print(key)


@app.command()
@failing_plainly
def rotate(as_json: AsJson = False) -> None:
    """Encrypt all credentials anew with the first key of CROSSDOCK_SECRET_KEY."""
    from crossdock.cli.accounts import rotate_secrets  # noqa: PLC0415

    count = rotate_secrets()
    if as_json:
        print_json({"connections": count})
    else:
        print(f"{count} connections are encrypted with the first key.")
