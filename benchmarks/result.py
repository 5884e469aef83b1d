"""One measured pair, and the table of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Result:
    """The ratios of the rounds of one pair. `at_least` or `at_most` is the target; neither is information."""

    name: str
    ratios: Sequence[float]
    ours: str
    reference: str
    at_least: float | None = None
    at_most: float | None = None

    @property
    def target(self) -> str:
        """The target in words."""
        if self.at_least is not None:
            return f">= {self.at_least:g}"
        return f"<= {self.at_most:g}" if self.at_most is not None else "-"

    @property
    def verdict(self) -> str:
        """Whether the median meets the target."""
        middle = median(self.ratios)
        if self.at_least is not None:
            return "holds" if middle >= self.at_least else "FALLS SHORT"
        if self.at_most is not None:
            return "holds" if middle <= self.at_most else "FALLS SHORT"
        return ""


def table(results: Sequence[Result]) -> str:
    """The results as a Markdown table, median and range of the rounds."""
    rows = [
        "| pair | target | median | min - max | ours | reference | |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for result in results:
        spread = f"{min(result.ratios):.2f} - {max(result.ratios):.2f}"
        rows.append(
            f"| {result.name} | {result.target} | {median(result.ratios):.2f} | {spread} "
            f"| {result.ours} | {result.reference} | {result.verdict} |"
        )
    return "\n".join(rows)
