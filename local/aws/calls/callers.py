"""The process at the other end of a connection to this machine."""

import os
import re
import signal
from pathlib import Path

_SOCKET = re.compile(r"socket:\[(\d+)\]")


def kill(port: int) -> bool:
    """SIGKILL, as the kernel gives it where a function takes more memory than it has. False: nobody holds that
    connection any more.

    `port`: that of the caller's end.
    """
    process = _process_with(_sockets_at(port))
    if process is None:
        return False
    os.kill(process, signal.SIGKILL)
    return True


def _sockets_at(port: int) -> set[str]:
    """Inodes of the sockets whose local port it is; Java's are IPv6 ones, also for IPv4 addresses."""
    lines = [
        line.split() for table in ("tcp", "tcp6") for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
    ]
    return {fields[9] for fields in lines if int(fields[1].rsplit(":", 1)[1], 16) == port and fields[9] != "0"}


def _process_with(inodes: set[str]) -> int | None:
    for descriptor in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            found = _SOCKET.fullmatch(os.readlink(descriptor))
        except OSError:  # it is gone, or not ours to look at
            continue
        if found and found.group(1) in inodes:
            return int(descriptor.parts[2])
    return None
