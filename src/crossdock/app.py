"""The ASGI application: the doors, their envelope, and the work that goes on beside requests."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext, suppress

from starlette.routing import Router
from starlette.types import ASGIApp

from crossdock.errors import ApiError
from crossdock.http.doors import routes
from crossdock.http.envelope import Envelope
from crossdock.http.hot import HotAnswers
from crossdock.http.recorded import Recorded
from crossdock.http.service import Service
from crossdock.web.pages import page_routes

log = logging.getLogger(__name__)


def create_app(service: Service, *, works: bool = True) -> ASGIApp:
    """The application over an opened service, which it closes when it shuts down.

    With `works` it does the background work too: syncs and deliveries.
    """

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        settling = asyncio.create_task(_settle_for_ever(service))
        try:
            async with service.background.going_on() if works else nullcontext():
                yield
        finally:
            settling.cancel()
            with suppress(asyncio.CancelledError):
                await settling
            await service.aclose()

    router = Router(routes=[*routes(), *page_routes()], lifespan=lifespan, redirect_slashes=False)
    return HotAnswers(Recorded(Envelope(router, service), service), service)


async def _settle_for_ever(service: Service) -> None:
    """Writes that a server left behind when it died are looked up as soon as their lease is over."""
    while True:
        try:
            await service.writes.settle_interrupted(service.access)
        except ApiError as error:
            log.warning("interrupted writes could not be settled: %s", error)
        await asyncio.sleep(service.settings.write_lease)
