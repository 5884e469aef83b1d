"""The catalog with an integration in it whose samples are no records."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from crossdock.app import create_app
from crossdock.catalog import Catalog
from crossdock.connections.keys import create_api_key
from crossdock.connector import Integration
from crossdock.http.service import open_service
from crossdock.settings import load_settings
from tests.support.list_vendor import INTEGRATION
from tests.support.prepared import prepared


def broken(samples: list[Any]) -> Integration:
    orders, warehouses = INTEGRATION.lists
    return replace(INTEGRATION, name="broken-wms", lists=[replace(orders, samples=samples), warehouses])


async def rows(home: Path, path: str) -> dict[str, dict[str, Any]]:
    service = open_service(load_settings({"CROSSDOCK_HOME": str(prepared(home))}))
    try:
        key = create_api_key(service.database, "acme", read_only=True).key
        transport = httpx.ASGITransport(create_app(service))
        headers = {"x-trackstar-api-key": key}
        async with httpx.AsyncClient(transport=transport, base_url="http://x", headers=headers) as api:
            answer = await api.get(path)
            assert answer.status_code == 200, answer.text
            return {row["integration_name"]: row for row in answer.json()["data"]}
    finally:
        await service.aclose()


@pytest.mark.parametrize("sample", [{}, None, "text", {"id": "1", "number": "1", "state": {}, "changed": ""}])
def test_samples_that_are_no_records_leave_the_rest_of_the_catalog(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, sample: Any
) -> None:
    monkeypatch.setattr(Catalog, "installed", lambda: Catalog([INTEGRATION, broken([sample])]))
    found = asyncio.run(rows(tmp_path, "/integrations/wms"))
    assert found == asyncio.run(rows(tmp_path, "/integrations/wms/broken-wms")) | {
        "cool-wms": found["cool-wms"]
    }
    whole = {row["action"]: row["implemented_fields"] for row in found["cool-wms"]["list_operations"]}
    partly = {row["action"]: row["implemented_fields"] for row in found["broken-wms"]["list_operations"]}
    assert whole["get_orders"]["order_number"] is True
    assert partly == {"get_orders": {}, "get_warehouses": whole["get_warehouses"]}
    assert "wms/broken-wms: a sample of get_orders is no record" in caplog.text
