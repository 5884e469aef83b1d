"""`create_kit` and `update_kit`: a kit is an article with a `structureDefinition` of kind `Structure`.

The vendor's page "Kit articles and sub order lines" says so; the models are `PostArticleModel` and
`PostArticleStructureRow`.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from crossdock.connector import Asked, FieldFault, Reads, Rule, Unprocessable, VendorRequest, WriteOperation
from crossdock.connector.operation import KnownChoices
from crossdock.connector.patterns import INT32_MAX
from crossdock.integrations.wms.ongoing.answers import number_in
from crossdock.integrations.wms.ongoing.article_body import structure
from crossdock.integrations.wms.ongoing.known_articles import article_reads, check_articles, sample_articles
from crossdock.integrations.wms.ongoing.product import kit_record, read_back
from crossdock.integrations.wms.ongoing.products import (
    an_article,
    article_of_sku,
    article_there,
    id_read,
    no_article_yet,
    sku_read,
    translate_update,
)
from crossdock.integrations.wms.ongoing.refusals import named_field
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, described
from crossdock.schemas.wms_writes import fields


class KitComponent(WriteBody, kw_only=True):
    """An article in a kit, and how many units of it."""

    sku: fields.Sku
    unit_quantity: fields.UnitQuantity


Components = Annotated[list[KitComponent], described("All that the kit is made of")]


class CreateKit(WriteBody, kw_only=True):
    """A new kit."""

    sku: fields.Sku
    name: fields.Name
    gtin: fields.Gtin
    inventory_items: Components
    trackstar_tags: Tags | Absent = UNSET


class UpdateKit(WriteBody, kw_only=True):
    """What is to change of a kit."""

    name: fields.Name | Absent = UNSET
    gtin: fields.Gtin | Absent = UNSET
    inventory_items: Components
    trackstar_tags: Tags | Absent = UNSET


def rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone leave unsaid."""
    component = {
        "properties": {
            "sku": {"minLength": 1},
            "unit_quantity": {"minimum": 1, "maximum": INT32_MAX},
        }
    }
    return [
        Rule(
            "A kit has at least one component, and at least one unit of each. A SKU is not empty.",
            {
                "properties": {
                    "sku": {"minLength": 1},
                    "inventory_items": {"minItems": 1, "items": component},
                }
            },
        ),
        Rule("Each component is an article that Ongoing has, stands once, and is not the kit itself."),
    ]


def create_rules(choices: KnownChoices) -> Sequence[Rule]:
    """Those of every kit, and what happens to a SKU that is there."""
    return [
        *rules(choices),
        Rule("A sku that Ongoing already has updates that article: its name, its bar code and its parts."),
    ]


def _skus(asked: Asked[Any]) -> list[str]:
    return [one.sku for one in asked.body.inventory_items]


def reads_of_new(asked: Asked[CreateKit], known: Reads) -> Mapping[str, VendorRequest]:
    """The article that the SKU may already be, and the components."""
    return {**sku_read(asked, known), **article_reads(asked.account, _skus(asked))}


def reads_of_known(asked: Asked[UpdateKit], known: Reads) -> Mapping[str, VendorRequest]:
    """The kit of the path as it is, and the components."""
    return {**id_read(asked, known), **article_reads(asked.account, _skus(asked))}


def sample_of_new(asked: Asked[CreateKit]) -> Reads:
    """An Ongoing that has the components and not the kit."""
    return Reads({**no_article_yet(asked), **sample_articles(_skus(asked))})


def sample_of_known(asked: Asked[UpdateKit]) -> Reads:
    """An Ongoing that has the components and a kit."""
    return Reads({**an_article(asked), **sample_articles(_skus(asked))})


def translate_create(asked: Asked[CreateKit], reads: Reads) -> VendorRequest:
    """Operation `articlesPut`. Raises `Unprocessable` for components that a kit cannot have."""
    _check(asked, reads, asked.body.sku if article_there(asked, reads) else None)
    body = article_of_sku(asked, reads) | {"structureDefinition": structure(asked.body.inventory_items)}
    return VendorRequest("PUT", "/articles", body=body)


def translate_update_kit(asked: Asked[UpdateKit], reads: Reads) -> VendorRequest:
    """Operation `articlesPut2`. Raises `NotFound`, and `Unprocessable` for components that cannot be."""
    request = translate_update(asked, reads)
    _check(asked, reads, request.body["articleNumber"])
    body = request.body | {"structureDefinition": structure(asked.body.inventory_items)}
    return VendorRequest(request.method, request.path, body=body)


def _check(asked: Asked[Any], reads: Reads, kit: str | None) -> None:
    """`kit` is its number where Ongoing has it; one that it does not have cannot be among the components."""
    skus = _skus(asked)
    faults = []
    for index, sku in enumerate(skus):
        at = f"/inventory_items/{index}/sku"
        if sku == kit:
            faults.append(FieldFault(at, f"{sku} is the kit itself"))
        elif sku in skus[:index]:
            faults.append(FieldFault(at, f"{sku} already stands at /inventory_items/{skus.index(sku)}"))
    if faults:
        raise Unprocessable("The kit cannot be made of these components.", faults)
    check_articles(reads, skus, "/inventory_items")


CREATE = WriteOperation(
    action=write_action("wms", "create_kit"),
    body=CreateKit,
    reads=reads_of_new,
    sample_reads=sample_of_new,
    translate=translate_create,
    written_id=number_in("articleSystemId"),
    read_back=read_back,
    record=kit_record,
    repeatable=True,
    refused=named_field,
    rules=create_rules,
)

UPDATE = WriteOperation(
    action=write_action("wms", "update_kit"),
    body=UpdateKit,
    reads=reads_of_known,
    sample_reads=sample_of_known,
    translate=translate_update_kit,
    read_back=read_back,
    record=kit_record,
    repeatable=True,
    refused=named_field,
    rules=rules,
)
