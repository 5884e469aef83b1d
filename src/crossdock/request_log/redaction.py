"""What must not be kept is taken out: by the name it has, by the form it has, and by what it is known to be.

By name: fields and parameters such as `password`, `access_token` or `signature`. By form: the service's own
keys, tokens and signing secrets, bearer tokens, JSON Web Tokens, what stands before the @ of a URL. By what
it is: the credentials of the account and the keys of the request, however they are encoded.
"""

import re
from base64 import b64encode
from collections.abc import Collection, Sequence
from contextlib import suppress
from urllib.parse import quote, quote_plus, unquote_plus

import orjson

MASK = "[redacted]"
MASK_JSON = f'"{MASK}"'

SHORTEST_KNOWN = 4
"""Characters. A shorter secret would take letters out of every word; its name still hides it."""

_SECRET_NAME = re.compile(
    r"passw|passphrase|pwd|secret|token|api[-_]?key|auth[-_]?code|authorization|credential|private[-_]?key"
    r"|access[-_]?key|cookie|session[-_]?id|csrf|bearer|x-amz-|x-goog-|one[-_]?time",
    re.IGNORECASE,
)
_PARTS_OF_SECRET_NAMES = (
    "pass",
    "pwd",
    "secret",
    "token",
    "key",
    "auth",
    "credential",
    "cookie",
    "session",
    "csrf",
    "bearer",
    "x-amz-",
    "x-goog-",
    "onetime",
    "one-time",
    "one_time",
)
"""One of them is in whatever `_SECRET_NAME` finds; they are found faster, and vendors' lists are long."""
_HARMLESS_NAME = re.compile(r"(?:next|page|sync)[-_]?token$|token[-_]?(?:type|lifetime)$", re.IGNORECASE)
_SECRET_PARAMETERS = frozenset(
    {"signature", "sig", "hmac", "key", "code", "auth", "pass", "googleaccessid", "policy"}
)
_SECRET_KEYS = frozenset({"signature", "otp", "pin"})

_FORMS = re.compile(
    r"crossdock_(?:key|token|link|code|session|magic|invitation)_[\w-]{8,}"
    r"|whsec_[\w+/=-]{8,}"
    r"|eyJ[\w-]{6,}\.[\w-]{6,}\.[\w-]*"
    r"|(?P<scheme>\b(?i:bearer|basic)(?: |\+|%20))[\w.~+/=-]{8,}"
)
_IN_URL = re.compile(r"(?P<name>[?&;]([\w.~%-]+)=)(?P<value>[^&\s\"'<>#\\]+)")
_USER_INFO = re.compile(r"://[^/\s\"'@?#\\]+@")
_XML = re.compile(r"<(?P<name>[\w:.-]+)(?P<more>[^<>]*)>(?P<text>[^<]+)")
_JSON = re.compile(r'"(?:[^"\\]|\\.?)*(?:"|$)|[{}\[\],:]|[^\s"{}\[\],:]+|\s+', re.DOTALL)


def is_secret_name(name: str) -> bool:
    """Whether what has this name in a body is not to be kept."""
    if name.lower() in _SECRET_KEYS:
        return True
    return bool(_SECRET_NAME.search(name)) and not _HARMLESS_NAME.search(name)


def is_secret_parameter(name: str) -> bool:
    """Whether what has this name in a query or a form is not to be kept."""
    return name.lower() in _SECRET_PARAMETERS or is_secret_name(name)


class Redactor:
    """Takes out what is known to be secret for one exchange, and what looks like it."""

    def __init__(self, known: Collection[str] = ()) -> None:
        variants = {form for secret in known if len(secret) >= SHORTEST_KNOWN for form in _forms(secret)}
        longest_first = sorted(variants, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def text(self, text: str) -> str:
        """A text of any kind."""
        if self._known is not None:
            text = self._known.sub(MASK, text)
        text = _FORMS.sub(lambda found: (found["scheme"] or "") + MASK, text)
        if "=" in text:
            text = _IN_URL.sub(_masked_parameter, text)
        if "://" in text:
            text = _USER_INFO.sub(f"://{MASK}@", text)
        return text

    def url(self, url: str) -> str:
        """A URL, or a path with its query."""
        address, mark, query = url.partition("?")
        return self.text(address) + (mark + self.form(query) if mark else "")

    def form(self, text: str) -> str:
        """Pairs of names and values, as in a query and in a URL-encoded body."""
        return "&".join(self._pair(pair) for pair in text.split("&"))

    def _pair(self, pair: str) -> str:
        name, equals, value = pair.partition("=")
        if equals and is_secret_parameter(unquote_plus(name)):
            return f"{self.text(name)}={MASK}"
        plain = unquote_plus(value)
        clean = self.json(plain) if plain[:1] in {"{", "["} else self.text(plain)
        shown = value if clean == plain else quote(clean, safe="[]")
        return self.text(name) + equals + self.text(shown)

    def xml(self, text: str) -> str:
        """Markup: what stands in elements with such names."""
        return self.text(_XML.sub(_masked_element, text))

    def json(self, text: str) -> str:
        """A JSON text, which may break off anywhere."""
        if "\\" not in text and not _may_name_a_secret(text):
            return self.text(text)
        kept: list[str] = []
        # Of each object or list around: whether it is an object, and whether it has a secret name.
        around: list[tuple[bool, bool]] = []
        wants_name = hidden = False
        for found in _JSON.finditer(text):
            part = found[0]
            inside = around[-1] if around else (False, False)
            match part[0]:
                case '"' if wants_name:
                    hidden = inside[1] or is_secret_name(_decoded(part))
                    wants_name = False
                    part = self._string(part)
                case '"':
                    part = MASK_JSON if hidden or inside[1] else self._string(part)
                case "{" | "[":
                    around.append((part == "{", hidden or inside[1]))
                    wants_name, hidden = part == "{", False
                case "}" | "]":
                    if around:
                        around.pop()
                    wants_name = hidden = False
                case ",":
                    wants_name, hidden = inside[0], False
                case ":" | " " | "\n" | "\t" | "\r":
                    pass
                case _ if (hidden or inside[1]) and part not in {"true", "false", "null"}:
                    part = MASK_JSON
                case _:
                    part = self.text(part)
            kept.append(part)
        return "".join(kept)

    def _string(self, part: str) -> str:
        if "\\" not in part:
            return self.text(part)
        plain = _decoded(part)
        clean = self.json(plain) if plain[:1] in {"{", "["} else self.text(plain)
        return self.text(part) if clean == plain else orjson.dumps(clean).decode()


def _may_name_a_secret(text: str) -> bool:
    lowered = text.lower()
    if any(part in lowered for part in _PARTS_OF_SECRET_NAMES) and _SECRET_NAME.search(text):
        return True
    return any(f'"{name}"' in lowered for name in _SECRET_KEYS)


def _decoded(part: str) -> str:
    """What a JSON string says; one that breaks off says what stands there."""
    with suppress(orjson.JSONDecodeError):
        return str(orjson.loads(part))
    return part.strip('"')


def _forms(secret: str) -> Sequence[str]:
    return (
        secret,
        quote(secret, safe=""),
        quote(secret),
        quote_plus(secret),
        orjson.dumps(secret.encode("utf-8", "replace").decode()).decode()[1:-1],
        b64encode(secret.encode("utf-8", "replace")).decode().rstrip("="),
    )


def _masked_parameter(found: re.Match[str]) -> str:
    if is_secret_parameter(unquote_plus(found[2])):
        return f"{found['name']}{MASK}"
    return found[0]


def _masked_element(found: re.Match[str]) -> str:
    if is_secret_name(found["name"]):
        return f"<{found['name']}{found['more']}>{MASK}"
    return found[0]
