"""Whether Ongoing has the articles that a body names.

Ongoing makes a new article, without a name, of a number that it does not know when an order or a purchase
order has it: in the vendor's published examples the ids of articles follow on one another that way. A SKU
with a typing error would come to stand in the warehouse, so SKUs are looked up first.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from crossdock.connector import Account, FieldFault, Reads, Unprocessable, VendorRequest
from crossdock.integrations.wms.ongoing.goods_owner import goods_owner_id

AT_ONCE = 50
"""SKUs in one request, so that its address does not grow too long. Ours."""

NAME = "articles from"


def article_reads(account: Account, skus: Sequence[str]) -> Mapping[str, VendorRequest]:
    """Operation `articlesGetAll` for the SKUs."""
    wanted = list(dict.fromkeys(skus))
    owner = goods_owner_id(account)
    return {
        f"{NAME} {start}": VendorRequest(
            "GET", "/articles", {"goodsOwnerId": owner, "articleNumbers": wanted[start : start + AT_ONCE]}
        )
        for start in range(0, len(wanted), AT_ONCE)
    }


def sample_articles(skus: Sequence[str]) -> Mapping[str, Any]:
    """Answers that have every SKU."""
    return {f"{NAME} 0": [{"articleNumber": sku} for sku in skus]}


def check_articles(reads: Reads, skus: Sequence[str], list_at: str) -> None:
    """Raises `Unprocessable` with a fault for each SKU, of the list at `list_at`, that Ongoing lacks."""
    there = {
        article.get("articleNumber")
        for name, answer in reads.items()
        if name.startswith(NAME)
        for article in answer or []
    }
    faults = [
        FieldFault(f"{list_at}/{index}/sku", f"Ongoing has no article {sku} for this goods owner")
        for index, sku in enumerate(skus)
        if sku not in there
    ]
    if faults:
        raise Unprocessable("Not every SKU is an article in Ongoing.", faults)
