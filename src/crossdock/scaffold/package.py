"""A package with a small integration that passes the conformance suite, to be changed step by step."""

import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

from crossdock.catalog.catalog import check_type
from crossdock.errors import FieldFault, Unprocessable

TEMPLATE_TYPE = "wms"
"""The type whose write the template has."""

SUFFIX = ".tmpl"
MODULE = "module"
"""Stands in the template for the name of the Python package."""

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def write_package(slug: str, into: Path) -> Path:
    """Writes the package of an integration, such as `wms/acme`, into a folder; the package's own folder.

    Raises `Unprocessable` for a name that cannot be one, a type that has no template, or a folder that is
    there already.
    """
    integration_type, _, name = slug.partition("/")
    if check_type(integration_type) != TEMPLATE_TYPE:
        message = f"There is a template for {TEMPLATE_TYPE} integrations only so far."
        raise Unprocessable(message, [FieldFault("/slug", message)])
    if not NAME.fullmatch(name):
        message = f"{name!r} is not a name: small letters and digits, with single hyphens between."
        raise Unprocessable(message, [FieldFault("/slug", message)])
    folder = into / f"crossdock-{integration_type}-{name}"
    if folder.exists():
        message = f"{folder} is there already."
        raise Unprocessable(message, [FieldFault("/into", message)])
    words = [part.capitalize() for part in name.split("-")]
    module = f"crossdock_{integration_type}_{name.replace('-', '_')}"
    values = {
        "distribution": folder.name,
        "module": module,
        "name": name,
        "display_name": " ".join(words),
        "class_name": "".join(words),
        "entry_point": slug.replace("/", "."),
        "slug": slug,
    }
    for path, text in _templates(files("crossdock.scaffold") / "template", ""):
        target = folder / path.replace(f"src/{MODULE}/", f"src/{module}/").removesuffix(SUFFIX)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(Template(text).substitute(values), encoding="utf-8")
    return folder


def _templates(folder: Traversable, at: str) -> Iterator[tuple[str, str]]:
    """The path of each template below a folder, and its text."""
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _templates(item, f"{at}{item.name}/")
        elif item.name.endswith(SUFFIX):
            yield f"{at}{item.name}", item.read_text(encoding="utf-8")
