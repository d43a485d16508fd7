"""Removes what a lab left behind: `python -m local.lab.sweep NAME`, or without a name what belongs to nobody any more.

A killed rig leaves no process and no cable (see host.py), only the names of its network namespaces.
"""

import contextlib
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

PREFIX = "pw-"
_NAMES = Path("/run/netns")
_Network = tuple[int, int]


def netns(rig: str, host: str) -> str:
    return f"{PREFIX}{rig}-{host}"


def sweep(rig: str | None = None) -> list[str]:
    """Ends and removes everything of the named rig; without a name, namespaces in which no process lives."""
    # The names first: a machine has a process before it has a name, so one that starts just now is seen to live.
    names = sorted(_NAMES.glob(f"{PREFIX}*"))
    removed, processes = [], _processes()
    for path in names:
        name = path.name
        if rig is not None and not re.fullmatch(f"{re.escape(netns(rig, ''))}[a-z]+(-[0-9a-f]+)?", name):
            continue
        network = _network(path)
        living = processes.get(network, []) if network else []
        if rig is None and living:
            continue
        for pid in living:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        subprocess.run(["ip", "netns", "delete", name], capture_output=True, check=False)
        removed.append(name)
    return removed


def _processes() -> dict[_Network, list[int]]:
    """Those of each network, in one look at all of them, where `ip netns pids` takes one for each name."""
    found: dict[_Network, list[int]] = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        if network := _network(Path("/proc", pid, "ns", "net")):
            found.setdefault(network, []).append(int(pid))
    return found


def _network(path: Path) -> _Network | None:
    """What tells network namespaces apart (namespaces(7)); nothing where it has ended meanwhile."""
    try:
        there = path.stat()
    except OSError:
        return None
    return there.st_dev, there.st_ino


if __name__ == "__main__":
    for gone in sweep(*sys.argv[1:2]):
        print(gone)
