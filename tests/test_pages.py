"""The page of the API reference: what it is built of is served, under a policy without inline scripts."""

import re

import pytest

from crossdock.web.pages import ASSETS
from tests.support.world import World


def test_the_reference_and_its_parts_are_served_under_a_strict_policy(world: World) -> None:
    if not (ASSETS / "reference.html").is_file():
        pytest.skip("the page is not built: there is no Node.js 20 here")
    with world.server.client() as api:
        page = api.get("/reference")
        assert page.status_code == 200
        policy = page.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        parts = re.findall(r'(?:src|href)="(/assets/[^"]+)"', page.text)
        assert any(part.endswith(".js") for part in parts)
        assert any(part.endswith(".css") for part in parts)
        assert all(api.get(part).status_code == 200 for part in parts)
        assert "<script>" not in page.text


def test_no_file_outside_the_parts_is_served(world: World) -> None:
    with world.server.client() as api:
        for path in ("/assets/../pages.py", "/assets/%2e%2e/pages.py", "/assets/nothing.js"):
            assert api.get(path).status_code == 404


def test_the_parts_come_compressed_to_whoever_takes_them_so(world: World) -> None:
    if not (ASSETS / "dashboard.html").is_file():
        pytest.skip("the pages are not built: there is no Node.js 20 here")
    with world.server.client() as api:
        parts = re.findall(r'(?:src|href)="(/assets/built/[^"]+)"', api.get("/dashboard/").text)
        for part in parts:
            small, plain = (api.get(part, headers={"accept-encoding": taken}) for taken in ("br, gzip", "br"))
            assert small.headers["content-encoding"] == "gzip"
            assert "content-encoding" not in plain.headers
            assert small.content == plain.content
            assert int(small.headers["content-length"]) < int(plain.headers["content-length"])
            for answer in (small, plain):
                assert answer.headers["content-type"] == plain.headers["content-type"]
                assert answer.headers["vary"] == "accept-encoding"
                assert "immutable" in answer.headers["cache-control"]


def test_the_description_is_not_sent_to_whoever_has_it(world: World) -> None:
    with world.server.client() as api:
        etag = api.get("/openapi.json").headers["etag"]
        again = api.get("/openapi.json", headers={"if-none-match": etag})
        assert (again.status_code, again.content) == (304, b"")
