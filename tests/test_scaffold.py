"""What `crossdock integrations new` writes is an integration that works, installed beside Crossdock."""

import configparser
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from crossdock.doubles.ongoing import OngoingDouble
from crossdock.doubles.server import running
from tests.support.install import Install, Server


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it is written."""
    folder = tmp_path_factory.mktemp("packages")
    install = Install(tmp_path_factory.mktemp("home"))
    written = install.run("integrations", "new", "wms/acme-north", "--into", str(folder))
    return Path(written.stdout.strip())


@pytest.fixture(scope="module")
def install(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Install:
    """A Crossdock with the package beside it as an installer would leave it: on the path, with metadata."""
    project = tomllib.loads((package / "pyproject.toml").read_text())["project"]
    source = package / "src"
    metadata = source / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    )
    groups = configparser.ConfigParser(delimiters=("=",))
    groups.optionxform = str  # type: ignore[method-assign,assignment]
    groups.read_dict(project["entry-points"])
    with (metadata / "entry_points.txt").open("w") as file:
        groups.write(file)
    return Install(tmp_path_factory.mktemp("beside"), settings={"PYTHONPATH": str(source)})


@pytest.fixture(scope="module")
def server(install: Install) -> Iterator[Server]:
    started = Server(install).start()
    yield started
    started.stop()


def test_it_is_in_the_catalog(install: Install, server: Server) -> None:
    with server.client(install.create_key()) as api:
        rows = {row["integration_name"]: row for row in api.get("/integrations/wms").json()["data"]}
    assert rows["acme-north"]["display_name"] == "Acme North"
    assert rows["acme-north"]["available_actions"] == ["get_orders", "create_order"]
    [orders] = rows["acme-north"]["list_operations"]
    assert (orders["url"], orders["proof"]) == ("GET /wms/orders", "sample")
    assert orders["implemented_fields"]["line_items"][0]["sku"] is True
    assert orders["implemented_fields"]["shipments"] is False


def test_it_is_listed_and_its_rules_hold(install: Install) -> None:
    listed = orjson.loads(install.run("integrations", "list", "--json").stdout)
    [row] = [row for row in listed if row["integration"] == "wms/acme-north"]
    assert row == {
        "integration": "wms/acme-north",
        "display_name": "Acme North",
        "tier": "silver",
        "lists": 1,
        "writes": 1,
    }
    assert install.run("integrations", "check", "wms/acme-north").stdout.startswith(
        "wms/acme-north: silver\n"
    )


def test_it_passes_the_conformance_suite(install: Install, package: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "tests"],
        cwd=package,
        env=install.environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "14 passed" in done.stdout


def test_what_it_does_wrong_is_found(install: Install, package: Path) -> None:
    """A number sent as text, and a proof level of a write that is not there."""
    [module] = (package / "src").glob("crossdock_*/create_order.py")
    quality = module.with_name("quality.toml")
    right, rules = module.read_text(), quality.read_text()
    try:
        module.write_text(right.replace('"units": line.quantity', '"units": str(line.quantity)'))
        quality.write_text(rules + 'cancel_order = "sample"\n')
        done = install.run("integrations", "check", "wms/acme-north", "--run", "--json", ok=False)
    finally:
        module.write_text(right)
        quality.write_text(rules)
    assert done.returncode == 1
    found = orjson.loads(done.stdout)
    assert found["tier"] is None
    assert [row["rule"] for row in found["rules"] if row["state"] == "failing"] == ["proof"]
    failed = {row["case"] for row in found["cases"] if row["state"] == "failed"}
    assert {"example create_order", "drawn create_order", "proof"} <= failed
    assert "landings create_order" not in failed


def test_a_key_that_no_header_can_carry_is_not_shown(install: Install, package: Path) -> None:
    """Also when the connector does not look at it."""
    [module] = (package / "src").glob("crossdock_*/account.py")
    right = module.read_text()
    try:
        module.write_text(right.replace("value.isascii() and value.isprintable()", "True"))
        with running(OngoingDouble()) as url:
            fields = ["--credential", "api_key=tell-tale\nx", "--credential", f"api_url={url}"]
            done = install.run("connect", "wms/acme-north", "--org", "acme", *fields, ok=False)
    finally:
        module.write_text(right)
    assert done.returncode == 1
    assert "a header that HTTP cannot carry" in done.stderr
    assert "tell-tale" not in done.stderr + done.stdout


@pytest.mark.parametrize(
    ("slug", "said"),
    [("wms/Acme", "small letters"), ("boat/acme", "not an integration type"), ("cart/acme", "wms")],
)
def test_a_name_that_cannot_be_one_is_refused(package: Path, tmp_path: Path, slug: str, said: str) -> None:
    refused = Install(tmp_path, new=True).run("integrations", "new", slug, "--into", str(tmp_path), ok=False)
    assert refused.returncode == 1
    assert said in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_left_alone(package: Path, tmp_path: Path) -> None:
    again = Install(tmp_path).run(
        "integrations", "new", "wms/acme-north", "--into", str(package.parent), ok=False
    )
    assert again.returncode == 1
    assert "is there already" in again.stderr
