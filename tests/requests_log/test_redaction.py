"""A secret that was planted anywhere in an exchange is in no part of what is kept of it."""

import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, quote_plus

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossdock.connector.calls import LARGEST_KEPT, Body, Call, Cause
from crossdock.request_log.kept import row_of
from crossdock.request_log.redaction import Redactor

ALPHABET = st.sampled_from("abcXYZ0189 -_.~!$&'()*+,;=:@/?#[]{}\"\\<>%äß\N{PACKAGE}")
SECRETS = st.text(ALPHABET, min_size=8, max_size=60).filter(lambda s: s.strip() == s and len(set(s)) > 4)


def _body(content: bytes, content_type: str) -> Body:
    body = Body(content_type)
    body.add(content)
    return body


def _call(**changes: Any) -> Call:
    call = Call("api", Cause("r" * 32, "org"), "POST", "/wms/orders", 1.0, [])
    for name, value in changes.items():
        setattr(call, name, value)
    return call


def _json(value: Any) -> Call:
    return _call(request=_body(json.dumps(value).encode(), "application/json"))


KNOWN_PLACES: dict[str, Callable[[str], Call]] = {
    "a JSON value": lambda s: _json({"note": f"see {s} here"}),
    "a JSON value, escaped": lambda s: _call(
        request=_body(
            b'{"note":"' + "".join(f"\\u{ord(c):04x}" for c in s if ord(c) < 65536).encode() + b'"}', ""
        )
        if all(ord(c) < 65536 for c in s)
        else Body()
    ),
    "a JSON name": lambda s: _json({s: 1}),
    "JSON in JSON": lambda s: _json({"body": json.dumps({"deep": [s]})}),
    "UTF-8 JSON": lambda s: _call(request=_body(orjson.dumps([s]), "application/json")),
    "a query": lambda s: _call(url=f"/x?note={quote_plus(s)}&b=1"),
    "a query, quoted otherwise": lambda s: _call(url=f"/x?note={quote(s, safe='')}"),
    "a path": lambda s: _call(url=f"/x/{quote(s, safe='')}/y"),
    "a form": lambda s: _call(
        request=_body(f"a=b&note={quote_plus(s)}".encode(), "application/x-www-form-urlencoded")
    ),
    "a text": lambda s: _call(response=_body(f"it was {s}.".encode(), "text/plain")),
    "Base64": lambda s: _call(response=_body(b64encode(s.encode()), "text/plain")),
    "a header": lambda s: _call(response_headers=[("location", f"https://x.example/{quote(s, safe='')}")]),
    "an error": lambda s: _call(error=f"refused {s}"),
    "the end of what is kept": lambda s: _json({"a": "b" * (LARGEST_KEPT - 20), "c": s, "d": "e" * 9000}),
}


def _kept(call: Call) -> str:
    row = row_of(call)
    return "\n".join(value for value in row.values() if isinstance(value, str))


def _traces(secret: str) -> list[str]:
    return [
        secret,
        quote(secret, safe=""),
        quote_plus(secret),
        json.dumps(secret)[1:-1],
        orjson.dumps(secret).decode()[1:-1],
        b64encode(secret.encode()).decode().rstrip("="),
    ]


@pytest.mark.parametrize("place", KNOWN_PLACES)
@settings(max_examples=40, deadline=None, derandomize=True)
@given(secret=SECRETS)
def test_a_known_secret_is_kept_nowhere(place: str, secret: str) -> None:
    call = KNOWN_PLACES[place](secret)
    call.cause.secrets.add(secret)
    kept = _kept(call)
    assert [trace for trace in _traces(secret) if trace in kept] == []


NAMED_PLACES: dict[str, Callable[[str], Call]] = {
    "password": lambda s: _json({"user": "a", "password": s}),
    "a number": lambda s: _json({"api_key": 73195173951, "password": s}),
    "below a secret name": lambda s: _json({"credentials": {"any": [{"thing": s}]}}),
    "in a list": lambda s: _json([{"clientSecret": s}, {"access_token": s}]),
    "after braces": lambda s: _json({"a": [{}, [], {"b": 1}], "refresh_token": s}),
    "an escaped name": lambda s: _call(request=_body(b'{"pass\\u0077ord":' + orjson.dumps(s) + b"}", "")),
    "JSON in a form": lambda s: _call(
        request=_body(
            b"payload=" + quote_plus(json.dumps({"password": s})).encode(),
            "application/x-www-form-urlencoded",
        )
    ),
    "a form": lambda s: _call(
        request=_body(f"client_secret={quote_plus(s)}&x=1".encode(), "application/x-www-form-urlencoded")
    ),
    "a query": lambda s: _call(url=f"/files/1/download?signature={quote_plus(s)}"),
    "a link in an answer": lambda s: _json(
        {"url": f"https://x.example/f?a=1&X-Amz-Signature={quote_plus(s)}"}
    ),
    "a name before the host": lambda s: _json({"url": f"https://user:{quote(s, safe='')}@x.example/hook"}),
    "XML": lambda s: _call(
        response=_body(f"<a><password>{quote(s)}</password></a>".encode(), "application/xml")
    ),
    "a cookie": lambda s: _call(request_headers=[("cookie", f"a={quote(s)}")], url=f"/x?b={quote(s)}"),
    "an unknown header": lambda s: _call(request_headers=[("x-vendor-thing", s)]),
    "a key": lambda s: _call(
        request_headers=[("x-trackstar-api-key", f"k{quote(s)}")], url=f"/x/k{quote(s)}?c=1"
    ),
    "the end": lambda s: _json({"a": "b" * (LARGEST_KEPT - 20), "password": s * 200}),
    "where it breaks off": lambda s: _call(request=_body(b'{"password":"' + quote(s).encode(), "")),
    "a body of credentials": lambda s: _call(
        cause=Cause("r", "org", keeps_bodies=False), request=_body(s.encode(), "text/plain")
    ),
    "binary": lambda s: _call(request=_body(b"\x89PNG\0" + s.encode(), "image/png")),
    "a form with a file": lambda s: _call(request=_body(s.encode(), "multipart/form-data; boundary=x")),
}


@pytest.mark.parametrize("place", NAMED_PLACES)
@settings(max_examples=40, deadline=None, derandomize=True)
@given(secret=SECRETS)
def test_what_a_name_gives_away_is_kept_nowhere(place: str, secret: str) -> None:
    kept = _kept(NAMED_PLACES[place](secret))
    assert [trace for trace in _traces(secret) if trace in kept] == []
    assert "73195173951" not in kept


@pytest.mark.parametrize(
    "secret",
    [
        "crossdock_key_Abcdefghijkl_123",
        "crossdock_link_Abcdefghijkl-123",
        "crossdock_token_Abcdefghijkl123",
        "crossdock_code_Abcdefghijkl123",
        "whsec_QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Bearer abcdefghijklmnop",
        "Basic YXBpOnMzY3JldC1wYXNz",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
    ],
)
def test_what_looks_like_a_secret_is_taken_out_of_any_text(secret: str) -> None:
    shown = _kept(_json({"note": f"with {secret} in it"}))
    assert secret.rsplit(maxsplit=1)[-1] not in shown
    assert "with" in shown
    assert "in it" in shown


def test_what_is_no_secret_stays_as_it_was() -> None:
    body = {
        "order_number": "N-1",
        "signature_required": True,
        "next_token": "abc",
        "token_type": "Bearer",
        "password_set": False,
        "lines": [{"sku": 'A"B\\C', "quantity": 2, "price": 1.5, "note": None, "pin code": "7"}],
        "url": "https://x.example/a?page=2&limit=3",
    }
    text = json.dumps(body, indent=1)
    assert json.loads(Redactor().json(text)) == {**body, "password_set": False}
    assert (
        Redactor().url("/wms/orders?status=open&page_token=abc") == "/wms/orders?status=open&page_token=abc"
    )


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text('abc"\\{}[],: é', max_size=6), inner)
        ),
        max_leaves=12,
    ).filter(lambda value: isinstance(value, list | dict))
)
def test_json_without_secrets_says_the_same_and_may_break_off_anywhere(value: Any) -> None:
    text = json.dumps({"password": "x", "value": value})
    assert json.loads(Redactor().json(text))["value"] == value
    for end in range(len(text)):
        Redactor().json(text[:end])


def test_a_long_body_is_cut_and_says_so() -> None:
    row = row_of(_json({"a": "ä" * LARGEST_KEPT}))
    assert row["truncated"]
    assert len(row["request_body"].encode()) <= LARGEST_KEPT
    assert not row_of(_json({"a": 1}))["truncated"]


def test_binary_bodies_are_named() -> None:
    row = row_of(_call(request=_body(b"\x89PNG\r\n\x1a\n\0\0", "image/png")))
    assert row["request_body"] == "[10 bytes of image/png]"
