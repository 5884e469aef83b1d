"""Running the API with uvicorn."""

import logging

import uvicorn

from crossdock.app import create_app
from crossdock.http.service import Service, open_service
from crossdock.settings import load_settings


def run_server(host: str, port: int, *, access_log: bool) -> None:
    """Serves until told to stop; a request that is under way is answered first."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    quiet_libraries()
    service = open_service(load_settings())
    uvicorn.Server(server_config(service, host, port, access_log=access_log)).run()


def server_config(service: Service, host: str, port: int, *, access_log: bool = False) -> uvicorn.Config:
    """How the API is served: uvicorn on uvloop and httptools, without its own headers."""
    return uvicorn.Config(
        create_app(service),
        host=host,
        port=port,
        access_log=access_log,
        log_config=None,
        lifespan="on",
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=60,
    )


def quiet_libraries() -> None:
    """httpx logs every URL it requests; an account's URL is nobody else's business."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
