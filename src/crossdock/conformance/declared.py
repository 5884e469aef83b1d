"""What can be checked of an integration's quality without starting anything: from its declarations alone.

A check takes an integration and its stand and gives the places where the rule does not hold, none if it does.
"""

import tomllib
from collections.abc import Callable, Mapping

import jsonschema_rs

from crossdock.catalog.quality import Quality, quality_of, text_beside
from crossdock.connector import Integration
from crossdock.doubles.stand import Stand
from crossdock.schemas.actions import WRITE_ACTIONS
from crossdock.schemas.fields import NoBody, WriteBody
from crossdock.write_info.rehearsal import TEXTS, Sampler
from crossdock.write_info.schema import components, options_used, reference, settle_account_values
from crossdock.write_info.summary import fields_of
from crossdock.write_info.tracing import KEPT_HERE, rehearse

Check = Callable[[Integration, Stand | None], list[str]]


def credentials_explained(integration: Integration, stand: Stand | None) -> list[str]:  # noqa: ARG001
    """Titles, descriptions, and a fault for an empty value where one is needed."""
    return [
        field.name
        for field in integration.credential_fields
        if not field.title or not field.description or (field.default is None and field.fault("") is None)
    ]


def credentials_tried(integration: Integration, stand: Stand | None) -> list[str]:  # noqa: ARG001
    """The fields that a refused check names are fields that there are."""
    check = integration.credential_check
    names = {field.name for field in integration.credential_fields}
    blamed = {name for fields in check.fields_at_fault.values() for name in fields} | set(check.otherwise)
    return sorted(blamed - names) + ([] if check.otherwise else ["otherwise"])


def secrets_marked(integration: Integration, stand: Stand | None) -> list[str]:
    """What the stand calls a secret is one; there is at least one."""
    marked = {field.name for field in integration.credential_fields if field.secret}
    named = set(stand.secrets) if stand else set()
    return sorted(named - marked) or ([] if marked else ["no field is a secret"])


def fields_described(integration: Integration, stand: Stand | None) -> list[str]:  # noqa: ARG001
    """Leaves have texts of their own; an object says by its fields what it is."""
    found = []
    for write in integration.writes:
        if write.body is NoBody:
            continue
        for name, schema in components(write.body, {}).items():
            for field, shown in schema["properties"].items():
                if reference(shown) is None and not shown.get("description"):
                    found.append(f"{write.action.name} {name}.{field}")
    return found


def has_stand(integration: Integration, stand: Stand | None) -> list[str]:
    """Behind an entry point of the integration's name."""
    return [] if stand else [f"no entry point {integration.slug.replace('/', '.')} in crossdock.stands"]


def examples(integration: Integration, stand: Stand | None) -> list[str]:
    """And none of a write that is not declared."""
    declared = {write.action.name for write in integration.writes}
    return sorted(declared ^ set(stand.examples if stand else ()))


def proof(integration: Integration, stand: Stand | None) -> list[str]:
    """The level of each list and write is what the stand proves."""
    said = quality_of(integration.slug).proof
    earned = proved(integration, stand)
    return [
        f"{action}: {said.get(action)} is said, {earned.get(action)} is proved"
        for action in dict.fromkeys([*earned, *said])
        if said.get(action) != earned.get(action) or action not in earned
    ]


def proved(integration: Integration, stand: Stand | None) -> Mapping[str, str | None]:
    """The level of every list and write, by what its stand says; a write needs an example."""
    lists = {listing.function.name: stand.proof if stand else None for listing in integration.lists}
    writes = {
        write.action.name: stand.proof if stand and write.action.name in stand.examples else None
        for write in integration.writes
    }
    return {**lists, **writes}


def parity_explained(integration: Integration, stand: Stand | None) -> list[str]:  # noqa: ARG001
    """`parity.toml` is there, and every entry is a reason about an action of the contract."""
    text = text_beside(integration.slug, "parity.toml")
    if text is None:
        return ["there is no parity.toml"]
    actions = {action.name for action in WRITE_ACTIONS if action.integration_type == integration.type}
    found = []
    for action, reasons in tomllib.loads(text).items():
        if action not in actions:
            found.append(f"{action} is no action of the contract")
        found += [f"{action} {path}" for path, reason in reasons.items() if not str(reason).strip()]
    return found


def fields_land(integration: Integration, stand: Stand | None) -> list[str]:  # noqa: ARG001
    """A rehearsal of the translation tells of every field."""
    found = []
    for write in integration.writes:
        if write.body is NoBody:
            continue
        landed = rehearse(integration, write).landings
        found += [f"{write.action.name} {place}" for place in leaves(write.body) if place not in landed]
    return found


def leaves(body: type[WriteBody]) -> list[str]:
    """The places of a body's fields that tell the vendor something, as patterns of JSON Pointers.

    Not the field that Crossdock keeps, nor a required one that can have a single value.
    """
    schemas = settle_account_values(components(body, {}), {})
    places = Sampler(schemas, body.__name__, TEXTS[0]).leaves()
    settled = {
        path for path, schema, required in fields_of(body) if required and len(schema.get("enum", ())) == 1
    }
    return [place for place in places if place.split("/")[1] != KEPT_HERE and dotted(place) not in settled]


def dotted(place: str) -> str:
    """`/line_items/*/sku` as answers name it: `line_items.sku`."""
    return place.strip("/").replace("/*", "").replace("/", ".")


def interruptions(integration: Integration, stand: Stand | None) -> list[str]:  # noqa: ARG001
    """`look_up` or `repeatable`."""
    return [write.action.name for write in integration.writes if not (write.look_up or write.repeatable)]


def refusals_sampled(integration: Integration, stand: Stand | None) -> list[str]:  # noqa: ARG001
    """At least one."""
    return [] if stand and stand.refusals else ["the stand has no sample of a refusal"]


def refusals_placed(integration: Integration, stand: Stand | None) -> list[str]:  # noqa: ARG001
    """At least one with a pointer."""
    placed = stand and any(sample.pointer is not None for sample in stand.refusals)
    return [] if placed else ["no sample of a refusal names a field"]


def account_values(integration: Integration, stand: Stand | None) -> list[str]:  # noqa: ARG001
    """Options that are used, and no field of an option that is not declared."""
    declared = {option.name for option in integration.options}
    used = {
        name for write in integration.writes if write.body is not NoBody for name in options_used(write.body)
    }
    return sorted(declared ^ used)


def rules_as_schema(integration: Integration, stand: Stand | None) -> list[str]:  # noqa: ARG001
    """Every rule has a description; its schema, where there is one, is JSON Schema 2020-12."""
    found = []
    for write in integration.writes:
        for rule in write.rules({}):
            if not rule.description.strip():
                found.append(f"{write.action.name}: a rule without a description")
            if rule.schema is not None and not jsonschema_rs.meta.is_valid(dict(rule.schema)):
                found.append(f"{write.action.name}: {rule.description}")
    return found


def pace_kept(integration: Integration, stand: Stand | None) -> list[str]:  # noqa: ARG001
    """A pace is declared."""
    return [] if integration.pace else ["no pace is declared"]


def passthrough(integration: Integration, stand: Stand | None) -> list[str]:  # noqa: ARG001
    """It is not switched off."""
    return [] if integration.passthrough else ["passthrough is switched off"]


def proved_by_specification(integration: Integration, stand: Stand | None) -> list[str]:
    """`live` or `spec`."""
    return [action for action, level in proved(integration, stand).items() if level not in {"live", "spec"}]


CHECKS: Mapping[str, Check] = {
    "credentials-explained": credentials_explained,
    "credentials-tried": credentials_tried,
    "secrets-marked": secrets_marked,
    "fields-described": fields_described,
    "stand": has_stand,
    "examples": examples,
    "proof": proof,
    "parity-explained": parity_explained,
    "fields-land": fields_land,
    "interruptions": interruptions,
    "refusals-sampled": refusals_sampled,
    "account-values": account_values,
    "rules-as-schema": rules_as_schema,
    "pace-kept": pace_kept,
    "passthrough": passthrough,
    "refusals-placed": refusals_placed,
    "proved-by-specification": proved_by_specification,
}
"""By rule. A rule that is not here is for people to judge."""


def failing(integration: Integration, stand: Stand | None, quality: Quality) -> dict[str, list[str]]:
    """The rules that are said to be done and are not: where, by rule."""
    found = {
        rule: check(integration, stand) for rule, check in CHECKS.items() if quality.state(rule) == "done"
    }
    return {rule: where for rule, where in found.items() if where}
