"""`GET /integrations/{type}` and `GET /integrations/{type}/{name}`: what each integration can do."""

from typing import Any

import pytest

from crossdock.schemas.actions import WRITE_ACTIONS
from crossdock.schemas.base_bodies import BASE_BODIES
from crossdock.write_info.summary import fields_of
from tests.support.world import World

KEYS = {
    "integration_name",
    "display_name",
    "install_method",
    "description",
    "logo_url",
    "write_operations",
    "list_operations",
    "available_actions",
}


def row(world: World, name: str) -> dict[str, Any]:
    with world.server.client(world.key) as api:
        answer = api.get(f"/integrations/wms/{name}")
    assert answer.status_code == 200
    [found] = answer.json()["data"]
    assert isinstance(found, dict)
    return found


def write(world: World, name: str, action: str) -> dict[str, Any]:
    [found] = [write for write in row(world, name)["write_operations"] if write["action"] == action]
    assert isinstance(found, dict)
    return found


def test_every_installed_integration_is_there_by_name(world: World) -> None:
    with world.server.client(world.key) as api:
        rows = api.get("/integrations/wms").json()["data"]
    names = [found["integration_name"] for found in rows]
    assert names == sorted(names)
    assert {"extensiv", "ongoing", "sandbox", "shipbob", "shiphero"} <= set(names)
    for found in rows:
        assert found.keys() == KEYS
        operations = found["list_operations"] + found["write_operations"]
        assert found["available_actions"] == [operation["action"] for operation in operations]


def test_a_list_says_which_fields_it_fills(world: World) -> None:
    with world.server.client(world.key) as api:
        rows = {row["integration_name"]: row for row in api.get("/integrations/wms").json()["data"]}
    lists = {row["action"]: row for row in rows["ongoing"]["list_operations"]}
    assert lists["get_inventory"]["url"] == "GET /wms/inventory"
    fields = lists["get_inventory"]["implemented_fields"]
    assert fields["onhand"] is True
    assert fields["measurements"] is False
    assert fields["inventory_by_warehouse_id"]["key"]["committed"] is True
    assert fields["connection_id"] is fields["trackstar_updated_date"] is True
    bins = {row["action"]: row for row in rows["shipbob"]["list_operations"]}["get_inventory"]
    assert bins["implemented_fields"]["lots"][0] == {
        "lot_id": True,
        "onhand": True,
        "expiration_date": True,
        "warehouse_id": False,
    }


def test_one_integration_is_a_list_of_one_and_the_same_row(world: World) -> None:
    with world.server.client(world.key) as api:
        rows = api.get("/integrations/wms").json()["data"]
    for found in rows:
        assert row(world, found["integration_name"]) == found


def test_fields_of_the_contract_and_fields_of_its_own_are_told_apart(world: World) -> None:
    created = write(world, "ongoing", "create_return")
    assert created["url"] == "POST /wms/returns"
    assert created["required_base_schema_fields"] == ["order_id", "line_items", "line_items.sku"]
    assert created["optional_base_schema_fields"] == ["warehouse_id", "trackstar_tags"]
    own = created["integration_specific_fields"]
    assert own["type"] == "object"
    assert "return_number" in own["required_fields"]
    assert "line_items.return_cause.code" in own["required_fields"]
    assert own["properties"]["line_items.return_cause.code"]["x-connection-specific"] is True
    assert "tracking_url" in own["properties"]
    assert "tracking_url" not in own["required_fields"]


def test_it_says_what_write_info_says(world: World) -> None:
    with world.server.client(world.key) as api:
        for found in api.get("/integrations/wms").json()["data"]:
            name = found["integration_name"]
            document = api.get(f"/integrations/wms/{name}/write-info").json()
            urls = {f"{method.upper()} {path}" for path, item in document["paths"].items() for method in item}
            assert urls == {write["url"] for write in found["write_operations"]}
            for operation in found["write_operations"]:
                method, path = operation["url"].split()
                content = document["paths"][path][method.lower()].get("requestBody", {}).get("content", {})
                for media in content.values():
                    component = document["components"]["schemas"][media["schema"]["$ref"].rsplit("/", 1)[-1]]
                    required = [
                        *operation["required_base_schema_fields"],
                        *operation["integration_specific_fields"]["required_fields"],
                    ]
                    assert sorted(f for f in required if "." not in f) == component.get("required", [])


def test_every_write_has_a_proof(world: World) -> None:
    with world.server.client(world.key) as api:
        for found in api.get("/integrations/wms").json()["data"]:
            for operation in found["write_operations"]:
                assert operation["proof"] in {"live", "spec", "sample"}, (
                    found["integration_name"],
                    operation["action"],
                )


def test_every_action_of_the_contract_has_a_base_body() -> None:
    for action in WRITE_ACTIONS:
        assert list(fields_of(BASE_BODIES[action])) or action.name.startswith("cancel")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/integrations/wms/ongo", 404, "Did you mean 'ongoing'?"),
        ("/integrations/wms/nothing-like-it", 404, "There are: "),
        ("/integrations/warehouse", 422, "The types are wms, freight, cart, carrier, erp."),
    ],
)
def test_what_is_not_there_is_told(world: World, path: str, status: int, words: str) -> None:
    with world.server.client(world.key) as api:
        answer = api.get(path)
    assert answer.status_code == status
    assert words in answer.json()["error"]


def test_it_asks_for_a_key(world: World) -> None:
    with world.server.client("nobody's") as api:
        assert api.get("/integrations/wms").status_code == 401
