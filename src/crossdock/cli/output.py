"""How commands print and fail."""

import functools
import sys
from collections.abc import Callable
from typing import Annotated, Any, ParamSpec, TypeVar

import orjson
import typer

P = ParamSpec("P")
T = TypeVar("T")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

FAILED = 1
CANNOT_START = 2


def print_json(value: Any) -> None:
    """One JSON document on standard output, indented."""
    print(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


def failing_plainly(command: Callable[P, T]) -> Callable[P, T]:
    """Turns the failures an operator can mend into a message on standard error and an exit code.

    1 when what was asked for was refused, 2 when Crossdock cannot start as it is set up.
    """

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        from crossdock.connections.vault import SecretKeyProblem  # noqa: PLC0415
        from crossdock.errors import ApiError, Unavailable, Unprocessable  # noqa: PLC0415
        from crossdock.settings import BadSetting  # noqa: PLC0415
        from crossdock.storage.schema import DatabaseIsNewer  # noqa: PLC0415

        try:
            return command(*args, **kwargs)
        except (SecretKeyProblem, BadSetting, DatabaseIsNewer, Unavailable, OSError) as error:
            print(f"crossdock: {error}", file=sys.stderr)
            raise typer.Exit(CANNOT_START) from error
        except Unprocessable as error:
            print(f"crossdock: {error.message}", file=sys.stderr)
            for fault in error.faults:
                accepted = f" (accepted: {fault.accepted})" if fault.accepted else ""
                print(f"  {fault.pointer}: {fault.message}{accepted}", file=sys.stderr)
            raise typer.Exit(FAILED) from error
        except ApiError as error:
            print(f"crossdock: {error.message}", file=sys.stderr)
            raise typer.Exit(FAILED) from error

    return run
