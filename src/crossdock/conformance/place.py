"""An integration that is connected to something of its own, and the requests that a caller makes of it."""

import itertools
import uuid
from base64 import b64decode
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import httpx

from crossdock.conformance.case import Nonconforming, expect
from crossdock.conformance.sticking import Sticking
from crossdock.conformance.subjects import Subject
from crossdock.connector import Account, WriteOperation
from crossdock.doubles.double import Double
from crossdock.doubles.stand import Example, Surroundings
from crossdock.schemas.actions import Action
from crossdock.schemas.fields import NoBody
from crossdock.write_info.schema import BINARY, components

Body = Mapping[str, Any]


class Place:
    """One connected account. No answer may have one of `secrets` in it: `Nonconforming` is raised at once."""

    def __init__(self, client: httpx.Client, subject: Subject, double: Double | None, number: int) -> None:
        self.subject = subject
        self.double = double
        self.double_url = ""
        self.token = ""
        self.account: Account = {}
        self.secrets: list[str] = []
        self._client = client
        self._unique = (f"{number}-{example}" for example in itertools.count(1))
        self._sticking: Sticking | None = None

    def sticking(self, double: Double) -> Sticking:
        """The double, so that it can be made to answer the same for ever."""
        self._sticking = Sticking(double)
        return self._sticking

    def stick(self) -> Sticking:
        """From now on the double answers what it answered first. Raises `LookupError` where it cannot."""
        if self._sticking is None:
            raise LookupError("the place was not made to stick")
        self._sticking.stuck = True
        return self._sticking

    def request(
        self,
        method: str,
        path: str,
        *,
        account: bool = True,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> httpx.Response:
        """A request of the contract; without `account`, no access token is sent."""
        given = dict(headers or {})
        if account:
            given["x-trackstar-access-token"] = self.token
        answer = self._client.request(method, path, headers=given, **more)
        shown = answer.text + repr(answer.headers)
        for secret in self.secrets:
            expect(secret not in shown, f"the answer to {method} {path} shows a secret")
        return answer

    def document(self, *, account: bool = True, **query: str) -> dict[str, Any]:
        """Write-info, by default of the account."""
        integration = self.subject.integration
        path = f"/integrations/{integration.type}/{integration.name}/write-info"
        answer = self.request("GET", path, account=account, params=query)
        expect(answer.status_code == 200, f"GET {path} answered {answer.status_code}: {answer.text}")
        found: dict[str, Any] = answer.json()
        return found

    def send(
        self, operation: WriteOperation[Any], body: Body, record_id: str = "", **headers: str
    ) -> httpx.Response:
        """A write as a caller sends it; header names have `_` for `-`."""
        action = operation.action
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        path = path_of(action, record_id)
        if operation.body is NoBody:
            return self.request(action.method, path, headers=given, json=body or None)
        if action.takes_file:
            return self.request(action.method, path, headers=given, files=_form(operation, body))
        return self.request(action.method, path, headers=given, json=body)

    def accepted(self, operation: WriteOperation[Any], example: Example, **headers: str) -> dict[str, Any]:
        """The answer to a write that has to be accepted. Raises `Nonconforming`."""
        answer = self.send(operation, example.body, example.record_id, **headers)
        if answer.status_code != 200:
            raise Nonconforming(f"{operation.action.name} answered {answer.status_code}: {answer.text}")
        decoded: dict[str, Any] = answer.json()
        return decoded

    def write(self, action: str, body: Body, record_id: str = "") -> dict[str, Any]:
        """What an example uses for the writes that come before its own. Raises `Nonconforming`."""
        return self.accepted(self.operation(action), Example(body, record_id))

    def operation(self, action: str) -> WriteOperation[Any]:
        """The declared write. Raises `Nonconforming` when an example uses one that is not declared."""
        operation = self.subject.integration.write(action)
        if operation is None:
            raise Nonconforming(f"the stand uses {action}, which {self.subject.slug} does not declare")
        return operation

    def example(self, action: str) -> Example:
        """A new example of a write. Raises `Nonconforming` when the stand has none."""
        make = self.subject.stand.examples.get(action)
        if make is None:
            raise Nonconforming(f"the stand of {self.subject.slug} has no example of {action}")
        return make(Surroundings(next(self._unique), self.write, self.step))

    def step(self, path: str) -> dict[str, Any]:
        """What an example uses to let something happen. Raises `Nonconforming`."""
        answer = self.request("POST", path)
        expect(answer.status_code == 200, f"POST {path} answered {answer.status_code}: {answer.text}")
        decoded: dict[str, Any] = answer.json()
        return decoded


def path_of(action: Action, record_id: str) -> str:
    """The path of a write about a record."""
    return (
        action.path.replace(f"{{{action.parameter}}}", quote(record_id, safe=""))
        if action.parameter
        else action.path
    )


def new_key() -> str:
    """An idempotency key that was never used."""
    return uuid.uuid4().hex


def _form(operation: WriteOperation[Any], body: Body) -> dict[str, tuple[str | None, Any]]:
    """A multipart form: files as bytes, everything else as text."""
    shown = components(operation.body, {})[operation.body.__name__]["properties"]
    form: dict[str, tuple[str | None, Any]] = {}
    for name, value in body.items():
        if shown.get(name, {}).get("format") == BINARY:
            content = b64decode(value) if isinstance(value, str) else value
            form[name] = (str(body.get("file_name", "file")), content)
        else:
            form[name] = (None, str(value))
    return form or {"": (None, "")}
