"""What `crossdock integrations` tells of quality."""

import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import SkipTest

from crossdock.catalog import Catalog
from crossdock.catalog.quality import RULES, quality_of
from crossdock.conformance import Nonconforming, cases, open_bench, subject
from crossdock.conformance.declared import failing
from crossdock.conformance.subjects import installed
from crossdock.doubles.stand import installed_stands
from crossdock.errors import Unprocessable


def overview() -> list[dict[str, Any]]:
    """A row for each installed integration. Raises `BadQuality`."""
    return [
        {
            "integration": integration.slug,
            "display_name": integration.display_name,
            "tier": quality_of(integration.slug).tier,
            "lists": len(integration.lists),
            "writes": len(integration.writes),
        }
        for integration in installed()
    ]


def report(slug: str, *, run: bool) -> dict[str, Any]:
    """The tier, a row for each rule, and with `run` one for each case of the conformance suite.

    `holds` is whether every rule that is marked done is, and every case ended well. Raises `NotFound`,
    `BadQuality`, or `Unprocessable` when the suite cannot run.
    """
    integration_type, _, name = slug.partition("/")
    integration = Catalog.installed().get(integration_type, name)
    quality = quality_of(slug)
    wrong = failing(integration, installed_stands().get(slug), quality)
    rows = []
    for rule in RULES:
        state = "failing" if rule.name in wrong else quality.state(rule.name)
        row: dict[str, Any] = {
            "rule": rule.name,
            "tier": rule.tier,
            "sentence": rule.sentence,
            "state": state,
        }
        if state == "exempt":
            row["reason"] = quality.rules[rule.name]
        if state == "failing":
            row["where"] = wrong[rule.name]
        rows.append(row)
    found = {"integration": slug, "tier": None if wrong else quality.tier, "rules": rows, "holds": not wrong}
    if run:
        tried = list(_tried(slug))
        failed = any(row["state"] == "failed" for row in tried)
        found |= {"cases": tried, "holds": not wrong and not failed}
    return found


def _tried(slug: str) -> Iterator[dict[str, str]]:
    try:
        wanted = cases(subject(slug))
    except LookupError as error:
        raise Unprocessable(f"{error.args[0]}, so there is nothing to try it on.") from error
    except ModuleNotFoundError as error:
        raise Unprocessable(
            f"The conformance suite needs {error.name}; it comes with the extra: crossdock[conformance]"
        ) from error
    # What a double logs of a violation is in the case's own words, too.
    logging.getLogger("crossdock.doubles").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="crossdock-check-") as folder, open_bench(Path(folder)) as bench:
        for case in wanted:
            row = {"case": f"{case.check} {case.about}".strip(), "state": "passed"}
            try:
                case.run(bench)
            except SkipTest as skipped:
                row |= {"state": "skipped", "said": str(skipped)}
            except Nonconforming as error:
                row |= {"state": "failed", "said": str(error)}
            except Exception as error:
                row |= {"state": "failed", "said": f"{type(error).__name__} was raised: {error}"}
            yield row
