"""The tiers of the integrations that come with Crossdock, and what may stand in a quality.toml."""

import orjson
import pytest

from crossdock.catalog import Catalog
from crossdock.catalog.quality import RULES, TIERS, BadQuality, parse, proof_of, quality_of
from crossdock.conformance.declared import CHECKS, proved
from crossdock.conformance.subjects import installed
from crossdock.connector import Integration
from crossdock.doubles.stand import installed_stands
from tests.support.install import Install
from tests.support.parity import comparisons
from tests.support.world import World

HERE = [integration for integration in installed() if integration.type == "wms"]
ALL_DONE = "\n".join(f'{rule.name} = "done"' for rule in RULES)


@pytest.mark.parametrize("integration", HERE, ids=lambda integration: integration.name)
def test_every_rule_is_done_or_has_a_reason_why_not(integration: Integration) -> None:
    quality = quality_of(integration.slug)
    assert [rule.name for rule in RULES if quality.state(rule.name) == "open"] == []
    stand = installed_stands()[integration.slug]
    levels = {name: proof_of(integration.slug, name) for name in integration.available_actions}
    assert levels == proved(integration, stand)


@pytest.mark.parametrize("integration", HERE, ids=lambda integration: integration.name)
def test_who_has_all_writes_has_all_writes(integration: Integration) -> None:
    missing = [c.action.name for c in comparisons() if c.integration is integration and c.missing_here]
    if quality_of(integration.slug).state("all-writes") == "done":
        assert missing == []


def test_every_check_is_of_a_rule() -> None:
    assert CHECKS.keys() < {rule.name for rule in RULES}
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert [rule.tier for rule in RULES] == sorted((rule.tier for rule in RULES), key=TIERS.index)


def test_a_tier_needs_every_rule_up_to_it() -> None:
    assert parse(f"[rules]\n{ALL_DONE}", "here").tier == "gold"
    for tier, below in (("bronze", None), ("silver", "bronze"), ("gold", "silver")):
        missing = next(rule.name for rule in RULES if rule.tier == tier)
        assert parse("[rules]\n" + ALL_DONE.replace(f'{missing} = "done"', ""), "here").tier == below
        exempt = ALL_DONE.replace(f'{missing} = "done"', f'{missing} = {{ exempt = "no such thing" }}')
        assert parse(f"[rules]\n{exempt}", "here").tier == "gold"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[rules]\nstannd = "done"', "there is no rule 'stannd'"),
        ('[rules]\nstand = "nearly"', 'stand must be "done" or'),
        ('[rules]\nstand = { exempt = " " }', 'stand must be "done" or'),
        ('[proof]\ncreate_order = "surely"', "proof of create_order is 'surely'"),
        ('[tiers]\ngold = "done"', "unknown table 'tiers'"),
        ("[rules", "here: "),
    ],
)
def test_what_it_cannot_say_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadQuality, match=r"^here: ") as refused:
        parse(text, "here")
    assert said in str(refused.value)


def test_who_has_no_file_has_no_proof() -> None:
    assert proof_of("wms/no-such", "create_order") is None
    assert quality_of("wms/no-such").tier is None


def test_the_command_line_tells_the_tiers(sqlite_install: Install) -> None:
    listed = orjson.loads(sqlite_install.run("integrations", "list", "--json").stdout)
    assert {row["integration"]: (row["lists"], row["writes"]) for row in listed} == {
        integration.slug: (len(integration.lists), len(integration.writes)) for integration in installed()
    }
    for row in listed:
        assert row["tier"] in TIERS
    checked = sqlite_install.run("integrations", "check", "wms/sandbox").stdout.splitlines()
    assert checked[0] == f"wms/sandbox: {quality_of('wms/sandbox').tier}"
    assert len(checked) == 1 + len(RULES)
    unknown = sqlite_install.run("integrations", "check", "wms/sandbocks", ok=False)
    assert unknown.returncode == 1
    assert "Did you mean 'sandbox'?" in unknown.stderr


def test_the_catalog_shows_the_level_that_was_proved(world: World) -> None:
    with world.server.client(world.key) as api:
        rows = api.get("/integrations/wms").json()["data"]
    shown = {
        (f"wms/{row['integration_name']}", operation["action"]): operation["proof"]
        for row in rows
        for operation in row["list_operations"] + row["write_operations"]
    }
    assert shown == {
        (integration.slug, name): proof_of(integration.slug, name)
        for integration in Catalog.installed().of_type("wms")
        for name in integration.available_actions
    }
