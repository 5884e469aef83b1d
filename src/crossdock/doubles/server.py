"""Running a double: in a thread for tests, or as a process of its own."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp


def config(app: ASGIApp, host: str, port: int) -> uvicorn.Config:
    """Quiet, without a lifespan, and not waiting for hanging calls at the end."""
    return uvicorn.Config(
        app, host=host, port=port, log_level="warning", lifespan="off", timeout_graceful_shutdown=1
    )


class _ThreadServer(uvicorn.Server):
    def __init__(self, settings: uvicorn.Config) -> None:
        super().__init__(settings)
        self.ready = threading.Event()

    async def startup(self, sockets: list[Any] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.loop = asyncio.get_running_loop()
        self.ready.set()


@contextmanager
def running(app: ASGIApp, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """The app served from a thread; its base URL. Raises `RuntimeError` when it does not start."""
    server = _ThreadServer(config(app, host, port))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    if not server.ready.wait(30) or not server.servers:
        raise RuntimeError("the double did not start")
    address = server.servers[0].sockets[0].getsockname()
    try:
        yield f"http://{host}:{address[1]}"
    finally:
        server.should_exit = True
        thread.join(30)
