"""What axe finds on a page."""

from typing import Any

from playwright.sync_api import Frame, Page

from tests.web.conftest import AXE


def serious_faults(page: Page | Frame) -> list[str]:
    """The faults that axe calls serious or critical, each with the elements it found them in.

    The script goes in by the debugger's door, which the page's policy does not rule.
    """
    page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = page.evaluate("axe.run().then(results => results.violations)")
    return [
        f"{fault['id']}: {fault['help']}: " + ", ".join(node["html"][:200] for node in fault["nodes"][:3])
        for fault in found
        if fault["impact"] in {"serious", "critical"}
    ]
