"""JSON Merge Patch (RFC 7396): what is to change of a JSON object, said as an object of the same shape."""

from typing import Any

DEEPEST = 32
"""Objects in one another; a sandbox's records have six at most."""


class TooDeep(ValueError):
    """The patch has more objects in one another than any record."""


def merged(target: Any, patch: Any, depth: int = 0) -> Any:
    """What the patch makes of the target, which is left as it is.

    A member that is null in the patch is left out of the result, an object is merged, and whatever else,
    arrays too, takes the place of what was there. Raises `TooDeep`.
    """
    if not isinstance(patch, dict):
        return patch
    if depth == DEEPEST:
        raise TooDeep(f"The patch has over {DEEPEST} objects in one another.")
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value, depth + 1)
    return result
