"""The pages and their parts, as `npm` built them from `frontend/`, with the policy that they keep to."""

from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

ASSETS = Path(__file__).parent / "assets"

_DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}

NOT_BUILT = (
    "The pages are not built. They come with the Python package; in a copy of the sources, scripts/assets\n"
    "builds them and needs Node.js 20 or newer.\n"
)


def page(name: str, *, embedded: bool = False) -> Response:
    """A page that was built, such as `dashboard`; 503 in words where it was not.

    An `embedded` page may stand in a frame of any other site.
    """
    file = ASSETS / f"{name}.html"
    if not file.is_file():
        return PlainTextResponse(NOT_BUILT, 503)
    return FileResponse(file, headers=_headers(embedded=embedded), media_type="text/html")


def _headers(*, embedded: bool) -> dict[str, str]:
    policy = _DIRECTIVES | {"frame-ancestors": "*" if embedded else "'none'"}
    headers = {
        "content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cache-control": "no-cache",
    }
    return headers if embedded else {**headers, "x-frame-options": "DENY"}


class _Parts(StaticFiles):
    """Scripts and styles. The names of those under `built/` change with what is in them.

    Each of those stands there compressed, too, under its name with `.gz` behind it.
    """

    async def get_response(self, path: str, scope: Scope) -> Response:
        lasting = path.startswith("built/")
        taken = Headers(scope=scope).get("accept-encoding", "")
        if lasting and "gzip" in taken and (ASSETS / f"{path}.gz").is_file():
            response = await super().get_response(f"{path}.gz", scope)
            response.headers["content-encoding"] = "gzip"
        else:
            response = await super().get_response(path, scope)
        response.headers["vary"] = "accept-encoding"
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        response.headers["x-content-type-options"] = "nosniff"
        return response


async def _reference(request: Request) -> Response:  # noqa: ARG001
    return page("reference")


async def _dashboard(request: Request) -> Response:  # noqa: ARG001
    return page("dashboard")


async def _start(request: Request) -> Response:  # noqa: ARG001
    return RedirectResponse("/dashboard/", 307)


async def _dialog(request: Request) -> Response:  # noqa: ARG001
    return page("link", embedded=True)


async def _magic(request: Request) -> Response:  # noqa: ARG001
    return page("magic")


async def _link_script(request: Request) -> Response:  # noqa: ARG001
    file = ASSETS / "link.js"
    if not file.is_file():
        return PlainTextResponse(NOT_BUILT, 503)
    headers = {
        "cache-control": "no-cache",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "cross-origin",
    }
    return FileResponse(file, headers=headers, media_type="text/javascript")


def page_routes() -> list[BaseRoute]:
    """The routes of the pages and their parts; below `/dashboard/` one page finds its own way."""
    return [
        Route("/", _start),
        Route("/dashboard", _start),
        Route("/dashboard/{rest:path}", _dashboard),
        Route("/reference", _reference),
        Route("/link/main.js", _link_script),
        Route("/link/dialog", _dialog),
        # With the same path, POST is the door that the page asks.
        Route("/link/magic", _magic, methods=["GET"]),
        Mount("/assets", _Parts(directory=ASSETS, check_dir=False)),
    ]
