"""The page of the API reference, in a browser."""

import json

from playwright.sync_api import Page, expect

from tests.support.world import World
from tests.web.accessibility import serious_faults


def test_the_reference_shows_every_door_under_its_policy(world: World, page: Page) -> None:
    page.goto(f"{world.server.url}/reference")
    groups = json.loads(page.request.get(f"{world.server.url}/openapi.json").text())["tags"]
    expect(page.locator(".opblock-tag a")).to_have_text([group["name"] for group in groups])
    page.get_by_role("button", name="Expand").first.click()
    expect(page.get_by_text("/integrations/{integration_type}/{integration_name}/write-info")).to_be_visible()
    assert serious_faults(page) == []
