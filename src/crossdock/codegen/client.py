"""The client of one account: a method for each write, which takes the typed body, and one for each list."""

import keyword
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Template
from typing import Any

MULTIPART = "multipart/form-data"
REF = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class WriteMethod:
    """A write: its name, method and path, the component of its body, and whether that is a form."""

    name: str
    method: str
    path: str
    body: str | None
    is_form: bool


@dataclass(frozen=True, slots=True)
class ListMethod:
    """A list of records: the name of its function and its path."""

    name: str
    path: str


def write_methods(document: Mapping[str, Any], writes: Mapping[str, str]) -> Sequence[WriteMethod]:
    """The writes of a write-info document; `writes` has method and path by the action's name."""
    found = []
    for action, url in writes.items():
        method, path = url.split(" ", 1)
        operation = document["paths"].get(path, {}).get(method.lower())
        if operation is None:
            continue
        content = operation.get("requestBody", {}).get("content", {})
        names = [part["schema"]["$ref"].removeprefix(REF) for part in content.values()]
        found.append(WriteMethod(action, method, path, names[0] if names else None, MULTIPART in content))
    return found


def client_of(name: str, writes: Sequence[WriteMethod], lists: Sequence[ListMethod]) -> str:
    """The source of the client module. `name` is what the account's system is called."""
    bodies = sorted({write.body for write in writes if write.body is not None})
    imported = f"from .models import {', '.join(bodies)}\n" if bodies else ""
    methods = [*(_write(write) for write in writes), *(_list(found) for found in lists)]
    return HEAD.substitute(name=name, imported=imported) + "\n".join(methods)


def _arguments(path: str) -> Sequence[str]:
    return re.findall(r"{(\w+)}", path)


def _write(write: WriteMethod) -> str:
    names = _arguments(write.path)
    typed = [f"{_safe(name)}: str" for name in names]
    if write.body is not None:
        typed.append(f"body: {write.body}")
    signature = ", ".join(
        ["self", *typed, "*", "idempotency_key: str | None = None", "dry_run: bool = False"]
    )
    how = "form" if write.is_form else "json"
    body = "None" if write.body is None else "dict(body)"
    return (
        f"    def {_safe(write.name)}({signature}) -> dict[str, Any]:\n"
        f'        """{write.method} {write.path}."""\n'
        f'        return self._write("{write.method}", {_path(write.path, names)}, {body}, "{how}", '
        "idempotency_key, dry_run)\n"
    )


def _list(found: ListMethod) -> str:
    names = _arguments(found.path)
    signature = ", ".join(["self", *(f"{_safe(name)}: str" for name in names), "**filters: str"])
    return (
        f"    def {_safe(found.name)}({signature}) -> Iterator[dict[str, Any]]:\n"
        f'        """GET {found.path}, page after page; filters such as `**{{"status[eq]": "open"}}`."""\n'
        f"        return self._records({_path(found.path, names)}, filters)\n"
    )


def _path(path: str, names: Sequence[str]) -> str:
    """A Python expression for the path."""
    if not names:
        return f'"{path}"'
    filled = re.sub(r"{(\w+)}", lambda part: f"{{quote({_safe(part[1])}, safe='')}}", path)
    return f'f"{filled}"'


def _safe(name: str) -> str:
    """A name that Python takes."""
    made = re.sub(r"\W", "_", name)
    return f"{made}_" if keyword.iskeyword(made) else made


def parts(writes: Sequence[WriteMethod]) -> Iterator[str]:
    """What the package offers: the client, its error, and the bodies."""
    yield "Client"
    yield "Refused"
    yield from sorted({write.body for write in writes if write.body is not None})


HEAD = Template('''"""A client of Crossdock for one account of $name."""

from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any, Literal, cast
from urllib.parse import quote

import httpx

$imported

class Refused(Exception):
    """A refusal: the HTTP status and the decoded answer, whose `errors` name the fields at fault."""

    def __init__(self, status: int, answer: Mapping[str, Any]) -> None:
        super().__init__(str(answer.get("error", status)))
        self.status = status
        self.answer = answer


class Client:
    """Writes to the account and reads what became of it. Raises `Refused`, and `httpx.HTTPError`."""

    def __init__(
        self, base_url: str, api_key: str, access_token: str, transport: httpx.BaseTransport | None = None
    ) -> None:
        headers = {"x-trackstar-api-key": api_key, "x-trackstar-access-token": access_token}
        self._http = httpx.Client(base_url=base_url, headers=headers, timeout=60, transport=transport)

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._http.close()

    def _write(
        self,
        method: str,
        path: str,
        body: Mapping[str, object] | None,
        how: Literal["json", "form"],
        idempotency_key: str | None,
        dry_run: bool,
    ) -> dict[str, Any]:
        headers = {"x-dry-run": "true"} if dry_run else {}
        if idempotency_key is not None:
            headers["idempotency-key"] = idempotency_key
        if body is None:
            return self._decoded(self._http.request(method, path, headers=headers))
        if how == "json":
            return self._decoded(self._http.request(method, path, headers=headers, json=body))
        form: dict[str, tuple[str | None, bytes]] = {
            name: (str(body.get("file_name", name)), value)
            if isinstance(value, bytes)
            else (None, str(value).encode())
            for name, value in body.items()
        }
        return self._decoded(self._http.request(method, path, headers=headers, files=form))

    def _records(self, path: str, filters: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        query = dict(filters)
        while True:
            page = self._decoded(self._http.get(path, params=query))
            yield from page["data"]
            if not page["next_token"]:
                return
            query["page_token"] = page["next_token"]

    def _decoded(self, answer: httpx.Response) -> dict[str, Any]:
        decoded = cast(dict[str, Any], answer.json())
        if answer.status_code >= httpx.codes.BAD_REQUEST:
            raise Refused(answer.status_code, decoded)
        return decoded

''')
