"""`python -m crossdock ...` as a process that need not import Crossdock first.

Importing is most of what a command costs, and the tests run hundreds. So each process of tests has one other
(`forking`) that has imported everything and is forked for each command. What comes of it is a process like
any other, with a number, an environment, files and an end of its own, and runs the program from its start.
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from threading import Lock
from typing import IO

OF_THE_INTERPRETER = ("PYTHON", "LC_", "LANG", "LD_")
"""Variables that are read when Python starts: who has others than the tests gets a Python of its own."""

WITHIN = 60.0
"""Seconds that a command may take that is run to its end."""

_asking = Lock()


class Forked:
    """A running command, with what tests use of `subprocess.Popen`."""

    def __init__(
        self, pid: int, ended: int, stdout: IO[str] | None = None, stderr: IO[str] | None = None
    ) -> None:
        self.pid = pid
        self.stdout = stdout
        self.stderr = stderr
        self.returncode: int | None = None
        self._ended = ended

    def poll(self) -> int | None:
        """The exit code, as `subprocess` has it; `None` while it runs."""
        return self._look(0)

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, when it has ended. Raises `subprocess.TimeoutExpired`."""
        code = self._look(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
        return code

    def _look(self, timeout: float | None) -> int | None:
        if self.returncode is None and select.select([self._ended], [], [], timeout)[0]:
            self.returncode = int(os.read(self._ended, 16))
            os.close(self._ended)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Sends a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL."""
        self.send_signal(signal.SIGKILL)


def run(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    stdin: str | None = None,
    within: float = WITHIN,
) -> "subprocess.CompletedProcess[str]":
    """Runs Python with these arguments to its end. Raises `subprocess.TimeoutExpired`."""
    if not _is_ours(environment):
        return subprocess.run(
            [sys.executable, *arguments],
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=within,
            check=False,
        )
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write((stdin or "").encode())
        given.seek(0)
        process = _fork(arguments, environment, given.fileno(), out.fileno(), err.fileno())
        try:
            code = process.wait(within)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        out.seek(0)
        err.seek(0)
        said, complained = out.read().decode(), err.read().decode()
    return subprocess.CompletedProcess([sys.executable, *arguments], code, said, complained)


def start(arguments: Sequence[str], environment: Mapping[str, str]) -> "Forked | subprocess.Popen[str]":
    """Starts Python with these arguments, its output and errors to be read from pipes."""
    if not _is_ours(environment):
        return subprocess.Popen(
            [sys.executable, *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    (out, to_out), (err, to_err) = os.pipe(), os.pipe()
    with open(os.devnull) as nothing:
        forked = _fork(arguments, environment, nothing.fileno(), to_out, to_err)
    os.close(to_out)
    os.close(to_err)
    forked.stdout, forked.stderr = os.fdopen(out), os.fdopen(err)
    return forked


def _is_ours(environment: Mapping[str, str]) -> bool:
    def of_python(variables: Mapping[str, str]) -> dict[str, str]:
        kept = {name: value for name, value in variables.items() if name.startswith(OF_THE_INTERPRETER)}
        kept.pop("PYTHONUNBUFFERED", None)
        return kept

    return of_python(environment) == of_python(os.environ)


def _fork(arguments: Sequence[str], environment: Mapping[str, str], *files: int) -> Forked:
    ended, to_ended = os.pipe()
    command = {"arguments": list(arguments), "environment": dict(environment)}
    with _asking:
        control = _control()
        asked = json.dumps(command).encode() + b"\n"
        sent = socket.send_fds(control, [asked], [*files, to_ended])
        control.sendall(asked[sent:])
        os.close(to_ended)
        pid = control.recv(16)
    if not pid:
        raise RuntimeError("the process that is forked has ended")
    return Forked(int(pid), ended)


@cache
def _control() -> socket.socket:
    """The way to the process that is forked. It ends with this one, as nobody asks it then."""
    ours, theirs = socket.socketpair()
    with theirs:
        subprocess.Popen(
            [sys.executable, "-u", "-m", "tests.support.forking", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
        )
    return ours
