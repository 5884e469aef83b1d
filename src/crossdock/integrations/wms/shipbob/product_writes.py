"""`create_product` and `update_product` become `POST /1.0/product` and `PUT /1.0/product/{productId}`.

Models `CreateProductModel` and `UpdateProductModel`. The first takes a reference id once in a channel. The
second says the whole product, so what the body leaves out is read first and sent as it was. Version 1.0 has
neither measurements nor the parts of a bundle.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from crossdock.connector import (
    Asked,
    FieldFault,
    LookUp,
    Reads,
    Rule,
    VendorAnswer,
    VendorRequest,
    WriteOperation,
    vendor_path,
)
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.wms.shipbob.answers import missing, new_id, path_id
from crossdock.integrations.wms.shipbob.product import product_record, read_back
from crossdock.integrations.wms.shipbob.refusals import blamed
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import UNSET, Absent, Tags, WriteBody, described
from crossdock.schemas.wms_writes import fields

CHANGEABLE = ("name", "sku", "gtin", "barcode", "upc", "unit_price")
LENGTHS = {
    "reference_id": {"maxLength": 400},
    "name": {"maxLength": 2000},
    "sku": {"maxLength": 400},
    "gtin": {"maxLength": 50},
    "barcode": {"maxLength": 150},
    "upc": {"maxLength": 50},
}

Barcode = Annotated[str, described("Barcode on the product")]
Upc = Annotated[str, described("UPC")]


class CreateProduct(WriteBody, kw_only=True):
    """A new product of the channel."""

    sku: fields.Sku
    name: fields.Name
    reference_id: (
        Annotated[str, described("The caller's own unique key of the product; the SKU when left out")]
        | Absent
    ) = UNSET
    gtin: fields.Gtin | Absent = UNSET
    barcode: Barcode | Absent = UNSET
    upc: Upc | Absent = UNSET
    unit_price: fields.UnitPrice | Absent = UNSET
    trackstar_tags: Tags | Absent = UNSET


class UpdateProduct(WriteBody, kw_only=True):
    """What is to change of a product."""

    sku: fields.Sku | Absent = UNSET
    name: fields.Name | Absent = UNSET
    gtin: fields.Gtin | Absent = UNSET
    barcode: Barcode | Absent = UNSET
    upc: Upc | Absent = UNSET
    unit_price: fields.UnitPrice | Absent = UNSET
    trackstar_tags: Tags | Absent = UNSET


def create_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """Lengths of `CreateProductModel`."""
    said = "reference_id and sku have at most 400 characters, name 2000, gtin and upc 50, barcode 150."
    return [
        Rule(said, {"properties": LENGTHS}),
        Rule("A reference_id, or the sku in its place, can be used once in a channel."),
    ]


def update_rules(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
    """The same lengths, and something to change."""
    lengths = {name: LENGTHS[name] for name in LENGTHS if name != "reference_id"}
    return [
        Rule(
            "sku has at most 400 characters, name 2000, gtin and upc 50, barcode 150.",
            {"properties": lengths},
        ),
        Rule(
            "Something of the product is changed.",
            {
                "anyOf": [{"required": [name]} for name in (*CHANGEABLE, "trackstar_tags")],
                "description": "an object with at least one field",
            },
        ),
    ]


def _told(body: CreateProduct | UpdateProduct) -> dict[str, Any]:
    return {name: value for name in CHANGEABLE if (value := getattr(body, name)) is not UNSET}


def _reference_id(body: CreateProduct) -> str:
    return body.sku if body.reference_id is UNSET else body.reference_id


def translate_create(asked: Asked[CreateProduct], reads: Reads) -> VendorRequest:  # noqa: ARG001
    """`POST /1.0/product`."""
    body = {"reference_id": _reference_id(asked.body), **_told(asked.body)}
    return VendorRequest("POST", "/1.0/product", body=body)


def find(asked: Asked[CreateProduct]) -> VendorRequest:
    """`GET /1.0/product` by the reference id, of which a list with commas would be asked for."""
    return VendorRequest("GET", "/1.0/product", {"ReferenceIds": _reference_id(asked.body)})


def found(asked: Asked[CreateProduct], answer: Any) -> str | None:
    """The id of the product that has this reference id and every other value of the body."""
    wanted = {"reference_id": _reference_id(asked.body), **_told(asked.body)}
    for product in answer if isinstance(answer, list) else []:
        if all(product.get(name) == value for name, value in wanted.items()):
            return str(product["id"])
    return None


def refused(asked: Asked[CreateProduct], answer: VendorAnswer) -> Sequence[FieldFault]:
    """What ShipBob says of a reference id is about the SKU where that was sent in its place."""
    if asked.body.reference_id is not UNSET:
        return ()
    return [
        FieldFault("/sku" if blame.place == "/reference_id" else blame.place, blame.words)
        for blame in blamed(answer)
    ]


def reads(asked: Asked[UpdateProduct], known: Reads) -> Mapping[str, VendorRequest]:  # noqa: ARG001
    """The product as it is."""
    return {"product": read_back(asked.account, path_id(asked, "product"))}


def sample_reads(asked: Asked[UpdateProduct]) -> Reads:
    """A product of which nothing but its name is known."""
    return Reads({"product": {"id": int(asked.record_id), "name": "Sample"}})


def translate_update(asked: Asked[UpdateProduct], reads: Reads) -> VendorRequest:
    """`PUT /1.0/product/{productId}`. Raises `NotFound`."""
    product = reads["product"]
    if product is None:
        raise missing(asked, "product")
    as_it_was = {name: product[name] for name in CHANGEABLE if product.get(name) is not None}
    path = vendor_path("1.0", "product", path_id(asked, "product"))
    return VendorRequest("PUT", path, body={**as_it_was, **_told(asked.body)})


CREATE = WriteOperation(
    action=write_action("wms", "create_product"),
    body=CreateProduct,
    translate=translate_create,
    written_id=new_id,
    read_back=read_back,
    record=product_record,
    look_up=LookUp(find, found),
    refused=refused,
    rules=create_rules,
)

UPDATE = WriteOperation(
    action=write_action("wms", "update_product"),
    body=UpdateProduct,
    reads=reads,
    sample_reads=sample_reads,
    translate=translate_update,
    read_back=read_back,
    record=product_record,
    repeatable=True,
    rules=update_rules,
)
