"""Background work in a process of its own."""

import asyncio
import logging
import signal

from crossdock import collector
from crossdock.cli.server import quiet_libraries
from crossdock.http.service import Service, open_service
from crossdock.settings import load_settings


def run_worker() -> None:
    """Works until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    quiet_libraries()
    service = open_service(load_settings())
    collector.settle()
    asyncio.run(_work(service))


async def _work(service: Service) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        async with service.background.going_on():
            print("Crossdock works", flush=True)
            await stop.wait()
    finally:
        await service.aclose()
