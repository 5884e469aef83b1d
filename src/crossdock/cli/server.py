"""Running the API with uvicorn."""

import logging
import socket

import uvicorn

from crossdock.app import create_app
from crossdock.http.service import Service, open_service
from crossdock.settings import load_settings


def run_server(host: str, port: int, *, access_log: bool) -> None:
    """Serves until told to stop; a request that is under way is answered first."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    quiet_libraries()
    service = open_service(load_settings())
    listening, url = listen(host, port)
    print(f"Crossdock listens on {url}", flush=True)
    uvicorn.Server(server_config(service, access_log=access_log)).run(sockets=[listening])


def listen(host: str, port: int) -> tuple[socket.socket, str]:
    """A listening socket and its URL; port 0 picks a free one. Raises `OSError` when it is taken.

    From here on connections wait in line, so the URL may be told before the server takes them.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's delay off only for sockets that name their protocol.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen(2048)
    shown = f"[{host}]" if family is socket.AF_INET6 else host
    return listening, f"http://{shown}:{listening.getsockname()[1]}"


def server_config(service: Service, *, access_log: bool = False) -> uvicorn.Config:
    """How the API is served: uvicorn on uvloop and httptools, without its own headers."""
    return uvicorn.Config(
        create_app(service),
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
