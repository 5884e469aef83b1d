"""The processes that a benchmark needs, ended with it."""

import json
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from benchmarks.accounts import environment

GOODS_OWNER = 42
MODULE = (sys.executable, "-m")
SECONDS_TO_START = 60
SECONDS_TO_STOP = 30


@dataclass(frozen=True, slots=True)
class Process:
    """A running server: where it listens and its process id."""

    url: str
    pid: int

    def cpu_seconds(self) -> float:
        """The processor time that it has used."""
        times = psutil.Process(self.pid).cpu_times()
        return float(times.user + times.system)

    def megabytes(self) -> float:
        """Its resident size."""
        return float(psutil.Process(self.pid).memory_info().rss / 1024**2)


@contextmanager
def serving(*command: str, env: dict[str, str] | None = None) -> Iterator[Process]:
    """A server that says `listens on URL` in its first line."""
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        readable, _, _ = select.select([process.stdout], [], [], SECONDS_TO_START)
        line = process.stdout.readline() if readable else ""
        if "listens on " not in line:
            raise RuntimeError(f"{command} did not start")
        yield Process(line.split("listens on ")[1].strip().rstrip("/"), process.pid)
    finally:
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@dataclass(frozen=True, slots=True)
class Connected:
    """A Crossdock with an account at a double."""

    crossdock: Process
    double: str
    headers: dict[str, str]


@contextmanager
def connected(latency: float = 0.0) -> Iterator[Connected]:
    """A double with that latency in seconds, an account of it, and a server, all on this machine."""
    with TemporaryDirectory(prefix="crossdock-benchmark-") as folder:
        env = environment(folder)
        double_command = [*MODULE, "crossdock", "double", "ongoing", "--port", "0", "--latency", str(latency)]
        with serving(*double_command) as double:
            key = _run(env, "keys", "create", "--org", "benchmark").strip()
            fields = {
                "username": "u",
                "password": "p",
                "goods_owner_id": str(GOODS_OWNER),
                "api_url": double.url,
            }
            pairs = [part for name, value in fields.items() for part in ("--credential", f"{name}={value}")]
            made: Any = json.loads(_run(env, "connect", "wms/ongoing", "--org", "benchmark", *pairs))
            with serving(*MODULE, "crossdock", "serve", "--port", "0", env=env) as crossdock:
                headers = {"x-trackstar-api-key": key, "x-trackstar-access-token": made["access_token"]}
                yield Connected(crossdock, double.url, headers)


def _run(env: dict[str, str], *arguments: str) -> str:
    command = [*MODULE, "crossdock", *arguments]
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True, timeout=60).stdout


@contextmanager
def reference(kind: str, *arguments: str | Path) -> Iterator[Process]:
    """One of `benchmarks.references`."""
    with serving(*MODULE, "benchmarks.references", kind, *map(str, arguments)) as process:
        yield process
