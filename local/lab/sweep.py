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


def netns(rig: str, host: str) -> str:
    return f"{PREFIX}{rig}-{host}"


def sweep(rig: str | None = None) -> list[str]:
    """Ends and removes everything of the named rig; without a name, namespaces in which no process lives."""
    removed = []
    for path in sorted(_NAMES.glob(f"{PREFIX}*")):
        name = path.name
        if rig is not None and not re.fullmatch(f"{re.escape(netns(rig, ''))}[a-z]+(-[0-9a-f]+)?", name):
            continue
        living = [int(pid) for pid in _ip("netns", "pids", name).split()]
        if rig is None and living:
            continue
        for pid in living:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        _ip("netns", "delete", name)
        removed.append(name)
    return removed


def _ip(*argv: str) -> str:
    return subprocess.run(["ip", *argv], capture_output=True, text=True, check=False).stdout


if __name__ == "__main__":
    for gone in sweep(*sys.argv[1:2]):
        print(gone)
