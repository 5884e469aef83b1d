"""What a newcomer runs first: the demo, and the double on its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from crossdock.doubles.stand import installed_stands

CROSSDOCK = [sys.executable, "-m", "crossdock"]


@contextmanager
def printing(*arguments: str, until: str) -> Iterator[list[str]]:
    """A command that goes on, and the lines it printed up to the one with `until` in it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CROSSDOCK_")}
    process = subprocess.Popen([*CROSSDOCK, *arguments], stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if until in line:
            break
    try:
        yield lines
    finally:
        process.terminate()
        process.wait(30)


def test_the_lines_that_the_demo_prints_work_as_they_are(tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("there is no curl here to try the printed lines with")
    with printing("demo", "--port", "0", until="returnOrderNumbers=") as lines:
        script = "".join(line for line in lines if not line.startswith(("Crossdock", "Both")))
        for step in ("# 2.", "# 3.", "# 4."):
            script = script.replace(step, f"echo; {step}")
        ran = subprocess.run(
            ["bash", "-c", script],
            capture_output=True, text=True, check=True, timeout=60, cwd=tmp_path,
        )  # fmt: skip
    document, preview, written, there = [json.loads(line) for line in ran.stdout.splitlines() if line]
    assert list(document["paths"]) == ["/wms/returns"]
    assert preview["vendor_request"]["body"]["returnOrderNumber"] == "RMA-1"
    assert written["data"]["line_items"][0]["sku"] == "TEST-SKU"
    assert str(there[0]["returnOrderInfo"]["returnOrderId"]) == written["id"]


def test_the_double_alone_has_the_causes_it_is_told() -> None:
    causes = ["--return-cause", "1=damaged", "--return-cause", "13=wrong size:remove"]
    with printing("double", "ongoing", "--port", "0", *causes, until="listens on") as lines:
        url = lines[-1].split("listens on ")[1].strip()
        answer = httpx.get(
            f"{url}returnOrders/returnCauses",
            params={"goodsOwnerId": 9},
            auth=("any", "one"),
            trust_env=False,
        )
    rows = answer.json()["returnCauses"]
    assert [(row["code"], row["name"], row["isRemoveCause"]) for row in rows] == [
        ("1", "damaged", False),
        ("13", "wrong size", True),
    ]


def test_a_return_cause_that_cannot_be_read_is_refused() -> None:
    done = subprocess.run(
        [*CROSSDOCK, "double", "ongoing", "--return-cause", "damaged"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "CODE=NAME" in done.stderr


def test_one_script_sends_the_same_bodies_into_every_warehouse(tmp_path: Path) -> None:
    accounts = tmp_path / "accounts.json"
    with printing("demo", "--port", "0", "--accounts", str(accounts), until="accounts are in"):
        assert accounts.stat().st_mode & 0o077 == 0
        script = Path(__file__).parents[1] / "examples" / "same_bodies.py"
        ran = subprocess.run(
            [sys.executable, script, accounts], capture_output=True, text=True, check=False, timeout=100
        )
    assert ran.returncode == 0, ran.stderr
    for slug in installed_stands():
        if not slug.startswith("wms/"):
            continue
        _, _, printed = ran.stdout.partition(f"{slug}\n")
        of_this = printed.partition("\nwms/")[0]
        for path in ("/wms/orders", "/wms/inbound-shipments", "/wms/returns"):
            assert f"POST {path}: id " in of_this, of_this


def test_a_double_runs_alone_and_says_what_it_takes() -> None:
    with printing("double", "run", "wms/shipbob", "--port", "0", until="It takes") as lines:
        url = lines[-2].split("listens on ")[1].strip()
        assert f"api_url={url}" in lines[-1]
        assert httpx.get(f"{url}/1.0/location").status_code == 401


def test_a_double_that_there_is_not_is_named() -> None:
    ran = subprocess.run(
        [*CROSSDOCK, "double", "run", "wms/sandbox"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert "There is no double of wms/sandbox. There are: " in ran.stderr
