"""How commands print and fail."""

import functools
from collections.abc import Callable
from typing import Annotated, Any, ParamSpec, TypeVar

import orjson
import typer

P = ParamSpec("P")
T = TypeVar("T")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def print_json(value: Any) -> None:
    """One JSON document on standard output, indented."""
    print(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


def failing_plainly(command: Callable[P, T]) -> Callable[P, T]:
    """Turns the failures an operator can mend into a message on standard error and an exit code.

    1 when what was asked for was refused, 2 when Crossdock cannot start as it is set up.
    """

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except Exception as error:
            from crossdock.cli.failures import explain  # noqa: PLC0415  (slow to import, seldom needed)

            code = explain(error)
            if code is None:
                raise
            raise typer.Exit(code) from error

    return run
