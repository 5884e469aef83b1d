"""Tryton asked directly, over its JSON-RPC: what fills a database, and what tests compare with.

Source: `trytond/protocols/jsonrpc.py` and `dispatcher.py` of Tryton 8.2. A request is `id`, `method` and
`params`, whose last one is the context; the answer has a `result` or an `error`.
"""

import base64
from decimal import Decimal
from typing import Any

import httpx

ADMIN = "admin"
ADMIN_PASSWORD = "admin-1"  # noqa: S105  (of a server of the tests' own)


class TrytonRefused(Exception):
    """What Tryton said, as it said it."""


class Rpc:
    """A session of one user. `context` is sent with every call."""

    def __init__(self, url: str, database: str, login: str = ADMIN, password: str = ADMIN_PASSWORD) -> None:
        self._client = httpx.Client(base_url=url, timeout=60, trust_env=False)
        self._path = f"/{database}/rpc/"
        self.context: dict[str, Any] = {}
        user, token, _ = self._ask("common.db.login", [login, {"password": password}])
        session = base64.b64encode(f"{login}:{user}:{token}".encode()).decode()
        self._client.headers["authorization"] = f"Session {session}"

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def __call__(self, method: str, *params: Any, **context: Any) -> Any:
        """The result of `model.<name>.<method>`. Raises `TrytonRefused`."""
        return self._ask(method, [*params, {**self.context, **context}])

    def search(self, model: str, domain: list[Any], *names: str, limit: int | None = None) -> list[Any]:
        """The records that a domain finds, by id."""
        found: list[Any] = self(
            f"model.{model}.search_read", domain, 0, limit, [["id", "ASC"]], list(names or ("id",))
        )
        return found

    def create(self, model: str, *records: dict[str, Any]) -> list[int]:
        """The ids of new records."""
        made: list[int] = self(f"model.{model}.create", list(records))
        return made

    def write(self, model: str, identifier: int, values: dict[str, Any]) -> None:
        """Changes one record."""
        self(f"model.{model}.write", [identifier], values)

    def _ask(self, method: str, params: list[Any]) -> Any:
        answer = self._client.post(self._path, json={"id": 1, "method": method, "params": params})
        if answer.status_code != 200:
            raise TrytonRefused(f"{answer.status_code} {answer.text}")
        decoded = answer.json()
        if "error" in decoded:
            raise TrytonRefused(str(decoded["error"]))
        return decoded["result"]


def decimal(value: float | str) -> dict[str, str]:
    """A number that Tryton keeps exactly."""
    return {"__class__": "Decimal", "decimal": str(Decimal(str(value)))}
