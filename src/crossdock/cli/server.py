"""Running the API with uvicorn."""

import logging
from typing import Literal

import uvicorn
from starlette.types import ASGIApp

from crossdock import collector
from crossdock.app import create_app
from crossdock.connections.people import first_start_code
from crossdock.http.service import Service, open_service
from crossdock.listening import listen
from crossdock.settings import load_settings


def run_server(host: str, port: int, *, access_log: bool, works: bool) -> None:
    """Serves until told to stop; a request that is under way is answered first.

    With `works` the process does the background work too.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    quiet_libraries()
    service = open_service(load_settings())
    app = create_app(service, works=works)
    collector.settle()
    listening, url = listen(host, port)
    print(f"Crossdock listens on {url}", flush=True)
    print_first_start(service, url)
    uvicorn.Server(server_config(app, access_log=access_log)).run(sockets=[listening])


def print_first_start(service: Service, url: str) -> None:
    """Prints where the first admin is made, while nobody can sign in.

    The code stands behind a #, which a browser sends to nobody.
    """
    with service.database.transaction() as db:
        code = first_start_code(db)
    if code is not None:
        print(f"Make the first account within a day: {url}/dashboard/first-start#{code}", flush=True)


def server_config(
    app: ASGIApp, *, access_log: bool = False, lifespan: Literal["on", "off"] = "on"
) -> uvicorn.Config:
    """How the API is served: uvicorn on uvloop and httptools, without its own headers."""
    return uvicorn.Config(
        app,
        access_log=access_log,
        log_config=None,
        lifespan=lifespan,
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=60,
    )


def quiet_libraries() -> None:
    """httpx logs every URL it requests; an account's URL is nobody else's business."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
