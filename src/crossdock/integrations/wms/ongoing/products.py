"""`create_product` and `update_product` become `PUT /articles` and `PUT /articles/{articleSystemId}`.

The model is `PostArticleModel`. Ongoing creates or updates by the article number, which is the SKU.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from crossdock.connector import Asked, LookUp, Reads, Rule, VendorRequest, WriteOperation, vendor_path
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.wms.ongoing.answers import Record, number_in, own_record
from crossdock.integrations.wms.ongoing.article_body import as_written, named
from crossdock.integrations.wms.ongoing.goods_owner import goods_owner_id
from crossdock.integrations.wms.ongoing.product import article_read, product_record, read_back_article
from crossdock.integrations.wms.ongoing.refusals import named_field
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody
from crossdock.schemas.wms_writes import fields


class CreateProduct(WriteBody, kw_only=True):
    """A new article."""

    sku: fields.Sku
    name: fields.Name
    gtin: fields.Gtin
    trackstar_tags: Tags | Absent = UNSET


class UpdateProduct(WriteBody, kw_only=True):
    """What is to change of an article."""

    name: fields.Name | Absent = UNSET
    gtin: fields.Gtin | Absent = UNSET
    trackstar_tags: Tags | Absent = UNSET


def create_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """What the fields alone leave unsaid."""
    return [
        Rule("A SKU is not empty.", {"properties": {"sku": {"minLength": 1}}}),
        Rule("A sku that Ongoing already has updates that article: its name and its bar code."),
    ]


def find(asked: Asked[Any]) -> VendorRequest:
    """Operation `articlesGetAll`, by the SKU of the body."""
    owner = goods_owner_id(asked.account)
    return VendorRequest("GET", "/articles", {"goodsOwnerId": owner, "articleNumber": asked.body.sku})


def found(asked: Asked[CreateProduct], answer: Any) -> str | None:
    """The id of the article with this SKU, name and bar code."""
    body = asked.body
    for article in answer if isinstance(answer, list) else []:
        code = (article.get("barCodeInfo") or {}).get("barCode")
        if (article.get("articleNumber"), article.get("articleName"), code) == (
            body.sku,
            body.name,
            body.gtin,
        ):
            return str(article["articleSystemId"])
    return None


def sku_read(asked: Asked[Any], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The article that the SKU may already be, so that nothing of it is lost."""
    return {"there": find(asked)}


def no_article_yet(asked: Asked[Any]) -> Reads:  # noqa: ARG001
    """An Ongoing that does not have the SKU."""
    return Reads({"there": []})


def article_there(asked: Asked[Any], reads: Reads) -> Record | None:
    """The article that the SKU of the body already is."""
    return next((one for one in reads["there"] or [] if one.get("articleNumber") == asked.body.sku), None)


def article_of_sku(asked: Asked[Any], reads: Reads) -> Record:
    """The body that writes the article of the SKU, with what it has already."""
    there: Record = article_there(asked, reads) or {}
    whole = {"goodsOwnerId": goods_owner_id(asked.account), "articleNumber": asked.body.sku}
    return named(as_written(there), asked.body.name, asked.body.gtin) | whole


def translate_create(asked: Asked[CreateProduct], reads: Reads) -> VendorRequest:
    """Operation `articlesPut`."""
    return VendorRequest("PUT", "/articles", body=article_of_sku(asked, reads))


def id_read(asked: Asked[Any], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The article of the path as it is."""
    return {"article": article_read(asked)}


def an_article(asked: Asked[Any]) -> Reads:  # noqa: ARG001
    """An article that has nothing but a number."""
    return Reads({"article": {"articleNumber": "SKU"}})


def translate_update(asked: Asked[Any], reads: Reads) -> VendorRequest:
    """Operation `articlesPut2`. Raises `NotFound`."""
    there = as_written(own_record(asked, reads["article"], "article"))
    body = named(there, asked.body.name, asked.body.gtin) | {"goodsOwnerId": goods_owner_id(asked.account)}
    return VendorRequest("PUT", vendor_path("articles", asked.record_id), body=body)


CREATE = WriteOperation(
    action=write_action("wms", "create_product"),
    body=CreateProduct,
    reads=sku_read,
    sample_reads=no_article_yet,
    translate=translate_create,
    written_id=number_in("articleSystemId"),
    read_back=read_back_article,
    record=product_record,
    look_up=LookUp(find, found),
    refused=named_field,
    rules=create_rules,
)

UPDATE = WriteOperation(
    action=write_action("wms", "update_product"),
    body=UpdateProduct,
    reads=id_read,
    sample_reads=an_article,
    translate=translate_update,
    read_back=read_back_article,
    record=product_record,
    repeatable=True,
    refused=named_field,
)
