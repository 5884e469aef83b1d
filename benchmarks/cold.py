"""A write-info document from its declarations to bytes, ETag and schema hashes, with nothing remembered."""

import gc
import time
from collections.abc import Callable
from statistics import median

from benchmarks.accounts import installed
from benchmarks.result import Result
from crossdock.write_info.document import build_document
from crossdock.write_info.options import Known
from crossdock.write_info.published import Published
from crossdock.write_info.schema import declared
from crossdock.write_info.tracing import rehearse

TARGET = 10.0
"""Milliseconds."""
LIFETIME = 600.0
FEWER_EXPLAINED = 10
"""To explain takes a rehearsal of every translation, and so several times as long."""


async def measure(builds: int) -> list[Result]:
    """The largest document that an account of this installation has."""
    async with installed() as here:
        caller = await here.service.access.caller(here.key)
        published = {}
        for slug, token in here.tokens.items():
            if token is not None:
                connection = await here.service.access.connection(caller, token)
                published[slug] = await here.service.write_info.for_connection(connection)
        slug = max(published, key=lambda each: len(published[each].body))
        largest = published[slug]
        integration = here.service.catalog.get(*slug.split("/"))
    known: dict[str, Known] = dict(largest.known)
    choices = {name: option.choices for name, option in known.items()}

    def with_new_values() -> Published:
        document = build_document(integration, integration.writes, choices)
        return Published(document, known, LIFETIME)

    def cold() -> Published:
        declared.cache_clear()
        return with_new_values()

    def explained() -> Published:
        declared.cache_clear()
        traces = {write.action.name: rehearse(integration, write) for write in integration.writes}
        return Published(build_document(integration, integration.writes, choices, traces), known, LIFETIME)

    if cold().body != largest.body:
        raise RuntimeError("the document that is measured is not the one that is served")
    # The doubles' schemas are in this process and in no server; without this they are searched for garbage.
    gc.collect()
    gc.freeze()
    said = f"{slug}, {len(integration.writes)} writes, {len(largest.body) / 1000:,.0f} kB"
    return [
        _result(f"cold write-info, in ms: {said}", cold, builds, TARGET),
        _result("the same where only the account's values are new, in ms", with_new_values, builds, TARGET),
        _result("the same with explain=true, in ms", explained, max(3, builds // FEWER_EXPLAINED), None),
    ]


def _result(name: str, build: Callable[[], Published], builds: int, target: float | None) -> Result:
    """In processor time, since nothing is waited for."""
    times = []
    for _ in range(builds):
        started = time.process_time()
        build()
        times.append((time.process_time() - started) * 1000)
    return Result(name, times, f"{median(times):,.1f} ms", f"{builds} builds", at_most=target)
