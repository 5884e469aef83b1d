"""What the kit promises beyond one vendor: tokens, ETags, several requests, and never twice by mistake."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from crossdock.app import create_app
from crossdock.catalog import Catalog
from crossdock.connections.install import connect
from crossdock.connections.keys import create_api_key
from crossdock.doubles.server import running
from crossdock.errors import Unprocessable
from crossdock.http.service import open_service
from crossdock.settings import load_settings
from tests.support.parcel_vendor import INTEGRATION, ParcelVendor, at_once
from tests.support.prepared import prepared

Scene = Callable[[httpx.AsyncClient], Awaitable[None]]


@pytest.fixture
def vendor() -> ParcelVendor:
    made = ParcelVendor()
    made.parcels["1"] = {"id": "1", "sku": "A", "label": "first", "version": 1}
    return made


@pytest.fixture
def play(
    vendor: ParcelVendor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Scene], None]]:
    """Runs a scene against a Crossdock that knows the made-up vendor only."""
    monkeypatch.setattr(Catalog, "installed", lambda: Catalog([INTEGRATION]))
    environment = {"CROSSDOCK_HOME": str(prepared(tmp_path)), "CROSSDOCK_ALLOW_PRIVATE_NETWORKS": "1"}

    async def staged(scene: Scene, url: str) -> None:
        service = open_service(load_settings(environment))
        key = create_api_key(service.database, "acme", read_only=False).key
        made = await connect(
            service.database,
            service.vault,
            service.vendors,
            INTEGRATION,
            organisation="acme",
            fields={"url": url, "secret": "hush"},
        )
        vendor.calls.clear()
        headers = {"x-trackstar-api-key": key, "x-trackstar-access-token": made.access_token}
        transport = httpx.ASGITransport(create_app(service))
        async with httpx.AsyncClient(transport=transport, base_url="http://x", headers=headers) as api:
            await scene(api)
        await service.aclose()

    with running(vendor) as url:
        yield lambda scene: asyncio.run(staged(scene, url))


def keyed(name: str) -> dict[str, str]:
    return {"idempotency-key": name}


BODY = {"sku": "B", "name": "second"}


def test_a_token_is_asked_for_once_and_anew_when_it_is_refused(play: Any, vendor: ParcelVendor) -> None:
    async def scene(api: httpx.AsyncClient) -> None:
        bodies = [{"sku": f"S{number}", "name": "n"} for number in range(5)]
        answers = await at_once(*(api.post("/wms/products", json=body) for body in bodies))
        assert {answer.status_code for answer in answers} == {200}
        assert "POST /token" not in vendor.calls
        vendor.tokens.append("another")
        answer = await api.post("/wms/products", json=BODY)
        assert answer.status_code == 200
        assert vendor.calls.count("POST /token") == 1

    play(scene)


def test_a_token_that_is_not_given_names_the_field_that_connects(
    play: Any, vendor: ParcelVendor, tmp_path: Path
) -> None:
    vendor.refuse["POST /token"] = [401]

    async def scene(api: httpx.AsyncClient) -> None:
        raise AssertionError("it connected")

    with pytest.raises(Unprocessable, match="did not accept secret: no: 401"):
        play(scene)


def test_a_change_is_made_anew_when_the_record_changed_meanwhile(play: Any, vendor: ParcelVendor) -> None:
    vendor.on_put.append("somebody else's")

    async def scene(api: httpx.AsyncClient) -> None:
        answer = await api.put("/wms/products/1", json={"name": "ours"})
        assert answer.status_code == 200, answer.text
        assert answer.json()["data"]["name"] == "ours"
        assert vendor.calls.count("GET /parcels/1") == 3

    play(scene)


def test_a_record_that_never_stands_still_is_a_412_and_nothing_was_written(
    play: Any, vendor: ParcelVendor
) -> None:
    vendor.on_put += ["a", "b", "c"]

    async def scene(api: httpx.AsyncClient) -> None:
        answer = await api.put("/wms/products/1", json={"name": "ours"}, headers=keyed("k"))
        assert (answer.status_code, answer.json()["origin"]) == (412, "integration")
        again = await api.put("/wms/products/1", json={"name": "other"}, headers=keyed("k"))
        assert again.status_code == 200

    play(scene)


def test_what_is_refused_after_a_part_was_written_is_partial_and_keeps_its_key(
    play: Any, vendor: ParcelVendor
) -> None:
    vendor.refuse["PUT /labels/B"] = [400]

    async def scene(api: httpx.AsyncClient) -> None:
        answer = await api.post("/wms/products", json=BODY, headers=keyed("k"))
        assert (answer.status_code, answer.json()["outcome"]) == (400, "partial")
        assert answer.json()["error"] == "no: 400"
        assert answer.json()["errors"] == [{"pointer": "/name", "message": "not this one"}]
        again = await api.post("/wms/products", json=BODY, headers=keyed("k"))
        assert (again.status_code, again.json()["outcome"]) == (504, "unknown")
        assert "would be wrong" in again.json()["error"]
        assert vendor.calls.count("POST /parcels") == 1

    play(scene)


def test_what_may_be_repeated_is_sent_again_after_no_answer(play: Any, vendor: ParcelVendor) -> None:
    vendor.refuse["PUT /parcels/1"] = [500]

    async def scene(api: httpx.AsyncClient) -> None:
        answer = await api.put("/wms/products/1", json={"name": "ours"}, headers=keyed("k"))
        assert (answer.status_code, answer.json()["outcome"]) == (500, "unknown")
        again = await api.put("/wms/products/1", json={"name": "ours"}, headers=keyed("k"))
        assert again.status_code == 200
        assert again.json()["data"]["name"] == "ours"

    play(scene)


def test_a_key_stands_for_one_record(play: Any, vendor: ParcelVendor) -> None:
    vendor.parcels["2"] = {"id": "2", "sku": "C", "label": "other", "version": 1}

    async def scene(api: httpx.AsyncClient) -> None:
        assert (await api.put("/wms/products/1", json={"name": "n"}, headers=keyed("k"))).status_code == 200
        assert (await api.put("/wms/products/2", json={"name": "n"}, headers=keyed("k"))).status_code == 400
        replay = await api.put("/wms/products/1", json={"name": "n"}, headers=keyed("k"))
        assert replay.headers["idempotent-replayed"] == "true"

    play(scene)


def test_a_record_that_is_gone_is_told_from_what_was_read(play: Any, vendor: ParcelVendor) -> None:
    async def scene(api: httpx.AsyncClient) -> None:
        answer = await api.put("/wms/returns/1/cancel")
        assert answer.status_code == 200, answer.text
        assert answer.json()["data"]["name"] == "first"
        assert vendor.parcels == {}
        refused = await api.put("/wms/returns/1/cancel", json={"why": "no"})
        assert refused.status_code == 422
        assert "takes no body" in refused.json()["error"]

    play(scene)


def test_a_record_that_the_vendor_does_not_have_is_a_404_with_its_id(play: Any, vendor: ParcelVendor) -> None:
    async def scene(api: httpx.AsyncClient) -> None:
        answer = await api.put("/wms/products/77", json={"name": "n"})
        assert (answer.status_code, answer.json()["id"]) == (404, "77")
        for strange in ("..", "%2e%2e", "a%00b", "x" * 300):
            answer = await api.put(f"/wms/products/{strange}", json={"name": "n"})
            assert answer.status_code == 404
        assert not any("x" * 300 in call for call in vendor.calls)

    play(scene)


def test_a_field_that_goes_nowhere_is_reported(play: Any, vendor: ParcelVendor) -> None:
    async def scene(api: httpx.AsyncClient) -> None:
        answer = await api.post("/wms/products", json={**BODY, "gtin": "1"})
        assert answer.json()["unused_fields"] == ["gtin"]
        shown = await api.get("/integrations/wms/parcels/write-info?explain=true&operation=create_product")
        [schema] = shown.json()["components"]["schemas"].values()
        landings = {name: field.get("x-vendor-field") for name, field in schema["properties"].items()}
        assert landings == {
            "sku": ["POST /parcels#/code", "PUT /labels/{} path"],
            "name": ["PUT /labels/{}#/label"],
            "gtin": [],
        }

    play(scene)


def test_a_preview_shows_every_request_and_no_token(play: Any, vendor: ParcelVendor) -> None:
    async def scene(api: httpx.AsyncClient) -> None:
        answer = (await api.post("/wms/products", json=BODY, headers={"x-dry-run": "true"})).json()
        assert answer["vendor_request"]["body"] == {"code": "B"}
        assert answer["vendor_request"]["headers"]["authorization"] == "Bearer [redacted]"
        assert [shown["body"] for shown in answer["further_vendor_requests"]] == [{"label": "second"}]
        assert not any(token in str(answer) for token in vendor.tokens)

    play(scene)


def test_the_schema_hash_is_the_one_in_the_document(play: Any, vendor: ParcelVendor) -> None:
    async def scene(api: httpx.AsyncClient) -> None:
        document = (await api.get("/integrations/wms/parcels/write-info")).json()
        hashes = document["info"]["x-schema-hashes"]
        assert sorted(hashes) == ["cancel_return", "create_product", "update_product"]
        assert len(set(hashes.values())) == 3
        written = await api.post("/wms/products", json=BODY)
        assert written.headers["x-schema-hash"] == hashes["create_product"]
        refused = await api.post("/wms/products", json={})
        assert refused.headers["x-schema-hash"] == hashes["create_product"]

    play(scene)
