"""A made-up vendor for what the kit promises and no real vendor has all of: tokens, ETags, several requests.

Its records are parcels with a name and a size. Making one takes two requests; changing one needs its ETag.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from crossdock.connector import (
    Access,
    Account,
    Asked,
    Blame,
    CredentialCheck,
    CredentialField,
    Integration,
    NotFound,
    Reads,
    Token,
    TokenGrant,
    VendorAnswer,
    VendorRequest,
    WriteOperation,
    vendor_path,
)
from crossdock.schemas import wms
from crossdock.schemas.actions import write_action
from crossdock.schemas.fields import NoBody, WriteBody, described
from crossdock.schemas.wms_writes import fields

DAY = "2030-01-01T00:00:00Z"


class NewParcel(WriteBody, kw_only=True):
    """A product, to the contract."""

    sku: fields.Sku
    name: fields.Name
    gtin: Annotated[str, described("goes nowhere")] = ""


class ChangedParcel(WriteBody, kw_only=True):
    """Another name."""

    name: fields.Name


@dataclass
class ParcelVendor:
    """The vendor. `refuse` has statuses to answer next, by method and path; `on_get` runs before a read."""

    parcels: dict[str, dict[str, Any]] = field(default_factory=dict)
    refuse: dict[str, list[int]] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    on_put: list[str] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        await self._answer(request, await request.body())(scope, receive, send)

    def _answer(self, request: Request, body: bytes) -> Response:
        call = f"{request.method} {request.url.path}"
        self.calls.append(call)
        if self.refuse.get(call):
            status = self.refuse[call].pop(0)
            return _json({"message": f"no: {status}", "at": "/label"}, status)
        if call == "POST /token":
            self.tokens.append(f"token-{len(self.tokens) + 1}")
            return _json({"token": self.tokens[-1], "seconds": 3600})
        if request.headers.get("authorization") != f"Bearer {self.tokens[-1] if self.tokens else ''}":
            return _json({"message": "who are you?"}, 401)
        return self._of_parcels(request, orjson.loads(body) if body else None)

    def _of_parcels(self, request: Request, body: Any) -> Response:
        _, collection, *rest = request.url.path.split("/")
        if request.method == "POST" and collection == "parcels":
            parcel = {"id": str(len(self.parcels) + 1), "sku": body["code"], "label": None, "version": 1}
            self.parcels[parcel["id"]] = parcel
            return _json(parcel)
        if request.method == "PUT" and collection == "labels":
            parcel = next(parcel for parcel in self.parcels.values() if parcel["sku"] == rest[0])
            parcel["label"] = body["label"]
            return _json(parcel)
        if not rest or rest[0] not in self.parcels:
            return _json({"message": "no such parcel"}, 404)
        parcel = self.parcels[rest[0]]
        if request.method == "PUT":
            if self.on_put:
                parcel["label"], parcel["version"] = self.on_put.pop(0), parcel["version"] + 1
            if request.headers.get("if-match") != f'"{parcel["version"]}"':
                return _json({"message": "changed meanwhile"}, 412)
            parcel["label"], parcel["version"] = body["label"], parcel["version"] + 1
        if request.method == "DELETE":
            del self.parcels[rest[0]]
            return Response(status_code=204)
        return _json(parcel, etag=parcel["version"])


def _json(value: Any, status: int = 200, etag: int | None = None) -> Response:
    headers = {} if etag is None else {"etag": f'"{etag}"'}
    return Response(orjson.dumps(value), status, headers, "application/json")


def product(parcel: Any) -> wms.Product:
    """A parcel as a product."""
    name = parcel["label"] or ""
    return wms.Product(
        id=parcel["id"],
        created_date=DAY,
        updated_date=DAY,
        name=name,
        sku=parcel["sku"],
        additional_fields={},
    )


def _read_back(account: Account, record_id: str) -> VendorRequest:
    return VendorRequest("GET", vendor_path("parcels", record_id))


def _made(asked: Asked[NewParcel], reads: Reads) -> Sequence[VendorRequest]:
    body = asked.body
    return [
        VendorRequest("POST", "/parcels", body={"code": body.sku}),
        VendorRequest("PUT", vendor_path("labels", body.sku), body={"label": body.name}),
    ]


def _made_id(asked: Asked[NewParcel], answers: Sequence[VendorAnswer]) -> str:
    return str(answers[0].json()["id"])


def _current(asked: Asked[Any], known: Reads) -> Mapping[str, VendorRequest]:
    return {"parcel": VendorRequest("GET", vendor_path("parcels", asked.record_id))}


def _changed(asked: Asked[ChangedParcel], reads: Reads) -> VendorRequest:
    if reads["parcel"] is None:
        raise NotFound("There is no such parcel.", extra={"id": asked.record_id})
    headers = {"if-match": reads.headers["parcel"]["etag"]}
    path = vendor_path("parcels", asked.record_id)
    return VendorRequest("PUT", path, body={"label": asked.body.name}, headers=headers)


def _any_parcel(asked: Asked[Any]) -> Reads:
    parcel = {"id": asked.record_id, "sku": "x", "label": "x", "version": 1}
    return Reads({"parcel": parcel}, {"parcel": {"etag": '"1"'}})


def _gone(asked: Asked[NoBody], reads: Reads) -> VendorRequest:
    return VendorRequest("DELETE", vendor_path("parcels", asked.record_id))


def _after(asked: Asked[NoBody], reads: Reads) -> wms.Product:
    return product(reads["parcel"])


INTEGRATION = Integration(
    type="wms",
    name="parcels",
    display_name="Parcels",
    description="A vendor that nobody has.",
    credential_fields=[
        CredentialField("url", "URL", "Where it is"),
        CredentialField("secret", "Secret", "s"),
    ],
    access=lambda account: Access(account["url"]),
    credential_check=CredentialCheck(
        lambda _: VendorRequest("GET", "/parcels/1"), lambda _: True, {401: ("secret",)}, ("url",)
    ),
    writes=[
        WriteOperation(
            action=write_action("wms", "create_product"),
            body=NewParcel,
            translate=_made,
            written_id=_made_id,
            read_back=_read_back,
            record=product,
        ),
        WriteOperation(
            action=write_action("wms", "update_product"),
            body=ChangedParcel,
            reads=_current,
            sample_reads=_any_parcel,
            translate=_changed,
            read_back=_read_back,
            record=product,
            repeatable=True,
        ),
        WriteOperation(
            action=write_action("wms", "cancel_return"),
            body=NoBody,
            reads=_current,
            sample_reads=_any_parcel,
            translate=_gone,
            record_after=_after,
            repeatable=True,
        ),
    ],
    token=TokenGrant(
        lambda account: VendorRequest("POST", "/token", body={"secret": account["secret"]}),
        lambda decoded: Token(decoded["token"], decoded["seconds"]),
    ),
    blamed=lambda answer: [Blame(answer.json()["at"], "not this one")] if b'"at"' in answer.content else [],
)


async def at_once(*calls: Any) -> list[Any]:
    """What the calls give, all under way at the same time."""
    return list(await asyncio.gather(*calls))
