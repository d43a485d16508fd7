"""What a rig that has ended must not leave."""

import os
import subprocess
import time
from pathlib import Path


def namespaces(rig: str) -> list[str]:
    listed = subprocess.run(["ip", "netns", "list"], capture_output=True, text=True, check=True).stdout.split()
    return [name for name in listed if rig in name]


def processes_in(directory: Path) -> list[str]:
    """Command lines of processes that name the directory or have it in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            text = (process / "cmdline").read_text() + (process / "environ").read_text(errors="replace")
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        if str(directory) in text and int(process.name) != os.getpid():
            found.append((process / "cmdline").read_text().replace("\0", " "))
    return found


def assert_nothing_left(rig: str, directory: Path) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until and (namespaces(rig) or processes_in(directory)):
        time.sleep(0.1)
    assert namespaces(rig) == []
    assert processes_in(directory) == []
    assert sorted(path.name for path in directory.iterdir()) == ["log"]
