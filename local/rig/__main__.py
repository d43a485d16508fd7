"""python -m local.rig up|serve|down|status|exec|ssh [--dir D]"""

import argparse
import faulthandler
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from local.rig.client import RigClient

DEFAULT = Path(tempfile.gettempdir()) / f"peerway-rig-{os.getuid()}"
SERVICES = {"service1": "10.110.0.0/16", "service2": "10.120.0.0/16"}


def serve(
    directory: Path,
    services: bool,
    bind_extra: str | None,
    unit: str | None,
    regions: str,
    freezes: bool,
    until_eof: bool,
    with_console: bool = False,
) -> int:
    """Runs a rig in this process until a signal, or until whoever holds our standard input is gone."""
    from local.aws.accounts import HUB, REGION
    from local.console.account import HubAccount
    from local.console.server import Console
    from local.rig.control import Control
    from local.rig.rig import Rig, write_description

    faulthandler.register(signal.SIGUSR1)  # where every thread is, into the log
    signals = Signals()
    if until_eof:
        threading.Thread(target=_end_with_holder, daemon=True).start()
    began = time.monotonic()
    rig = Rig(directory, bind_extra, unit, regions, freezes)
    control = console = None
    try:
        rig.start()
        if services:
            for name, cidr in SERVICES.items():
                rig.add_service(name, cidr)
        control = Control(rig)
        control.start()
        if with_console:
            console = Console(HubAccount(HUB, REGION, rig.aws.endpoints["ministack"]))
            console.start()
        description = {
            **rig.describe(),
            "control": control.url,
            "console": console.url if console else None,
            "key": control.key,
            "secondsToStart": round(time.monotonic() - began, 1),
        }
        write_description(directory / "rig.json", description)
        print(json.dumps({"ready": str(directory / "rig.json")}), flush=True)
        signals.wait()
    except Interrupted:
        pass
    finally:
        signals.ignore()
        for door in (console, control):
            if door:
                door.stop()
        rig.stop()
        (directory / "rig.json").unlink(missing_ok=True)
    return 0


def _end_with_holder() -> None:
    while os.read(0, 1024):  # not sys.stdin, whose lock would be held at our own exit
        pass
    os.kill(os.getpid(), signal.SIGTERM)


class Interrupted(BaseException):
    """Told to stop."""


class Signals:
    """The first signal to end is raised as Interrupted, wherever the main thread is;
    later ones do not break off the stopping.
    """

    def __init__(self) -> None:
        self._ignored = False
        # A signal that comes just before a blocking call would not wake it; a byte in a pipe stays.
        self._woken, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, self._received)

    def wait(self) -> None:
        while True:
            os.read(self._woken, 1)

    def ignore(self) -> None:
        self._ignored = True

    def _received(self, *_: object) -> None:
        if not self._ignored:
            self._ignored = True
            raise Interrupted


def up(directory: Path, services: bool, bind_extra: str | None, with_console: bool) -> int:
    """Starts a rig in the background and returns when it is ready."""
    if (directory / "rig.json").exists() and _alive(directory):
        print(f"a rig is up in {directory} already", file=sys.stderr)
        return 1
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    argv = [sys.executable, "-m", "local.rig", "serve", "--dir", str(directory)]
    argv += ["--services"] if services else []
    argv += ["--bind", bind_extra] if bind_extra else []
    argv += ["--console"] if with_console else []
    with (directory / "log").open("wb") as log:
        child = subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, start_new_session=True
        )
    assert child.stdout is not None
    try:
        if not child.stdout.readline():
            print((directory / "log").read_text()[-3000:], file=sys.stderr)
            return 1
    except KeyboardInterrupt:
        child.terminate()
        child.wait()
        return 130
    rig = RigClient.of(directory).rig
    print(f"ready after {rig['secondsToStart']} s: {directory / 'rig.json'}")
    return 0


def down(directory: Path) -> int:
    try:
        rig = RigClient.of(directory).rig
    except FileNotFoundError:
        print(f"no rig is up in {directory}")
        return 0
    if _alive(directory):
        os.kill(rig["pid"], signal.SIGTERM)
        while _alive(directory):
            time.sleep(0.05)
    else:  # killed the hard way: its namespaces are still there
        from local.lab.lab import Lab

        Lab(rig["name"], directory, rig["clientPool"]).down()
    shutil.rmtree(directory, ignore_errors=True)
    print("the rig is down")
    return 0


def _alive(directory: Path) -> bool:
    try:
        pid = RigClient.of(directory).rig["pid"]
        return "local.rig" in Path(f"/proc/{pid}/cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def status(directory: Path) -> int:
    if not _alive(directory):
        print(f"no rig is up in {directory}")
        return 1
    print(json.dumps(RigClient.of(directory).ask("/describe"), indent=2))
    return 0


def execute(directory: Path, host: str, argv: list[str]) -> int:
    """Runs argv on `company`, on `vpn`, on a service's machine by the service's name, or by instance id."""
    client = RigClient.of(directory)
    done = client.ask("/exec", host=client.host(host), argv=argv, timeout=60)
    sys.stdout.write(done["stdout"])
    sys.stderr.write(done["stderr"])
    return int(done["exit"])


def ssh(directory: Path, to: str, command: list[str]) -> int:
    """A real ssh session from the company host, through the tunnel."""
    done = RigClient.of(directory).ask("/ssh", to=to, command=" ".join(command) or "hostname; who", connectTimeout=5)
    sys.stdout.write(done["stdout"])
    sys.stderr.write(done["stderr"])
    return int(done["exit"])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m local.rig", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("up", "serve", "down", "status", "exec", "ssh"):
        command = commands.add_parser(name)
        command.add_argument("--dir", type=Path, default=DEFAULT)
        if name in ("up", "serve"):
            command.add_argument("--services", action="store_true", help=f"with {SERVICES}")
            command.add_argument("--console", action="store_true", help="serve the hub's dashboards to a browser")
            command.add_argument("--bind", help="an address the emulators listen on besides 127.0.0.1")
        if name == "serve":
            command.add_argument("--unit", help="only accounts of an organisational unit of this name may connect")
            command.add_argument(
                "--regions", default="", help="those in which service VPCs may lie, separated by commas"
            )
            command.add_argument(
                "--freezes", action="store_true", help="with a change calendar, which is open at first"
            )
            command.add_argument("--until-eof", action="store_true", help="stop when standard input ends")
        if name == "ssh":
            command.add_argument("to")
        if name == "exec":
            command.add_argument("host")
        if name in ("exec", "ssh"):
            command.add_argument("argv", nargs=argparse.REMAINDER)
    asked = parser.parse_args()
    directory = asked.dir.resolve()
    if asked.command in ("up", "serve") and os.geteuid() != 0:
        print("The packet lab makes network namespaces, which only root may: try it with sudo.", file=sys.stderr)
        return 1
    match asked.command:
        case "up":
            return up(directory, asked.services, asked.bind, asked.console)
        case "serve":
            return serve(
                directory,
                asked.services,
                asked.bind,
                asked.unit,
                asked.regions,
                asked.freezes,
                asked.until_eof,
                asked.console,
            )
        case "down":
            return down(directory)
        case "status":
            return status(directory)
        case "ssh":
            return ssh(directory, asked.to, asked.argv)
        case _:
            return execute(directory, asked.host, asked.argv)


if __name__ == "__main__":
    sys.exit(main())
