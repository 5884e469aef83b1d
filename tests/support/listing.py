"""Reads a list of an integration to its end, as a sync does, without storing anything."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from crossdock.catalog import Catalog
from crossdock.connections.install import checked_fields
from crossdock.connector import Span
from crossdock.connector.listing import EVERYTHING
from crossdock.connector.pool import VendorPool
from crossdock.records.canonical import NotCanonical, canonical
from crossdock.sync.pages import fetch

MOST_PAGES = 200


@dataclass(frozen=True)
class Listed:
    """The canonical records, decoded, the vendor's rows beside them, and the reasons of those put aside."""

    records: list[dict[str, Any]]
    raws: list[Any]
    put_aside: list[NotCanonical]
    pages: int

    def one(self, record_id: str) -> dict[str, Any]:
        """The record of that id."""
        return next(record for record in self.records if record["id"] == record_id)


def crawl(
    slug: str,
    credentials: Mapping[str, str],
    function: str,
    span: Span = EVERYTHING,
    *,
    pool: VendorPool | None = None,
) -> Listed:
    """Every page of a list function of an integration such as `wms/ongoing`, from the API of the credentials.

    `pool` is for systems that are reached in another way than over the network; it is closed afterwards.
    """
    return asyncio.run(_crawl(slug, credentials, function, span, pool))


async def _crawl(
    slug: str, credentials: Mapping[str, str], function: str, span: Span, pool: VendorPool | None
) -> Listed:
    kind, _, name = slug.partition("/")
    integration = Catalog.installed().get(kind, name)
    operation = integration.listing(function)
    assert operation is not None, f"{slug} has no {function}"
    account = checked_fields(integration, credentials)
    pool = pool or VendorPool(allow_private_networks=True, timeout=20)
    listed = Listed([], [], [], 0)
    pages = 0
    try:
        vendor = pool.client(integration, account)
        position = None
        while pages < MOST_PAGES:
            page = await fetch(vendor, operation, account, span, position)
            # A position is kept as JSON between pages.
            position = orjson.loads(orjson.dumps(page.next))
            pages += 1
            for row in page.rows:
                try:
                    made = canonical(operation.record, row)
                except NotCanonical as reason:
                    listed.put_aside.append(reason)
                    continue
                listed.records.append(orjson.loads(made.data))
                listed.raws.append(row)
            if position is None:
                return Listed(listed.records, listed.raws, listed.put_aside, pages)
        raise AssertionError(f"{function} has more than {MOST_PAGES} pages")
    finally:
        await pool.aclose()
