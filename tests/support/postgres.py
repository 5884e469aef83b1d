"""A PostgreSQL server of the tests' own, in a temporary folder, on a free port of the loopback."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from crossdock.storage.database import Database


def find_binaries() -> Path | None:
    """The folder of `initdb` and `pg_ctl`: Debian's, the newest, or the one on the path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if folders:
        return folders[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root; root lends it to somebody else."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise RuntimeError("there is no unprivileged user to run PostgreSQL as")


class PostgresServer:
    """A server with one superuser, `crossdock`; `url` has no database name."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self._binaries = binaries
        self._folder = folder
        self._user = _unprivileged()
        if self._user:
            shutil.chown(folder, self._user)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.url = f"postgresql://crossdock@127.0.0.1:{self._port}"
        self._run("initdb", "-D", self._data, "-U", "crossdock", "-A", "trust", "-E", "UTF8", "--no-sync")

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._binaries / program), *arguments]
        subprocess.run(command, check=True, user=self._user, cwd="/", capture_output=True, timeout=120)

    def start(self) -> None:
        """Starts it and waits until it takes connections."""
        # A crash of the server keeps what was committed without it; only one of the machine would not.
        options = (
            f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self._folder} "
            "-c fsync=off -c full_page_writes=off"
        )
        self._run("pg_ctl", "-D", self._data, "-l", str(self._folder / "log"), "-w", "-o", options, "start")

    def stop(self) -> None:
        """Stops it at once, as a crash would."""
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")


@contextmanager
def running_server(binaries: Path) -> Iterator[PostgresServer]:
    """A server of its own in a temporary folder, running."""
    folder = Path(tempfile.mkdtemp(prefix="crossdock-pg-"))
    try:
        server = PostgresServer(binaries, folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(server: str) -> str:
    """A new database on the server, with all tables and nothing in them; its URL."""
    return _created(server, f"test_{uuid4().hex}", _migrated(server))


def empty_database(server: str) -> str:
    """A new database on the server without a table; its URL."""
    return _created(server, f"test_{uuid4().hex}", "template1")


@cache
def _migrated(server: str) -> str:
    """The name of a database that the migrations made tables in once, to be copied."""
    name = f"migrated_{uuid4().hex}"
    Database(_created(server, name, "template1")).close()
    return name


def _created(server: str, name: str, template: str) -> str:
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
    return f"{server}/{name}"
