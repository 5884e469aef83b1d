"""The other side of `forked`: a process that imports Crossdock, and forks for each command it is asked for.

It is asked over a socket whose number is its argument: a line of JSON with the arguments and the environment,
and four files, which are standard input, output and error, and where the exit code goes.
"""

import gc
import json
import os
import runpy
import select
import signal
import socket
import sys
import time
from contextlib import suppress
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

MODULES = (
    *("accounts", "carrier", "integrations", "keys", "secrets", "server", "sync", "users", "webhooks"),
    *("worker",),
)
LONGEST = 1 << 20
FILES = 4


def _load() -> None:
    """Imports what commands import, and calls nothing of it: each command starts from there by itself."""
    for name in MODULES:
        import_module(f"crossdock.cli.{name}")
    import_module("crossdock.work.engine")
    import_module("crossdock.work.ticks")
    import_module("cryptography.fernet")
    import_module("uvloop")
    for integration in entry_points(group="crossdock.integrations"):
        integration.load()
    gc.collect()
    gc.freeze()


def _next_command(control: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """The command that is asked for as JSON and its files; `None` when nobody will ask any more."""
    data, files, _, _ = socket.recv_fds(control, LONGEST, FILES)
    while data and not data.endswith(b"\n"):
        data += control.recv(LONGEST)
    return (json.loads(data), files) if data else None


def _become(command: dict[str, Any], files: list[int]) -> None:
    """In the forked process: what a new process would have found, and then the program."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, file in enumerate(files[:3]):
        os.dup2(file, number)
    for file in files:
        os.close(file)
    os.environ.clear()
    os.environ.update(command["environment"])
    time.tzset()
    program = command["arguments"]
    if program[0] == "-m":
        sys.argv = program[1:]
        runpy.run_module(program[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = program
        runpy.run_path(program[0], run_name="__main__")


def main() -> None:
    """Forks until the other side is gone."""
    control = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ended, wake = socket.socketpair()
    ended.setblocking(False)
    wake.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake.fileno())
    _load()
    running: dict[int, int] = {}
    while True:
        asked, _, _ = select.select([control, ended], [], [])
        if ended in asked:
            ended.recv(LONGEST)
            _tell_ends(running)
        if control not in asked:
            continue
        given = _next_command(control)
        if given is None:
            return None
        command, files = given
        pid = os.fork()
        if pid == 0:
            for held in (control, ended, wake):
                held.close()
            for file in running.values():
                os.close(file)
            return _become(command, files)
        for file in files[:3]:
            os.close(file)
        running[pid] = files[3]
        control.sendall(b"%d\n" % pid)


def _tell_ends(running: dict[int, int]) -> None:
    for pid in list(running):
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            file = running.pop(pid)
            with suppress(BrokenPipeError):  # nobody waits for it any more
                os.write(file, b"%d" % os.waitstatus_to_exitcode(status))
            os.close(file)


if __name__ == "__main__":
    main()
