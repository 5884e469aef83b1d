"""The page of the API reference, in a browser."""

from playwright.sync_api import Page, expect

from tests.support.world import World
from tests.web.accessibility import serious_faults


def test_the_reference_shows_every_door_under_its_policy(world: World, page: Page) -> None:
    page.goto(f"{world.server.url}/reference")
    expect(page.get_by_text("/integrations/{integration_type}/{integration_name}/write-info")).to_be_visible()
    assert serious_faults(page) == []
