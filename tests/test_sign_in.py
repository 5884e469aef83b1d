"""People: the first start, signing in and out, roles, invitations, and keys that people make."""

import re
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.install import Install, Server
from tests.support.world import World

PASSWORD = "correct horse battery"
ADA = {"name": "Ada", "email": "Ada@Example.com"}


class Person:
    """A browser's side: a cookie, and the token against forged requests."""

    def __init__(self, server: Server) -> None:
        self.http = httpx.Client(base_url=server.url, timeout=60, trust_env=False)
        self.csrf = ""

    def sign_in(self, email: str, password: str = PASSWORD) -> httpx.Response:
        return self._signed_in(self.http.post("/session", json={"email": email, "password": password}))

    def take(self, code: str, password: str = PASSWORD) -> httpx.Response:
        return self._signed_in(self.http.post("/invitation", json={"code": code, "password": password}))

    def first_start(self, code: str, **changes: str) -> httpx.Response:
        body = {"code": code, "organisation": "acme", "password": PASSWORD, **ADA, **changes}
        return self._signed_in(self.http.post("/first-start", json=body))

    def _signed_in(self, answer: httpx.Response) -> httpx.Response:
        if answer.is_success:
            self.csrf = answer.json()["csrf_token"]
        return answer

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        given = {"x-crossdock-csrf": self.csrf, **headers}
        return self.http.request(method, path, json=body, headers=given)


@pytest.fixture
def install(tmp_path: Path) -> Install:
    return Install(tmp_path / "home")


@pytest.fixture
def server(install: Install) -> Iterator[Server]:
    started = Server(install).start()
    yield started
    started.stop()


def first_code(server: Server) -> str:
    assert server.process is not None
    assert server.process.stdout is not None
    printed = re.search(r"/dashboard/first-start#(\S+)", server.process.stdout.readline())
    assert printed
    return printed[1]


def invited(install: Install, server: Server, email: str, role: str, org: str = "acme") -> Person:
    person = Person(server)
    url = install.run("users", "invite", email, "--org", org, "--role", role).stdout.strip()
    assert person.take(url.partition("#")[2]).status_code == 200
    return person


def test_the_first_start_makes_an_admin_once(install: Install, server: Server) -> None:
    code = first_code(server)
    ada = Person(server)
    refused = ada.first_start(code, password="short", email="nobody")
    assert [fault["pointer"] for fault in refused.json()["errors"]] == ["/password"]
    assert ada.first_start(code, email="nobody").json()["errors"][0]["pointer"] == "/email"
    assert ada.first_start("crossdock_invitation_wrong").json()["errors"][0]["pointer"] == "/code"
    made = ada.first_start(code)
    assert made.status_code == 201
    assert made.json()["user"] == {
        "id": made.json()["user"]["id"],
        "email": "ada@example.com",
        "name": "Ada",
        "role": "admin",
    }
    assert made.json()["organisation"]["name"] == "acme"
    cookie = made.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert Person(server).first_start(code).status_code == 422
    assert ada.ask("GET", "/session").json()["user"]["name"] == "Ada"
    assert PASSWORD not in server.log
    with sqlite3.connect(install.home / "crossdock.db") as db:
        [(stored,)] = db.execute("SELECT password FROM users").fetchall()
        assert stored.startswith("$argon2id$")
        assert ada.csrf not in "".join(map(str, db.execute("SELECT * FROM requests").fetchall()))


def test_a_second_start_prints_no_code_when_somebody_can_sign_in(install: Install, server: Server) -> None:
    assert Person(server).first_start(first_code(server)).status_code == 201
    server.stop()
    server.start()
    assert invited(install, server, "bob@example.com", "viewer").ask("GET", "/session").status_code == 200
    assert server.process is not None
    assert server.process.stdout is not None
    process = server.process
    process.terminate()
    assert process.stdout is not None
    assert "first-start" not in process.stdout.read()


def test_signing_in_and_out(install: Install, server: Server) -> None:
    invited(install, server, "ada@example.com", "admin")
    ada, elsewhere = Person(server), Person(server)
    assert ada.sign_in(" ADA@example.com ").status_code == 200
    assert elsewhere.sign_in("ada@example.com").status_code == 200
    wrong = Person(server).sign_in("ada@example.com", "wrong password")
    nobody = Person(server).sign_in("nobody@example.com", "wrong password")
    assert (wrong.status_code, wrong.json()) == (nobody.status_code, nobody.json())
    assert wrong.status_code == 401
    cookie = ada.http.cookies["crossdock_session"]
    assert ada.ask("DELETE", "/session").status_code == 200
    assert (
        httpx.get(f"{server.url}/session", headers={"cookie": f"crossdock_session={cookie}"}).status_code
        == 401
    )
    assert elsewhere.ask("GET", "/session").status_code == 200
    assert Person(server).ask("GET", "/session").json()["error"] == "Nobody is signed in."


def test_wrong_passwords_lock_an_address_and_an_invitation_unlocks_it(
    install: Install, server: Server
) -> None:
    invited(install, server, "ada@example.com", "admin")
    guesses = [f"wrong password {number}" for number in range(12)]
    with ThreadPoolExecutor(6) as at_once:
        answers = list(at_once.map(lambda guess: Person(server).sign_in("ada@example.com", guess), guesses))
    assert sorted(answer.status_code for answer in answers) == [401] * 5 + [429] * 7
    locked = Person(server).sign_in("ada@example.com")
    assert locked.status_code == 429
    assert 0 < int(locked.headers["retry-after"]) <= 15 * 60
    assert Person(server).sign_in("nobody@example.com", "wrong").status_code == 401
    again = install.run("users", "invite", "ada@example.com", "--org", "acme").stdout.strip()
    assert Person(server).take(again.partition("#")[2], "another password").status_code == 200
    assert Person(server).sign_in("ada@example.com", "another password").status_code == 200


def test_what_changes_something_needs_the_token_that_only_the_page_has(
    install: Install, server: Server
) -> None:
    ada = invited(install, server, "ada@example.com", "admin")
    for csrf in ({}, {"x-crossdock-csrf": "0" * 64}):
        forged = ada.http.post("/link/token", headers=csrf)
        assert forged.status_code == 403
        assert "x-crossdock-csrf" in forged.json()["error"]
    assert ada.ask("POST", "/link/token").status_code == 200


def test_sessions_end_when_they_are_idle_or_old(install: Install, server: Server) -> None:
    for column, age in (("seen_at", 121 * 60), ("created_at", 25 * 3600)):
        ada = invited(install, server, f"{column}@example.com", "admin")
        assert ada.ask("GET", "/session").status_code == 200
        with sqlite3.connect(install.home / "crossdock.db") as db:
            db.execute(f"UPDATE sessions SET {column} = ?", [time.time() - age])
        assert ada.ask("GET", "/session").status_code == 401


def test_a_session_opens_what_a_key_and_a_token_open(world: World) -> None:
    ada = invited(world.install, world.server, "session@example.com", "developer")
    chosen = {"x-crossdock-connection": world.connection_id}
    path = "/integrations/wms/ongoing/write-info?operation=create_return"
    own = ada.ask("GET", path, **chosen)
    with world.api as api:
        assert own.json() == api.get(path).json()
    assert ada.ask("GET", path).json() != own.json()
    assert world.server.client().get(path).status_code == 401
    assert ada.ask("GET", "/wms/orders").json()["error"] == "The header x-crossdock-connection is missing."
    assert ada.ask("GET", "/wms/orders", **chosen).status_code == 200
    preview = ada.ask("POST", "/wms/returns", {}, **chosen)
    assert preview.status_code == 422
    with world.server.client(world.key) as key:
        [entry] = key.get("/requests", params={"request_id": preview.headers["x-request-id"]}).json()["data"]
    assert entry["actor"] == {"kind": "user", "id": entry["actor"]["id"], "name": "session@example.com"}
    foreign = invited(world.install, world.server, "foreign@example.com", "admin", org="other")
    assert foreign.ask("GET", "/wms/orders", **chosen).status_code == 401
    assert foreign.ask("GET", "/connections").json()["data"] == []
    with world.server.client(world.key, **chosen) as by_key:
        assert by_key.get("/wms/orders").status_code == 401


def test_roles_may_what_they_may(install: Install, server: Server) -> None:
    people = {
        role: invited(install, server, f"{role}@example.com", role)
        for role in ("viewer", "developer", "admin")
    }
    doors: list[tuple[str, str, Any, set[str]]] = [
        ("GET", "/connections", None, {"viewer", "developer", "admin"}),
        ("GET", "/summary", None, {"viewer", "developer", "admin"}),
        ("POST", "/link/token", None, {"developer", "admin"}),
        ("GET", "/api-keys", None, {"developer", "admin"}),
        ("POST", "/api-keys", {"name": "n"}, {"admin"}),
        ("GET", "/users", None, {"admin"}),
        ("GET", "/audit", None, {"admin"}),
        ("GET", "/audit.csv", None, {"admin"}),
        ("POST", "/users", {"email": "new@example.com", "name": "New", "role": "viewer"}, {"admin"}),
    ]
    for method, path, body, able in doors:
        got = {role for role, person in people.items() if person.ask(method, path, body).is_success}
        assert (path, got) == (path, able)
    with server.client(install.create_key()) as key:
        for method, path, body, able in doors:
            if able == {"admin"} and not path.startswith("/audit"):
                assert key.request(method, path, json=body).status_code == 403


def test_people_are_invited_changed_and_removed(install: Install, server: Server) -> None:
    ada = invited(install, server, "ada@example.com", "admin")
    made = ada.ask("POST", "/users", {"email": "Bob@Example.com", "name": "Bob", "role": "developer"})
    assert made.status_code == 201
    bob_id, code = made.json()["id"], made.json()["invitation_code"]
    taken = ada.ask("POST", "/users", {"email": "bob@example.com", "name": "Bob", "role": "viewer"})
    assert taken.json()["errors"] == [{"pointer": "/email", "message": "has an account already"}]
    bob = Person(server)
    assert bob.take(code, "short").status_code == 422
    assert bob.take(code).status_code == 200
    assert Person(server).take(code).json()["errors"][0]["pointer"] == "/code"
    assert ada.ask("PATCH", f"/users/{bob_id}", {"role": "viewer"}).json()["data"]["role"] == "viewer"
    assert bob.ask("POST", "/link/token").status_code == 403
    assert ada.ask("PATCH", f"/users/{bob_id}", {"disabled": True}).json()["data"]["status"] == "disabled"
    assert bob.ask("GET", "/session").status_code == 401
    assert bob.sign_in("bob@example.com").status_code == 401
    assert ada.ask("PATCH", f"/users/{bob_id}", {"disabled": False}).status_code == 200
    assert bob.sign_in("bob@example.com").status_code == 200
    me = ada.ask("GET", "/session").json()["user"]["id"]
    for method, body in (("DELETE", None), ("PATCH", {"role": "viewer"}), ("PATCH", {"disabled": True})):
        assert ada.ask(method, f"/users/{me}", body).status_code == 409
    foreign = invited(install, server, "eve@example.com", "admin", org="other")
    for method, body in (("DELETE", None), ("PATCH", {"name": "x"})):
        assert foreign.ask(method, f"/users/{bob_id}", body).status_code == 404
    assert foreign.ask("POST", f"/users/{bob_id}/invitation").status_code == 404
    assert [row["email"] for row in foreign.ask("GET", "/users").json()["data"]] == ["eve@example.com"]
    assert ada.ask("DELETE", f"/users/{bob_id}").status_code == 200
    assert bob.ask("GET", "/session").status_code == 401
    actions = [row["action"] for row in ada.ask("GET", "/audit").json()["data"]]
    assert {"user.invited", "user.changed", "user.deleted", "user.password_chosen"} <= set(actions)
    assert code not in ada.ask("GET", "/audit.csv").text
    logged = [
        ada.ask("GET", f"/requests/{row['id']}").text for row in ada.ask("GET", "/requests").json()["data"]
    ]
    assert not any(code in text or PASSWORD in text for text in logged)


def test_a_password_is_changed_by_who_knows_it(install: Install, server: Server) -> None:
    ada = invited(install, server, "ada@example.com", "admin")
    elsewhere = Person(server)
    assert elsewhere.sign_in("ada@example.com").status_code == 200
    body = {"current_password": "not that one", "new_password": "a better password"}
    refused = ada.ask("POST", "/session/password", body)
    assert refused.json()["errors"][0]["pointer"] == "/current_password"
    assert ada.ask("POST", "/session/password", body | {"current_password": PASSWORD}).status_code == 200
    assert ada.ask("GET", "/session").status_code == 200
    assert elsewhere.ask("GET", "/session").status_code == 401
    assert Person(server).sign_in("ada@example.com").status_code == 401
    assert Person(server).sign_in("ada@example.com", "a better password").status_code == 200


def test_keys_are_made_and_ended(install: Install, server: Server) -> None:
    ada = invited(install, server, "ada@example.com", "admin")
    assert ada.ask("POST", "/api-keys", {"name": " "}).json()["errors"][0]["pointer"] == "/name"
    assert ada.ask("POST", "/api-keys", {"nam": "x"}).json()["errors"][0]["pointer"] in {"/nam", "/name"}
    made = ada.ask("POST", "/api-keys", {"name": "ERP bridge", "read_only": True}).json()
    with server.client(made["api_key"]) as key:
        assert key.get("/connections").status_code == 200
        assert key.post("/link/token").status_code == 403
        listed = ada.ask("GET", "/api-keys").json()["data"]
        assert [(row["id"], row["name"], row["read_only"]) for row in listed] == [
            (made["id"], "ERP bridge", True)
        ]
        assert made["api_key"] not in str(listed)
        foreign = invited(install, server, "eve@example.com", "admin", org="other")
        assert foreign.ask("DELETE", f"/api-keys/{made['id']}").status_code == 404
        assert ada.ask("DELETE", f"/api-keys/{made['id']}").status_code == 200
        assert key.get("/connections").status_code == 401
    assert ada.ask("DELETE", f"/api-keys/{made['id']}").status_code == 404


def test_the_pages_say_who_may_frame_them(server: Server) -> None:
    start = httpx.get(server.url)
    assert (start.status_code, start.headers["location"]) == (307, "/dashboard/")
    page = httpx.get(f"{server.url}/dashboard/connections/1")
    if page.status_code == 503:
        pytest.skip("the pages are not built: there is no Node.js 20 here")
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
