"""How good an integration is: rules in three tiers, and what `quality.toml` beside it says of each.

    [rules]
    secrets-marked = "done"
    pace-kept = { exempt = "the vendor publishes no limit" }

    [proof]
    create_order = "spec"
    get_orders = "spec"

A tier is reached when every rule of it and of those below is done or has a reason why it does not apply. A
rule that is not named is open. `proof` is the level at which each list and each write was proved; a test
compares it with what the stand proves.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import entry_points
from importlib.resources import files
from typing import Any, Literal, get_args

from crossdock.catalog.catalog import ENTRY_POINT_GROUP

FILE = "quality.toml"

Tier = Literal["bronze", "silver", "gold"]
TIERS: tuple[Tier, ...] = get_args(Tier)

ProofLevel = Literal["live", "spec", "sample"]
PROOF_LEVELS: tuple[ProofLevel, ...] = get_args(ProofLevel)


class BadQuality(ValueError):
    """A `quality.toml` says something that it cannot; the message names the file and the place."""


@dataclass(frozen=True, slots=True)
class QualityRule:
    """Something that an integration does, in one sentence."""

    name: str
    tier: Tier
    sentence: str


RULES: tuple[QualityRule, ...] = (
    QualityRule(
        "credentials-explained",
        "bronze",
        "Every credential field has a title, a description, and says what is wrong with an empty value.",
    ),
    QualityRule(
        "credentials-tried",
        "bronze",
        "Credentials are tried before they are kept, and a refusal names the fields at fault.",
    ),
    QualityRule("secrets-marked", "bronze", "The credential fields that are secrets are declared as such."),
    QualityRule("fields-described", "bronze", "Every field of every write has a description."),
    QualityRule("stand", "bronze", "There is a stand: a double or a real system that the suite can start."),
    QualityRule("examples", "bronze", "The stand has an example of every write."),
    QualityRule(
        "proof",
        "bronze",
        "Every list and every write was proved by the conformance suite, and quality.toml says how.",
    ),
    QualityRule(
        "parity-explained",
        "bronze",
        "parity.toml gives a reason for each difference from what the contract's publisher asked.",
    ),
    QualityRule(
        "fields-land", "silver", "For every field it is known where it lands, or that it is not sent."
    ),
    QualityRule(
        "interruptions",
        "silver",
        "After an interruption every write can be looked up, or can be sent again without harm.",
    ),
    QualityRule(
        "refusals-sampled",
        "silver",
        "The stand has samples of refusals, whose words reach the caller.",
    ),
    QualityRule(
        "account-values",
        "silver",
        "Every list of values that an account decides is used by a write.",
    ),
    QualityRule(
        "rules-as-schema",
        "silver",
        "What JSON Schema can say of a body is said in it, and every rule has a description.",
    ),
    QualityRule("pace-kept", "silver", "Requests keep to the rate that the vendor publishes."),
    QualityRule("passthrough", "silver", "Callers can send requests of their own to the account's API."),
    QualityRule(
        "refusals-placed", "gold", "A refusal names the caller's field: a sample of the stand shows it."
    ),
    QualityRule(
        "proved-by-specification",
        "gold",
        "Every list and every write is proved live, or against the specification that the vendor published.",
    ),
    QualityRule(
        "all-writes", "gold", "Every write that the contract's publisher has for this system is here."
    ),
    QualityRule(
        "concurrent-changes",
        "gold",
        "A change that somebody makes at the same time is not overwritten unseen, where the vendor can tell.",
    ),
)
"""Every rule, by tier."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What a `quality.toml` says: `rules` has `None` for a rule that is done, a reason for one exempt."""

    rules: Mapping[str, str | None] = field(default_factory=dict)
    proof: Mapping[str, ProofLevel] = field(default_factory=dict)

    def state(self, rule: str) -> str:
        """`done`, `exempt` or `open`."""
        if rule not in self.rules:
            return "open"
        return "done" if self.rules[rule] is None else "exempt"

    @property
    def tier(self) -> Tier | None:
        """The highest tier that is reached; `None` when the lowest is not."""
        reached: Tier | None = None
        for tier in TIERS:
            if any(self.state(rule.name) == "open" for rule in RULES if rule.tier == tier):
                break
            reached = tier
        return reached


def quality_of(slug: str) -> Quality:
    """What the `quality.toml` of an installed integration says; nothing when there is none.

    Raises `BadQuality`.
    """
    text = text_beside(slug, FILE)
    return Quality() if text is None else parse(text, f"{FILE} of {slug}")


@lru_cache(maxsize=1024)
def _kept(slug: str) -> Quality:
    return quality_of(slug)


def proof_of(slug: str, action: str) -> ProofLevel | None:
    """The level at which a list or a write was proved, or `None`. Raises `BadQuality`."""
    return _kept(slug).proof.get(action)


def text_beside(slug: str, name: str) -> str | None:
    """A file in the folder of an installed integration, or `None`."""
    for entry_point in entry_points(group=ENTRY_POINT_GROUP, name=slug.replace("/", ".")):
        file = files(entry_point.module) / name
        if file.is_file():
            return file.read_text(encoding="utf-8")
    return None


def parse(text: str, where: str) -> Quality:
    """The text of a `quality.toml`. Raises `BadQuality` with `where` in it."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadQuality(f"{where}: {error}") from error
    if unknown := sorted(said.keys() - {"rules", "proof"}):
        raise BadQuality(f"{where}: unknown table {unknown[0]!r}; there are 'rules' and 'proof'")
    rules = {name: _reason(name, value, where) for name, value in said.get("rules", {}).items()}
    proof = said.get("proof", {})
    for action, level in proof.items():
        if level not in PROOF_LEVELS:
            raise BadQuality(f"{where}: proof of {action} is {level!r}, not {_or(PROOF_LEVELS)}")
    return Quality(rules, proof)


def _reason(name: str, value: Any, where: str) -> str | None:
    names = [rule.name for rule in RULES]
    if name not in names:
        raise BadQuality(f"{where}: there is no rule {name!r}; there are {', '.join(names)}")
    if value == "done":
        return None
    reason = value.get("exempt") if isinstance(value, dict) and value.keys() == {"exempt"} else None
    if not isinstance(reason, str) or not reason.strip():
        raise BadQuality(f'{where}: {name} must be "done" or {{ exempt = "reason" }}')
    return reason


def _or(names: Sequence[str]) -> str:
    return " or ".join(repr(name) for name in names)
