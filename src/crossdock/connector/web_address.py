"""Web addresses that account owners fill in."""

from urllib.parse import SplitResult, urlsplit


def web_address(value: str) -> SplitResult | None:
    """The parts of an address of http or https with a host; `None` for whatever is none."""
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if usable else None


def has_more_than_a_place(parts: SplitResult) -> bool:
    """Whether there is a user name, password, query or fragment besides the host and the path."""
    return bool(parts.username or parts.password or parts.query or parts.fragment)
