"""A real sshd on a machine of the lab, and the real ssh that talks to it."""

import time
from pathlib import Path

from local.lab import keys
from local.lab.host import Host

_SETTINGS = {
    "ListenAddress": "0.0.0.0",
    "PermitRootLogin": "prohibit-password",
    "PasswordAuthentication": "no",
    "UsePAM": "no",
    "StrictModes": "no",
    "UseDNS": "no",
    "PidFile": "none",
    "PrintLastLog": "no",
    "LogLevel": "INFO",
}


def start(host: Host, folder: Path, authorized: str) -> str:
    """Starts sshd and gives its public host key. It may take a moment to listen: see `wait`."""
    public = keys.ssh_key(folder / "host_key")
    (folder / "authorized_keys").write_text(authorized + "\n")
    settings = _SETTINGS | {"HostKey": folder / "host_key", "AuthorizedKeysFile": folder / "authorized_keys"}
    (folder / "sshd_config").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    host.spawn(["/usr/sbin/sshd", "-D", "-e", "-f", str(folder / "sshd_config")], _log(folder))
    return public


def wait(folder: Path, timeout: float = 60) -> None:
    """Returns once the sshd that was started with this folder listens, as systemd does with its unit (Type=notify)."""
    deadline = time.monotonic() + timeout
    while "Server listening on" not in (said := _log(folder).read_text(errors="replace")):
        if time.monotonic() > deadline:
            raise TimeoutError(f"sshd does not listen after {timeout} s: {said}")
        time.sleep(0.005)


def client(key: Path, known_hosts: Path, to_ip: str, command: str, connect_timeout: int) -> list[str]:
    """-tt: a session with a terminal is entered in /run/utmp, so that `who` shows where it comes from."""
    return [
        "ssh",
        "-tt",
        "-F",
        "none",
        "-i",
        str(key),
        "-o",
        "BatchMode=yes",
        "-o",
        "LogLevel=ERROR",
        "-o",
        f"UserKnownHostsFile={known_hosts}",
        "-o",
        "StrictHostKeyChecking=yes",
        "-o",
        f"ConnectTimeout={connect_timeout}",
        f"root@{to_ip}",
        command,
    ]


def _log(folder: Path) -> Path:
    return folder / "sshd.log"
