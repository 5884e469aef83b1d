"""Organisations, keys, connections and secrets, from the command line, with a server running beside it."""

import json
import sqlite3
import stat
from pathlib import Path

import pytest

from crossdock.doubles.ongoing import OngoingDouble
from crossdock.doubles.server import running
from tests.support.install import PASSWORD, Install, Server
from tests.support.world import World, a_return

CREDENTIALS = {"username": "api", "password": PASSWORD, "goods_owner_id": "42"}


def arguments(fields: dict[str, str]) -> list[str]:
    return [part for name, value in fields.items() for part in ("--credential", f"{name}={value}")]


def test_keys_create_prints_the_key_and_nothing_else(tmp_path: Path) -> None:
    install = Install(tmp_path / "home", new=True)
    done = install.run("keys", "create", "--org", "acme")
    assert done.stdout.count("\n") == 1
    assert done.stdout.startswith("crossdock_key_")
    assert done.stderr == ""
    as_json = json.loads(install.run("keys", "create", "--org", "acme", "--read-only", "--json").stdout)
    assert as_json["read_only"] is True
    listed = json.loads(install.run("keys", "list", "--json").stdout)
    assert [row["read_only"] for row in listed] == [False, True]
    assert as_json["api_key"] not in json.dumps(listed)


def test_a_revoked_key_stops_working_on_a_running_server(world: World) -> None:
    made = json.loads(world.install.run("keys", "create", "--org", "acme", "--json").stdout)
    with world.server.client(made["api_key"]) as api:
        path = "/integrations/wms/ongoing/write-info"
        assert api.get(path).status_code == 200
        world.install.run("keys", "revoke", made["id"])
        if world.install.database_url is None:
            assert api.get(path).status_code == 401
        else:
            statuses = [api.get(path).status_code]
            while statuses[-1] == 200 and len(statuses) < 5000:
                statuses.append(api.get(path).status_code)
            assert statuses[-1] == 401
    again = world.install.run("keys", "revoke", made["id"], ok=False)
    assert again.returncode == 1
    assert "no live key" in again.stderr


def test_connect_prints_what_the_link_exchange_answers(world: World) -> None:
    fields = CREDENTIALS | {"api_url": f"{world.double_url}/demo"}
    done = world.install.run("connect", "wms/ongoing", "--org", "acme", *arguments(fields))
    made = json.loads(done.stdout)
    assert made["integration_name"] == "ongoing"
    assert made["available_actions"][0] == "get_orders"
    assert "create_return" in made["available_actions"]
    with world.server.client(world.key, made["access_token"]) as api:
        assert api.post("/wms/returns", json=a_return()).status_code == 200
    rows = world.install.run("connections", "--json").stdout
    assert made["connection_id"] in rows
    assert made["access_token"] not in rows


def test_a_password_can_come_from_standard_input(world: World) -> None:
    fields = CREDENTIALS | {"api_url": world.double_url, "password": "-"}
    world.install.run("connect", "wms/ongoing", "--org", "acme", *arguments(fields), stdin=f"{PASSWORD}\n")


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"password": "wrong"}, "/credential/password", "Authorization has been denied"),
        ({"goods_owner_id": "43"}, "/credential/goods_owner_id", "You do not have access to goods owner 43."),
        ({"goods_owner_id": "forty-two"}, "/credential/goods_owner_id", "number"),
        ({"api_url": "ftp://example.com"}, "/credential/api_url", "https://"),
        ({"api_url": "http://user:pw@127.0.0.1"}, "/credential/api_url", "user name or password"),
        ({"api_url": "http://127.0.0.1:1"}, "/credential/api_url", "could not be reached"),
        ({"api_url": "http://name.invalid"}, "/credential/api_url", "could not be reached"),
        ({"username": "a:b"}, "/credential/username", "colon"),
        ({"usrname": "x"}, "/credential/usrname", "unknown field"),
        ({"goods_owner_id": ""}, "/credential/goods_owner_id", "number"),
    ],
)
def test_a_refusal_names_the_field_at_fault(
    sqlite_install: Install, change: dict[str, str], field: str, words: str
) -> None:
    picky = OngoingDouble(username="api", password=PASSWORD, goods_owners=[42])
    with running(picky) as url:
        fields = CREDENTIALS | {"api_url": f"{url}/api/v1/"} | change
        done = sqlite_install.run("connect", "wms/ongoing", "--org", "acme", *arguments(fields), ok=False)
    assert done.returncode == 1
    assert field in done.stderr
    assert words in done.stderr
    assert PASSWORD not in done.stderr
    assert json.loads(sqlite_install.run("connections", "--json").stdout) == []


def test_connect_refuses_what_is_missing_or_unknown(sqlite_install: Install) -> None:
    missing = sqlite_install.run("connect", "wms/ongoing", "--org", "acme", ok=False)
    assert missing.stderr.count("is required") == 4
    assert sqlite_install.run("connect", "ongoing", "--org", "a", ok=False).returncode == 1
    unknown = sqlite_install.run("connect", "wms/ongoin", "--org", "acme", ok=False)
    assert "Did you mean 'ongoing'?" in unknown.stderr
    fields = arguments(CREDENTIALS | {"api_url": "http://127.0.0.1:1"})
    limited = sqlite_install.run(
        "connect", "wms/ongoing", "--org", "a", *fields, "--only", "create_ordr", ok=False
    )
    assert "create_return" in limited.stderr


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "[::1]", "0.0.0.0"]
)
def test_private_addresses_are_refused_unless_allowed(sqlite_install: Install, host: str) -> None:
    sqlite_install.settings["CROSSDOCK_ALLOW_PRIVATE_NETWORKS"] = "0"
    fields = arguments(CREDENTIALS | {"api_url": f"http://{host}:9/"})
    done = sqlite_install.run("connect", "wms/ongoing", "--org", "acme", *fields, ok=False)
    assert done.returncode == 1
    assert "private network" in done.stderr
    assert "/credential/api_url" in done.stderr


def test_a_connection_made_when_private_was_allowed_is_refused_later(sqlite_install: Install) -> None:
    with running(OngoingDouble()) as url:
        key, made = sqlite_install.create_key(), sqlite_install.connect(f"{url}/api/v1/")
        sqlite_install.settings["CROSSDOCK_ALLOW_PRIVATE_NETWORKS"] = "0"
        server = Server(sqlite_install).start()
        try:
            with server.client(key, made.access_token) as api:
                answer = api.get("/integrations/wms/ongoing/write-info")
        finally:
            server.stop()
    assert answer.status_code == 502
    assert "private network" in answer.json()["error"]


def test_nothing_secret_is_in_the_database_or_the_log(sqlite_install: Install) -> None:
    with running(OngoingDouble()) as url:
        key, made = sqlite_install.create_key(), sqlite_install.connect(f"{url}/api/v1/")
        server = Server(sqlite_install).start()
        with server.client(key, made.access_token) as api:
            assert api.post("/wms/returns", json=a_return()).status_code == 200
            api.post("/wms/returns", json=a_return(order_id="9"))
        server.stop()
    files = b"".join(path.read_bytes() for path in sqlite_install.home.glob("crossdock.db*"))
    for secret in (PASSWORD, key, made.access_token):
        assert secret.encode() not in files
        assert secret not in server.log


def test_the_secret_key_is_made_once_with_mode_600(sqlite_install: Install) -> None:
    sqlite_install.create_key()
    sqlite_install.run("connections")
    path = sqlite_install.home / "secret.key"
    server = Server(sqlite_install).start()
    server.stop()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    first = path.read_text()
    Server(sqlite_install).start().stop()
    assert path.read_text() == first


def test_a_secret_key_that_does_not_fit_refuses_to_start_and_says_why(sqlite_install: Install) -> None:
    Server(sqlite_install).start().stop()
    (sqlite_install.home / "secret.key").unlink()
    done = sqlite_install.run("serve", "--port", "0", ok=False)
    assert done.returncode == 2
    assert "does not fit this database" in done.stderr
    sqlite_install.settings["CROSSDOCK_SECRET_KEY"] = "too short"
    done = sqlite_install.run("serve", "--port", "0", ok=False)
    assert done.returncode == 2
    assert "base64" in done.stderr


def test_the_secret_key_can_be_rotated(sqlite_install: Install) -> None:
    with running(OngoingDouble()) as url:
        old = sqlite_install.run("secrets", "new").stdout.strip()
        new = sqlite_install.run("secrets", "new").stdout.strip()
        sqlite_install.settings["CROSSDOCK_SECRET_KEY"] = old
        key, made = sqlite_install.create_key(), sqlite_install.connect(f"{url}/api/v1/")
        sqlite_install.settings["CROSSDOCK_SECRET_KEY"] = f"{new},{old}"
        assert "1 connections" in sqlite_install.run("secrets", "rotate").stdout
        sqlite_install.settings["CROSSDOCK_SECRET_KEY"] = new
        server = Server(sqlite_install).start()
        with server.client(key, made.access_token) as api:
            assert api.post("/wms/returns", json=a_return()).status_code == 200
        server.stop()
    sqlite_install.settings["CROSSDOCK_SECRET_KEY"] = old
    assert sqlite_install.run("serve", "--port", "0", ok=False).returncode == 2


def test_postgresql_needs_a_secret_key(sqlite_install: Install, postgres: str) -> None:
    sqlite_install.database_url = f"{postgres}/postgres"
    done = sqlite_install.run("serve", "--port", "0", ok=False)
    assert done.returncode == 2
    assert "CROSSDOCK_SECRET_KEY is required" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("CROSSDOCK_DATABASE_URL", "mysql://x", "sqlite:///"),
        ("CROSSDOCK_VENDOR_TIMEOUT", "soon", "number of seconds"),
        ("CROSSDOCK_WRITE_LEASE", "-1", "number of seconds"),
        ("CROSSDOCK_ALLOW_PRIVATE_NETWORKS", "perhaps", "1 or 0"),
        ("CROSSDOCK_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/x", "cannot be used"),
    ],
)
def test_a_bad_setting_is_named(sqlite_install: Install, name: str, value: str, words: str) -> None:
    sqlite_install.settings[name] = value
    done = sqlite_install.run("keys", "list", ok=False)
    assert done.returncode == 2
    assert words in done.stderr


def test_a_database_of_a_later_version_is_refused(sqlite_install: Install) -> None:
    sqlite_install.create_key()
    with sqlite3.connect(sqlite_install.home / "crossdock.db") as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    done = sqlite_install.run("keys", "list", ok=False)
    assert done.returncode == 2
    assert "'9999'" in done.stderr


def test_tenants_never_see_each_other(world: World) -> None:
    foreign_key = world.install.create_key("stranger")
    written = world.post(a_return()).json()["id"]
    with world.server.client(foreign_key, world.token) as api:
        assert api.get(f"/wms/returns/{written}").status_code == 401
        assert api.post("/wms/returns", json=a_return()).status_code == 401
    other = world.install.connect(f"{world.double_url}/api/v1/", org="stranger")
    with world.server.client(foreign_key, other.access_token) as api:
        assert api.get(f"/wms/returns/{written}").status_code == 404


COMMANDS = ["serve", "keys create", "keys list", "keys revoke", "connect", "connections", "write-info"]
COMMANDS += ["double ongoing", "demo", "secrets new", "secrets rotate"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(tmp_path: Path, command: str) -> None:
    install = Install(tmp_path / "home", new=True)
    done = install.run(*command.split(), "--help")
    assert "Usage:" in done.stdout
    assert not install.home.exists()
