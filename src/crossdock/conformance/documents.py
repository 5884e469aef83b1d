"""What every write-info document is like."""

from collections.abc import Iterator, Mapping
from typing import Any

from openapi_spec_validator import OpenAPIV31SpecValidator

from crossdock.conformance.bench import Bench
from crossdock.conformance.case import Case, expect
from crossdock.conformance.law import REF
from crossdock.conformance.place import Place, path_of
from crossdock.conformance.subjects import Subject
from crossdock.schemas.actions import WRITE_ACTIONS
from crossdock.schemas.fields import NoBody
from crossdock.write_info.tracing import KEPT_HERE

TAGS = KEPT_HERE
VENDOR_FIELD = "x-vendor-field"


def cases(subject: Subject) -> Iterator[Case]:
    """The document with and without account, plain and explained, and the actions that it does not have."""

    def document(bench: Bench, account: bool, explained: bool) -> None:
        with bench.place(subject) as place:
            _check(place, account, explained)

    for account in (False, True):
        for explained in (False, True):
            about = f"{'account' if account else 'integration'}{'-explained' if explained else ''}"

            def run(bench: Bench, account: bool = account, explained: bool = explained) -> None:
                document(bench, account, explained)

            yield Case(subject.slug, "document", about, run)
    yield Case(subject.slug, "undeclared", "", lambda bench: undeclared(bench, subject))


def _check(place: Place, account: bool, explained: bool) -> None:
    integration = place.subject.integration
    whole = place.document(account=account, explain=str(explained).lower())
    parts = [
        place.document(account=account, explain=str(explained).lower(), operation=write.action.name)
        for write in integration.writes
    ]
    for document in [whole, *parts]:
        expect(document["openapi"] == "3.1.0", f"openapi is {document['openapi']!r}")
        wrong = [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()]
        expect(not wrong, f"no valid OpenAPI 3.1 document: {wrong}")
        _check_components(document["components"]["schemas"], explained)
    offered = {(path, method) for path, methods in whole["paths"].items() for method in methods}
    declared = {(write.action.path, write.action.method.lower()) for write in integration.writes}
    expect(offered == declared, f"the document offers {offered}, declared are {declared}")
    for write in integration.writes:
        operation = whole["paths"][write.action.path][write.action.method.lower()]
        if write.body is NoBody:
            expect("requestBody" not in operation, f"{write.action.name} takes no body, the document has one")
            continue
        [content] = operation["requestBody"]["content"].values()
        action = write.action
        verb, *resource = (word.capitalize() for word in action.name.split("_"))
        name = "".join(part.capitalize() for part in integration.name.split("-"))
        wanted = f"{verb}{action.integration_type}{''.join(resource)}{name}Schema"
        found = content["schema"]["$ref"]
        expect(found == REF + wanted, f"the component of {action.name} is {found}, not {wanted}")


def _check_components(components: Mapping[str, Any], explained: bool) -> None:
    for name, schema in components.items():
        expect(schema["title"] == name, f"{name} has the title {schema['title']!r}")
        expect(schema["type"] == "object", f"{name} is no object")
        expect(schema["additionalProperties"] is False, f"{name} is open")
        required = schema.get("required", [])
        expect(required == sorted(required), f"{name} requires {required}, not in alphabetical order")
        for field, shown in schema["properties"].items():
            holds_object = "$ref" in shown or "$ref" in (shown.get("items") or {})
            said = VENDOR_FIELD in shown
            expect(
                said == (explained and not holds_object),
                f"{name}.{field} {'has' if said else 'lacks'} {VENDOR_FIELD}",
            )


def undeclared(bench: Bench, subject: Subject) -> None:
    """Every write of the contract that the integration lacks answers 501 with its name."""
    integration = subject.integration
    with bench.place(subject) as place:
        paths = place.document()["paths"]
        for action in WRITE_ACTIONS:
            if action.integration_type != integration.type or integration.write(action.name) is not None:
                continue
            there = action.method.lower() in paths.get(action.path, {})
            expect(not there, f"write-info has {action.name}, which is not declared")
            answer = place.request(action.method, path_of(action, "1"), json={})
            named = integration.display_name in answer.text and action.name in answer.text
            expect(
                answer.status_code == 501 and named,
                f"{action.name} is not declared and answers {answer.status_code}: {answer.text}",
            )
