"""The folder that is written: models, client, and what marks it as a typed package."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from crossdock.codegen.client import ListMethod, client_of, parts, write_methods
from crossdock.codegen.models import models_of


def write_package(
    folder: Path,
    name: str,
    document: Mapping[str, Any],
    writes: Mapping[str, str],
    lists: Mapping[str, str],
) -> Sequence[Path]:
    """Writes the package of an account into a folder, which is made; the files, in order.

    `writes` and `lists` have method and path by the name of the action. Raises `Unavailable` without the
    generator of models.
    """
    methods = write_methods(document, writes)
    offered = list(parts(methods))
    bodies = offered[2:]
    imported = ["from .client import Client, Refused"]
    if bodies:
        imported.append(f"from .models import {', '.join(bodies)}")
    listed = "".join(f'    "{one}",\n' for one in sorted(offered))
    sources = {
        "__init__.py": f'"""Typed access to one account of {name}."""\n\n'
        + "\n".join(imported)
        + f"\n\n__all__ = [\n{listed}]\n",
        "client.py": client_of(
            name, methods, [ListMethod(one, url.split(" ", 1)[1]) for one, url in lists.items()]
        ),
        "models.py": models_of(document),
        "py.typed": "",
    }
    folder.mkdir(parents=True, exist_ok=True)
    for file, source in sources.items():
        (folder / file).write_text(source)
    return [folder / file for file in sources]
