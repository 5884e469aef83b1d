"""Each access token has a budget a second, one for reads and one for writes, shared by all processes."""

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from cryptography.fernet import Fernet

from crossdock.doubles.ongoing import OngoingDouble
from crossdock.doubles.server import running
from tests.support.install import Install, Server
from tests.support.postgres import new_database
from tests.support.world import a_return

BUDGET = {"CROSSDOCK_READS_PER_SECOND": "4", "CROSSDOCK_WRITES_PER_SECOND": "6"}


@pytest.fixture(params=["sqlite", "postgresql"])
def limited(request: pytest.FixtureRequest, tmp_path: Path) -> Install:
    install = Install(tmp_path / "home", settings=BUDGET)
    if request.param == "postgresql":
        install.database_url = new_database(request.getfixturevalue("postgres"))
        install.settings["CROSSDOCK_SECRET_KEY"] = Fernet.generate_key().decode()
    return install


@pytest.fixture
def ongoing_url() -> Iterator[str]:
    with running(OngoingDouble()) as url:
        yield f"{url}/demo/api/v1/"


def at_the_beginning_of_a_second() -> None:
    """Of the next one: in this one something may have been asked already."""
    second = int(time.time())
    while int(time.time()) == second:
        time.sleep(0.01)


def statuses(apis: list[httpx.Client], path: str, count: int) -> list[httpx.Response]:
    """That many requests, to one server after the other."""
    return [apis[turn % len(apis)].get(path) for turn in range(count)]


def within_one_second(apis: list[httpx.Client], path: str, count: int) -> list[httpx.Response]:
    """The requests of one second of the clock; begun anew when the machine was too slow for it."""
    for _ in range(20):
        at_the_beginning_of_a_second()
        second = int(time.time())
        answers = statuses(apis, path, count)
        if int(time.time()) == second:
            return answers
    pytest.skip("the machine never made that many requests within a second")


def test_two_processes_share_the_budget_of_a_token(limited: Install, ongoing_url: str) -> None:
    key, made = limited.create_key(), limited.connect(ongoing_url)
    servers = [Server(limited).start() for _ in range(2)]
    try:
        apis = [server.client(key, made.access_token) for server in servers]
        answers = within_one_second(apis, "/integrations/wms/ongoing/write-info", 8)
        assert sorted(answer.status_code for answer in answers) == [200] * 4 + [429] * 4
        refused = next(answer for answer in answers if answer.status_code == 429)
        assert refused.json() == {
            "error": "An access token may make 4 GET requests a second.",
            "origin": "trackstar",
        }
        assert refused.headers["retry-after"] == "1"
        assert refused.headers["x-ratelimit-limit"] == "4"
        assert refused.headers["x-ratelimit-remaining"] == "0"
        assert 0 <= int(refused.headers["x-ratelimit-reset"]) - int(time.time()) <= 1
    finally:
        for server in servers:
            server.stop()


def test_reads_writes_and_tokens_are_counted_apart(limited: Install, ongoing_url: str) -> None:
    key, one, other = limited.create_key(), limited.connect(ongoing_url), limited.connect(ongoing_url)
    server = Server(limited).start()
    try:
        mine, theirs = server.client(key, one.access_token), server.client(key, other.access_token)
        answers = within_one_second([mine], "/wms/returns/none", 5)
        assert [answer.status_code for answer in answers] == [404] * 4 + [429]
        assert [answer.headers["x-ratelimit-remaining"] for answer in answers] == ["3", "2", "1", "0", "0"]
        assert theirs.get("/wms/returns/none").status_code == 404
        written = mine.post("/wms/returns", json=a_return(), headers={"x-dry-run": "true"})
        assert written.status_code == 200
        assert written.headers["x-ratelimit-limit"] == "6"
    finally:
        server.stop()


def test_who_has_no_token_is_not_counted(limited: Install, ongoing_url: str) -> None:
    key = limited.create_key()
    server = Server(limited).start()
    try:
        with server.client(key, "nobody's") as api:
            answers = [api.get("/wms/returns/none") for _ in range(8)]
        assert {answer.status_code for answer in answers} == {401}
        with server.client(key, "") as api:
            del api.headers["x-trackstar-access-token"]
            answers = [api.get("/integrations/wms/ongoing/write-info") for _ in range(8)]
        assert {answer.status_code for answer in answers} == {200}
    finally:
        server.stop()


@pytest.mark.parametrize("text", ["-1", "ten", "1.5", "2000000000"])
def test_a_limit_is_a_whole_number(limited: Install, text: str) -> None:
    limited.settings["CROSSDOCK_READS_PER_SECOND"] = text
    done = limited.run("connections", ok=False)
    assert done.returncode != 0
    assert "CROSSDOCK_READS_PER_SECOND must be a whole number" in done.stderr
