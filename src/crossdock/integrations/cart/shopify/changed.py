"""What changed in a span, in Shopify's search syntax (vendor's reference "Shopify API search syntax")."""

from datetime import datetime
from typing import Any

from crossdock.connector import Span
from crossdock.connector.listing import EVERYTHING
from crossdock.schemas.times import wire_time

READ_ON = 20_000
"""Records of one list that are paged through before the list is asked for anew from the last change on.

Shopify pages through 25,000 records at most (vendor's "Shopify API limits", pagination limits)."""


def updated(span: Span) -> str | None:
    """The search for what was updated in a span; `None` for everything."""
    parts = []
    if span.since is not None:
        parts.append(f"updated_at:>='{_text(span.since)}'")
    if span.until is not None:
        parts.append(f"updated_at:<'{_text(span.until)}'")
    return " AND ".join(parts) or None


def _text(moment: datetime) -> str:
    return wire_time(moment)


def search_of(span: Span, position: Any) -> str | None:
    """The search of a page: the span's, or from a later change on."""
    since = (position or {}).get("since")
    later = Span(datetime.fromisoformat(since), span.until) if since else span
    return updated(later if later != EVERYTHING else span)


def following(position: Any, cursor: str | None, found: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Where a list that is sorted by change goes on behind a page."""
    if cursor is None:
        return None
    count = (position or {}).get("count", 0) + len(found)
    since = (position or {}).get("since")
    if count >= READ_ON and found[-1]["updatedAt"] != since:
        return {"since": found[-1]["updatedAt"]}
    return {"after": cursor, "count": count} | ({"since": since} if since else {})
