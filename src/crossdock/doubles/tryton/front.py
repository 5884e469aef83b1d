"""A door before a real Tryton: it passes calls on, remembers them, and misbehaves when told to.

Everything that is answered is Tryton's own, but for the faults that a test tells. A call is named after its
method (`model.sale.sale.create`), since all of them go to one path.
"""

import atexit
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import httpx
import orjson
from starlette.datastructures import Headers

from crossdock.doubles.double import Double, Received
from crossdock.doubles.faults import Answer
from crossdock.doubles.specification import Call
from crossdock.doubles.tryton.installed import installed, program
from crossdock.doubles.tryton.process import DATABASE, TrytonProcess, copied

PASSED_ON = ("authorization", "content-type", "accept")
ANSWERS_WITHIN = 60.0


@lru_cache(maxsize=1)
def shared_process() -> TrytonProcess:
    """A Tryton for everybody in this process of Python, until it ends. Raises `NotInstalled`.

    Starting one takes seconds, and those who share one need not know of what the others do in it.
    """
    home = installed()
    folder = tempfile.mkdtemp(prefix="crossdock-tryton-")
    data = copied(home / "data", Path(folder) / "data")
    process = TrytonProcess(program(home, "trytond"), data)
    atexit.register(_end, process, folder)
    process.start()
    return process


class TrytonFront(Double):
    """A door before a Tryton. Raises `NotInstalled` when there can be none."""

    def __init__(self) -> None:
        super().__init__()
        self.process = shared_process()
        self._client = httpx.Client(base_url=self.process.url, timeout=ANSWERS_WITHIN, trust_env=False)

    def call(self, received: Received, path: str) -> Call:
        """The method that is called; the path for anything else."""
        return Call(received.method, _method(received.body) or path, {})

    def perform(self, call: Call, received: Received, headers: Headers) -> Answer:  # noqa: ARG002
        """What Tryton answers; a 502 when it does not."""
        kept = {name: headers[name] for name in PASSED_ON if name in headers}
        target = received.path + (f"?{received.query}" if received.query else "")
        try:
            answer = self._client.request(received.method, target, headers=kept, content=received.body)
        except httpx.TransportError:
            return Answer(502, b"<p>Tryton does not answer.</p>", {"content-type": "text/html"})
        told = answer.headers.get("content-type", "application/json")
        return Answer(answer.status_code, answer.content, {"content-type": told})

    def known_call(self, method: str, path: str) -> None:
        """Raises `ValueError` for what is no call of a method."""
        if method != "POST" or not path.startswith(("model.", "common.", f"/{DATABASE}/")):
            raise ValueError(f"{method} {path} is no call of Tryton")


def _method(body: bytes) -> str | None:
    try:
        decoded: Any = orjson.loads(body)
    except ValueError:
        return None
    method = decoded.get("method") if isinstance(decoded, dict) else None
    return method if isinstance(method, str) else None


def _end(process: TrytonProcess, folder: str) -> None:
    process.stop(at_once=True)
    shutil.rmtree(folder, ignore_errors=True)
