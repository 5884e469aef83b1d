"""The list of articles, which is that of products and that of stock: operation `articlesGetAll`."""

from datetime import UTC, datetime, timedelta
from typing import Any

from crossdock.connector import Account, Span, VendorRequest
from crossdock.integrations.wms.ongoing.paging import every, page_query, pages
from crossdock.schemas.times import wire_time

ID_FROM, MOST = "articleSystemIdFrom", "maxArticlesToGet"

LATELY = timedelta(hours=47)
"""How far back changes are asked for. Whether articles have a limit, as orders have, is not told."""


def article_id(row: Any) -> Any:
    """The id of an article."""
    return row["articleSystemId"]


def changed(account: Account, span: Span, position: Any) -> VendorRequest:
    """Articles that changed lately, and all of them when more than that is asked for.

    What is sold is needed however long ago it was last changed, and an article that never was has no date.
    """
    query = page_query(account, ID_FROM, MOST, position)
    if span.since is not None and datetime.now(UTC) - span.since < LATELY:
        query["articleDataLastUpdatedFrom"] = wire_time(span.since)
    return VendorRequest("GET", "/articles", query)


every_article = every("/articles", ID_FROM, MOST)
page = pages(article_id)
