"""Write-info: the founding document, its freshness, its refusals."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from crossdock.doubles.faults import Fault
from crossdock.doubles.ongoing import parse_return_cause
from crossdock.doubles.server import running
from tests.support.install import Install, Server
from tests.support.world import World, connected_world

SEED = json.loads((Path(__file__).parent / "specs" / "seed-write-info.json").read_text())
PATH = "/integrations/wms/ongoing/write-info"


def test_holds_the_founding_document_exactly(world: World) -> None:
    document = world.write_info(operation="create_return").json()
    info = document.pop("info")
    assert document == SEED
    assert info["title"]
    assert info["version"]


def test_the_founding_document_here_is_the_contracts() -> None:
    shared = Path(__file__).parents[2] / "shared" / "contract" / "seed-write-info.json"
    if not shared.exists():
        pytest.skip("the contract's own folder is not beside this checkout")
    assert json.loads(shared.read_text()) == SEED


def test_is_a_valid_openapi_document_with_and_without_an_account(world: World) -> None:
    validate(world.write_info().json())
    with world.server.client(world.key) as api:
        validate(api.get(PATH).json())


def test_without_a_token_account_values_are_marked_and_not_made_up(world: World) -> None:
    with world.server.client(world.key) as api:
        cause = api.get(PATH).json()["components"]["schemas"]["ReturnCause"]["properties"]
    for field in cause.values():
        assert "enum" not in field
        assert field["x-connection-specific"] is True


def test_without_operation_it_holds_every_write_of_the_integration(world: World) -> None:
    assert list(world.write_info().json()["paths"]) == [
        "/wms/orders",
        "/wms/orders/{order_id}",
        "/wms/orders/{order_id}/cancel",
        "/wms/orders/{order_id}/file",
        "/wms/products",
        "/wms/products/{product_id}",
        "/wms/kits",
        "/wms/kits/{kit_id}",
        "/wms/inbound-shipments",
        "/wms/inbound-shipments/{inbound_shipment_id}",
        "/wms/returns",
        "/wms/returns/{return_id}",
        "/wms/returns/{return_id}/cancel",
    ]


def test_explained_it_says_where_values_land_and_what_is_made_from_them(world: World) -> None:
    with world.server.client(world.key) as api:
        document = api.get(PATH, params={"operation": "create_return", "explain": "true"}).json()
    schemas = document["components"]["schemas"]
    line = schemas["WmsReturnWriteLineItemongoing"]["properties"]
    place = "PUT /returnOrders#/returnOrderLines/*/customerOrderLine/orderLineId"
    assert line["sku"]["x-vendor-field"] == line["sku"]["x-vendor-computed"] == [place]
    quantity, code = line["expected_quantity"], schemas["ReturnCause"]["properties"]["code"]
    order_id = schemas["CreatewmsReturnOngoingSchema"]["properties"]["order_id"]
    assert order_id["x-vendor-field"] == ["PUT /returnOrders#/customerOrder/orderId"]
    for as_it_is in (quantity, code, order_id):
        assert "x-vendor-computed" not in as_it_is


def test_a_limited_connection_sees_only_its_operations(world: World) -> None:
    made = world.install.connect(f"{world.double_url}/api/v1/", only=["create_return"])
    assert [name for name in made.available_actions if not name.startswith("get_")] == ["create_return"]
    assert list(world.write_info(made.access_token).json()["paths"]) == ["/wms/returns"]


@pytest.mark.parametrize("tool", ["datamodel-code-generator", "openapi-python-client"])
def test_code_generators_make_code_that_imports(world: World, tool: str, tmp_path: Path) -> None:
    document = tmp_path / "write-info.json"
    document.write_bytes(world.write_info().content)
    binaries = str(Path(sys.executable).parent)
    if tool == "datamodel-code-generator":
        command = [f"{binaries}/datamodel-codegen", "--input", str(document), "--input-file-type", "openapi"]
        command += ["--output-model-type", "pydantic_v2.BaseModel", "--output", str(tmp_path / "models.py")]
        module = "models"
    else:
        command = [f"{binaries}/openapi-python-client", "generate", "--path", str(document), "--meta", "none"]
        command += ["--output-path", str(tmp_path / "client")]
        module = "client.models"
    subprocess.run(command, check=True, cwd=tmp_path, capture_output=True, timeout=120)
    imported = f"import {module} as m; print([n for n in dir(m) if 'Return' in n])"
    done = subprocess.run(
        [sys.executable, "-c", imported], check=True, cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert "CreatewmsReturnOngoingSchema" in done.stdout


def test_strong_etag_and_304(world: World) -> None:
    first = world.write_info()
    etag = first.headers["etag"]
    assert etag.startswith('"')
    for condition in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        again = world.write_info(**{"if-none-match": condition})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == etag
    assert world.write_info(**{"if-none-match": '"other"'}).status_code == 200


def test_account_values_are_read_once_however_many_wait(world: World) -> None:
    made = world.install.connect(f"{world.double_url}/api/v1/", goods_owner_id="77")
    world.double.counts.clear()
    world.double.faults.add(Fault("GET", "/returnOrders/returnCauses", "delay_before", seconds=0.5))
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: world.write_info(made.access_token), range(16)))
    assert {answer.status_code for answer in answers} == {200}
    assert world.double.counts["GET /returnOrders/returnCauses"] == 1


def test_account_values_are_kept_and_carry_their_age(world: World) -> None:
    before = world.write_info()
    causes = world.double.warehouse.return_causes
    try:
        world.double.warehouse.return_causes = [parse_return_cause("99=changed")]
        after = world.write_info()
    finally:
        world.double.warehouse.return_causes = causes
    assert after.content == before.content
    assert int(after.headers["age"]) >= 0
    assert "x-account-values" not in after.headers


def test_an_account_without_choices_is_not_offered_the_field(sqlite_install: Install) -> None:
    with connected_world(sqlite_install) as world:
        world.double.warehouse.return_causes = []
        schemas = world.write_info().json()["components"]["schemas"]
        assert "ReturnCause" not in schemas
        assert "return_cause" not in schemas["WmsReturnWriteLineItemongoing"]["properties"]


def test_causes_that_are_not_offered_are_told_with_a_reason(sqlite_install: Install) -> None:
    with connected_world(sqlite_install) as world:
        texts = ["1=damaged", "2=written off:remove", "3=swapped:change", "4=must explain:comment"]
        world.double.warehouse.return_causes = [parse_return_cause(text) for text in texts]
        document = world.write_info().json()
        assert document["components"]["schemas"]["ReturnCause"]["properties"]["code"]["enum"] == ["1"]
        left_out = document["info"]["x-left-out"]["return_causes"]
        assert [row["value"] for row in left_out] == ["2 written off", "3 swapped", "4 must explain"]
        assert all(row["reason"] for row in left_out)


def test_last_known_values_are_served_with_their_age_when_the_vendor_is_down(sqlite_install: Install) -> None:
    sqlite_install.settings["CROSSDOCK_OPTION_LIFETIME"] = "0.001"
    with connected_world(sqlite_install) as world:
        good = world.write_info()
        world.double.warehouse.return_causes = [parse_return_cause("5=new")]
        renewed = world.write_info()
        assert "5" in renewed.text
        world.double.faults.add(Fault("GET", "/returnOrders/returnCauses", "status_before", times=9))
        stale = world.write_info()
        assert stale.status_code == 200
        assert stale.content == renewed.content != good.content
        assert "age" in stale.headers
        world.server.stop()
        world.server.start()
        after_restart = world.write_info()
        assert after_restart.content == renewed.content


@pytest.mark.parametrize("kind", ["status_before", "drop_before", "hang_before", "garbage_after"])
def test_nothing_known_and_no_answer_is_a_502_of_the_integration(sqlite_install: Install, kind: Any) -> None:
    sqlite_install.settings["CROSSDOCK_VENDOR_TIMEOUT"] = "0.4"
    with connected_world(sqlite_install) as world:
        world.double.faults.add(Fault("GET", "/returnOrders/returnCauses", kind, times=9))
        answer = world.write_info()
        assert answer.status_code == 502
        assert answer.json()["origin"] == "integration"
        assert answer.json()["error"]
        world.double.faults.clear()
        assert world.write_info().status_code == 200


def test_refusals_are_in_the_contracts_form(world: World) -> None:
    other_key = world.install.create_key("other")
    with world.server.client() as nobody, world.server.client(world.key) as api:
        token = {"x-trackstar-access-token": world.token}
        answers = [
            (401, "x-trackstar-api-key", nobody.get(PATH)),
            (401, "not valid", nobody.get(PATH, headers={"x-trackstar-api-key": "wrong"})),
            (401, "not valid", nobody.get(PATH, headers={"x-trackstar-api-key": "x" * 8000})),
            (401, "access token", api.get(PATH, headers={"x-trackstar-access-token": "wrong"})),
            (401, "access token", nobody.get(PATH, headers={"x-trackstar-api-key": other_key, **token})),
            (422, "wms, freight, cart, carrier, erp", api.get("/integrations/shop/ongoing/write-info")),
            (404, "'ongoing'", api.get("/integrations/wms/ongiong/write-info")),
            (404, "freight", api.get("/integrations/freight/ongoing/write-info")),
            (422, "create_return", api.get(PATH, params={"operation": "create_retrun"})),
            (422, "operation", api.get(PATH, params={"operatoin": "create_return"})),
        ]
    for status, words, answer in answers:
        assert answer.status_code == status, answer.text
        body = answer.json()
        assert words in body["error"], body
        assert body["origin"] == "trackstar"
        assert answer.headers["x-request-id"]


def test_a_token_of_another_integration_names_both(tmp_path: Path) -> None:
    """With a second integration installed beside Crossdock, as a package of its own would be."""
    package = tmp_path / "site"
    package.mkdir()
    (package / "otherwms.py").write_text(
        "from dataclasses import replace\n"
        "from crossdock.integrations.wms.ongoing import integration as ongoing\n"
        "integration = replace(ongoing, name='other', display_name='Other WMS')\n"
    )
    info = package / "otherwms-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: otherwms\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[crossdock.integrations]\nwms.other = otherwms:integration\n")
    install = Install(tmp_path / "home", settings={"PYTHONPATH": str(package)})
    with connected_world(install) as world, world.api as api:
        answer = api.get("/integrations/wms/other/write-info")
        assert answer.status_code == 422
        assert "wms/ongoing" in answer.json()["error"]
        assert "wms/other" in answer.json()["error"]


def test_the_command_line_prints_the_same_document(world: World) -> None:
    done = world.install.run(
        "write-info", "wms/ongoing", "--access-token", world.token, "--operation", "create_return"
    )
    assert json.loads(done.stdout) == world.write_info(operation="create_return").json()
    anonymous = json.loads(world.install.run("write-info", "wms/ongoing").stdout)
    with world.server.client(world.key) as api:
        assert anonymous == api.get(PATH).json()


def test_a_server_reads_what_another_process_connected(world: World) -> None:
    with running(world.double) as url:
        made = world.install.connect(f"{url}/other/api/v1/", org="newcomer")
        key = world.install.create_key("newcomer")
        other = World(world.install, world.server, world.double, url, key, made.access_token, "")
        assert other.write_info().status_code == 200


def test_server_start_fails_plainly_when_the_port_is_taken(world: World) -> None:
    port = world.server.url.rsplit(":", 1)[1]
    done = world.install.run("serve", "--port", port, ok=False)
    assert done.returncode == 2
    assert "in use" in done.stderr
    assert isinstance(world.server, Server)
