"""Return causes: what a goods owner may say about why goods come back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReturnCause:
    """A reason for a return, as `GetReturnCauseModel` has it."""

    code: str | None
    name: str | None
    is_remove_cause: bool = False
    is_change_cause: bool = False
    is_return_comment_mandatory: bool = False


DEFAULT_CAUSES = (
    ReturnCause("1", "damaged"),
    ReturnCause("13", "wrong size"),
    ReturnCause("3", "no longer needed"),
)


def parse_return_cause(text: str) -> ReturnCause:
    """`CODE=NAME`, with `:remove`, `:change` or `:comment` behind it. Raises `ValueError`."""
    code, separator, rest = text.partition("=")
    name, *flags = rest.split(":")
    if not separator or not code or set(flags) - {"remove", "change", "comment"}:
        raise ValueError(f"{text!r} is not of the form CODE=NAME[:remove][:change][:comment]")
    return ReturnCause(code, name or None, "remove" in flags, "change" in flags, "comment" in flags)
