"""The pages and their parts, as `npm` built them from `frontend/`, with the policy that they keep to."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
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
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}

NOT_BUILT = (
    "The pages are not built. They come with the Python package; in a copy of the sources, scripts/assets\n"
    "builds them and needs Node.js 20 or newer.\n"
)


HEADERS = {
    "content-security-policy": "; ".join(f"{name} {value}" for name, value in _DIRECTIVES.items()),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
}
"""The headers of every page."""


class _Parts(StaticFiles):
    """Scripts and styles. The names of those under `built/` change with what is in them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        lasting = path.startswith("built/")
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        response.headers["x-content-type-options"] = "nosniff"
        return response


async def _reference(request: Request) -> Response:  # noqa: ARG001
    file = ASSETS / "reference.html"
    if not file.is_file():
        return PlainTextResponse(NOT_BUILT, 503)
    return FileResponse(file, headers=HEADERS, media_type="text/html")


def page_routes() -> list[BaseRoute]:
    """The routes of the pages and their parts."""
    return [
        Route("/reference", _reference),
        Mount("/assets", _Parts(directory=ASSETS, check_dir=False)),
    ]
