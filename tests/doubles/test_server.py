"""Running a double: from a thread, from a process, and not at all when the port is taken."""

import signal
import subprocess
import sys

import httpx
import pytest

from crossdock.doubles.ongoing import OngoingDouble
from crossdock.doubles.server import running

SERVED = """
from crossdock.doubles.ongoing import OngoingDouble
from crossdock.doubles.server import serve
serve(OngoingDouble(), on_started=lambda url: print(url, flush=True))
"""


def test_a_process_serves_until_it_is_told_to_stop() -> None:
    with subprocess.Popen([sys.executable, "-c", SERVED], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        answer = httpx.get(f"{url}/any/prefix/api/v1/warehouses", auth=("u", "p"), trust_env=False)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) in (0, -signal.SIGTERM)
    assert answer.status_code == 200


def test_a_taken_port_is_said_at_once_and_freed_at_the_end() -> None:
    with running(OngoingDouble()) as url:
        port = int(url.rsplit(":", 1)[1])
        with pytest.raises(OSError, match="in use"), running(OngoingDouble(), port=port):
            pass
    with running(OngoingDouble(), port=port) as again:
        assert again == url


def test_one_double_may_be_served_twice() -> None:
    double = OngoingDouble()
    with running(double) as first:
        with running(double) as second:
            httpx.get(f"{first}/api/v1/warehouses", auth=("u", "p"), trust_env=False)
            httpx.get(f"{second}/api/v1/warehouses", auth=("u", "p"), trust_env=False)
        assert httpx.get(f"{first}/_double/state", trust_env=False).status_code == 200
    assert double.counts["GET /warehouses"] == 2
