"""An integration as the catalog tells of it: the contract's "integration info", from the same declarations.

Fields are named by dotted paths: `line_items.sku` is the SKU of each line. A field is the contract's when the
base body of the action has it (`crossdock.schemas.wms_writes.base`), and the integration's own otherwise.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from crossdock.connector import Integration, ListOperation, WriteOperation
from crossdock.schemas.base_bodies import BASE_BODIES
from crossdock.schemas.fields import NoBody, WriteBody
from crossdock.write_info.implemented import implemented_fields
from crossdock.write_info.published import Published
from crossdock.write_info.schema import REF, Schema, components, reference, settle_account_values

log = logging.getLogger(__name__)

ProofOf = Callable[[str, str], str | None]
"""Slug and action in, proof level out; `None` where nothing was proved."""


def summary(integration: Integration, proof_of: ProofOf) -> dict[str, Any]:
    """The row of an integration. Account values are open: no account is asked."""
    return {
        "integration_name": integration.name,
        "display_name": integration.display_name,
        "install_method": integration.install_method,
        "description": integration.description,
        "logo_url": "",
        "write_operations": [
            _write_row(write, proof_of(integration.slug, write.action.name)) for write in integration.writes
        ],
        "list_operations": [
            {
                "action": listing.function.name,
                "url": listing.function.url,
                "implemented_fields": _fields_filled(integration, listing),
                "proof": proof_of(integration.slug, listing.function.name),
            }
            for listing in integration.lists
        ]
        + [
            {
                "action": function.name,
                "url": function.url,
                "implemented_fields": list(function.record.__struct_fields__),
                "proof": proof_of(integration.slug, function.name),
            }
            for function in integration.from_files
        ],
        "available_actions": list(integration.available_actions),
    }


def _fields_filled(integration: Integration, listing: ListOperation) -> dict[str, Any]:
    """The fields that a list fills; none for samples that are no records, so that the catalog stays whole."""
    try:
        return implemented_fields(listing)
    except Exception:
        log.exception("%s: a sample of %s is no record", integration.slug, listing.function.name)
        return {}


def _write_row(operation: WriteOperation[Any], proof: str | None) -> dict[str, Any]:
    base = {path for path, _, _ in fields_of(BASE_BODIES[operation.action])}
    own = list(fields_of(operation.body))
    specific = {path: schema for path, schema, _ in own if path not in base}
    return {
        "action": operation.action.name,
        "url": operation.action.url,
        "required_base_schema_fields": [path for path, _, required in own if path in base and required],
        "optional_base_schema_fields": [path for path, _, required in own if path in base and not required],
        "integration_specific_fields": {
            "type": "object",
            "properties": {path: {"title": path, **schema} for path, schema in specific.items()},
            "required_fields": [path for path, _, required in own if required and path in specific],
        },
        "proof": proof,
    }


def fields_of(body: type[WriteBody]) -> Iterator[tuple[str, Schema, bool]]:
    """Every field of a body: its dotted path, its schema, and whether it is required where it stands."""
    if body is not NoBody:
        schemas = settle_account_values(components(body, {}), {})
        yield from _fields_of(body.__name__, schemas, "")


def _fields_of(name: str, schemas: Mapping[str, Schema], at: str) -> Iterator[tuple[str, Schema, bool]]:
    schema = schemas[name]
    for field, shown in schema["properties"].items():
        path = f"{at}{field}"
        required = field in schema.get("required", ())
        target = reference(shown)
        if target is None:
            yield path, shown, required
            continue
        kind = {"type": "object"} if "$ref" in shown else {key: shown[key] for key in shown if key != "items"}
        yield path, kind, required
        yield from _fields_of(target.removeprefix(REF), schemas, f"{path}.")


class Summaries:
    """Lists of rows as they are answered, each made once: nothing in them changes while a process runs."""

    def __init__(self, proof_of: ProofOf) -> None:
        self._proof_of = proof_of
        self._listed: dict[tuple[str, ...], Published] = {}

    def listed(self, integrations: Sequence[Integration]) -> Published:
        """The rows of integrations, in their order, under `data`."""
        slugs = tuple(integration.slug for integration in integrations)
        if slugs not in self._listed:
            rows = [summary(integration, self._proof_of) for integration in integrations]
            self._listed[slugs] = Published({"data": rows}, {}, 0.0)
        return self._listed[slugs]
