"""Running a double: in a thread for tests, or as a process of its own."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from crossdock.listening import listen

START_WITHIN = 30.0


def config(app: ASGIApp, host: str, port: int) -> uvicorn.Config:
    """Quiet, without a lifespan, and not waiting for hanging calls at the end. Logging is the caller's."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        log_level="warning",
        access_log=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=1,
    )


class _Server(uvicorn.Server):
    """Says when it listens, and closes the connections that are open when it is stopped."""

    def __init__(self, settings: uvicorn.Config, on_started: Callable[[], None]) -> None:
        super().__init__(settings)
        self._on_started = on_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._on_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # A hanging call never ends by itself, and uvicorn would wait for it.
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await super().shutdown(sockets=sockets)


def serve(
    app: ASGIApp,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    on_started: Callable[[str], None] = lambda _: None,
) -> None:
    """Serves until told to stop by a signal; port 0 picks a free one. `on_started` is given the base URL.

    Raises `OSError` when the port is taken.
    """
    listening, url = listen(host, port)
    with listening:
        _Server(config(app, host, port), lambda: on_started(url)).run(sockets=[listening])


@contextmanager
def running(app: ASGIApp, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """The app served from a thread; its base URL. Port 0 picks a free one.

    Raises `OSError` when the port is taken, and `RuntimeError` when the server does not start.
    """
    listening, url = listen(host, port)
    ready = threading.Event()
    server = _Server(config(app, host, port), ready.set)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    with listening:
        thread.start()
        try:
            if not ready.wait(START_WITHIN):
                raise RuntimeError("the double did not start")
            yield url
        finally:
            server.should_exit = True
            thread.join(START_WITHIN)
