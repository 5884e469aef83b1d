"""What is kept of an exchange: a row of the log, with nothing secret in it."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

import orjson

from crossdock.connector.calls import LARGEST_KEPT, Body, Call
from crossdock.request_log.redaction import MASK, Redactor

LONGEST_URL = 4_000
LONGEST_WORDS = 1_000

SHOWN_HEADERS = frozenset(
    """accept accept-encoding accept-language age allow cache-control connection content-disposition
    content-encoding content-length content-range content-type date etag host idempotency-key
    if-match if-modified-since if-none-match last-modified link location range retry-after server
    transfer-encoding user-agent vary x-account-values x-crossdock-connection x-dry-run
    x-rate-limit-limit x-rate-limit-remaining x-rate-limit-reset x-ratelimit-limit
    x-ratelimit-remaining x-ratelimit-reset x-request-id x-schema-hash ratelimit ratelimit-limit
    ratelimit-policy ratelimit-remaining ratelimit-reset""".split()  # noqa: SIM905  (a list of these would be fifty lines)
)
"""Every other header is shown by its name only: vendors name those that carry keys as they like."""

KEY_HEADERS = frozenset({"x-trackstar-api-key", "x-trackstar-access-token", "authorization"})


def row_of(call: Call) -> dict[str, Any]:
    """The columns of an exchange. `call.cause` has to name an organisation."""
    cause = call.cause
    redactor = Redactor({*cause.secrets, *call.secrets, *_sent_keys(call)})
    request_body, request_cut = _text(redactor, call.request, cause.keeps_bodies)
    response_body, response_cut = _text(redactor, call.response, cause.keeps_bodies)
    integration = call.integration or cause.integration or (None, None)
    actor = cause.actor
    return {
        "id": f"req_{uuid4().hex}",
        "organisation_id": cause.organisation_id,
        "at": call.at,
        "kind": call.kind,
        "request_id": cause.request_id,
        "connection_id": cause.connection_id,
        "integration_type": integration[0],
        "integration_name": integration[1],
        "method": call.method[:20],
        "url": _storable(redactor.url(call.url))[:LONGEST_URL],
        "status": call.status,
        "seconds": call.seconds,
        "actor_kind": None if actor is None else actor.kind,
        "actor_id": None if actor is None else actor.id,
        "actor_name": None if actor is None else actor.name,
        "error": None if call.error is None else _storable(redactor.text(call.error))[:LONGEST_WORDS],
        "truncated": request_cut or response_cut,
        "request_headers": _headers(redactor, call.request_headers),
        "response_headers": _headers(redactor, call.response_headers),
        "request_body": request_body,
        "response_body": response_body,
    }


def _sent_keys(call: Call) -> Iterable[str]:
    """The keys that were sent with the request, and each cookie."""
    for name, value in call.request_headers:
        if name.lower() in KEY_HEADERS:
            yield value.rpartition(" ")[2]
        elif name.lower() == "cookie":
            yield from (pair.partition("=")[2].strip() for pair in value.split(";"))


def _headers(redactor: Redactor, headers: Iterable[tuple[str, str]]) -> str:
    shown = {redactor.text(name.lower()): _header(redactor, name.lower(), value) for name, value in headers}
    return _storable(orjson.dumps(shown).decode())


def _header(redactor: Redactor, name: str, value: str) -> str:
    if name not in SHOWN_HEADERS:
        return MASK
    shown = redactor.url(value) if name in {"link", "location"} else redactor.text(value)
    return shown[:LONGEST_WORDS]


def _text(redactor: Redactor, body: Body, may_be_kept: bool) -> tuple[str | None, bool]:
    """The text of a body, at most so much of it, and whether there was more."""
    if not body.size:
        return None, False
    kind = body.content_type.split(";")[0].strip().lower()
    if not may_be_kept:
        return f"[{body.size} bytes, which hold credentials]", False
    beginning = body.beginning
    if not _is_text(kind, beginning):
        return f"[{body.size} bytes of {kind or 'unknown type'}]", False
    text = beginning.decode("utf-8", "replace")
    if kind == "application/x-www-form-urlencoded":
        clean = redactor.form(text)
    elif "xml" in kind or "html" in kind:
        clean = redactor.xml(text)
    else:
        clean = redactor.json(text) if text.lstrip()[:1] in {"{", "[", '"'} else redactor.text(text)
    kept = _cut(_storable(clean))
    return kept, body.size > LARGEST_KEPT or len(kept) < len(clean)


def _is_text(kind: str, beginning: bytes) -> bool:
    if b"\0" in beginning or kind == "multipart/form-data":
        return False
    if kind.startswith("text/") or kind == "application/x-www-form-urlencoded":
        return True
    if any(word in kind for word in ("json", "xml", "graphql", "javascript", "csv")):
        return True
    return not kind and beginning.lstrip()[:1] in {b"{", b"[", b"<", b'"'}


def _cut(text: str) -> str:
    content = text.encode("utf-8", "replace")
    return text if len(content) <= LARGEST_KEPT else content[:LARGEST_KEPT].decode("utf-8", "ignore")


def _storable(text: str) -> str:
    """Without what PostgreSQL does not take in a text."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def detail_of(call: Call) -> Mapping[str, Any] | None:
    """What a request with a JSON object for its body asked for, redacted; `None` for others and long ones."""
    if not call.cause.keeps_bodies or not 0 < call.request.size <= LARGEST_DETAIL:
        return None
    redactor = Redactor({*call.cause.secrets, *_sent_keys(call)})
    try:
        decoded = orjson.loads(redactor.json(call.request.beginning.decode("utf-8", "replace")))
    except orjson.JSONDecodeError:
        return None
    return decoded if isinstance(decoded, dict) else None


LARGEST_DETAIL = 4 * 1024
