"""Tells whether the process that holds a write is still there, where that can be told.

A process is known by the machine's boot, its process namespace, its number and its time of start. Of a
process elsewhere nothing is known, and its lease decides.
"""

import os
from functools import cache
from pathlib import Path


@cache
def this_process() -> str:
    """The name of this process, or an empty string where `/proc` does not tell one."""
    here = _place()
    started = _started(os.getpid())
    return f"{here} {os.getpid()} {started}" if here and started else ""


def is_gone(owner: str | None) -> bool:
    """Whether the owner was a process of this very place and has ended; false when it cannot be told."""
    place, _, process = (owner or "").partition(" ")
    number, _, started = process.partition(" ")
    if not started or place != _place():
        return False
    return _started(int(number)) != started


@cache
def _place() -> str:
    """This boot of this machine and this process namespace: containers number their processes anew."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}/{os.stat('/proc/self/ns/pid').st_ino}"
    except OSError:
        return ""


def _started(pid: int) -> str:
    """When a process started, in ticks since boot; empty when there is none (proc(5), field 22)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in {"Z", "X"} else fields[19]
