#!/usr/bin/python3 -IS
"""systemctl(1) on a machine of the lab, which has no systemd: it would be the real one's.

It knows what the NAT document and the commands of docs/deploy.md ask for: daemon-reload, enable and disable (with
--now or without), start, restart, stop, is-enabled and is-active; and of a unit ConditionPathExists, Type=oneshot
with RemainAfterExit, ExecStart, Restart=always, RestartSec and WantedBy (systemd.unit(5), systemd.service(5)). It
runs by itself on the machine, and so imports nothing of the lab's.
"""

import configparser
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

UNITS = Path("/etc/systemd/system")
STATES = Path("/run/systemd/states")
"""A file for each unit that is active: the process group of what it runs, or nothing for a oneshot unit that has run.
"""


class Unit:
    def __init__(self, name: str) -> None:
        self.name, self.file, self._state = name, UNITS / name, STATES / name
        self._parsed = configparser.ConfigParser(strict=False, interpolation=None)
        self._parsed.optionxform = str  # type: ignore[assignment,method-assign]
        if not self.file.exists():
            sys.exit(f"Unit {name} could not be found.")
        self._parsed.read_string(self.file.read_text())

    @property
    def links(self) -> list[Path]:
        wanted_by = self._parsed.get("Install", "WantedBy", fallback="").split()
        return [UNITS / f"{target}.wants" / self.name for target in wanted_by]

    def enable(self) -> None:
        for link in self.links:
            link.parent.mkdir(exist_ok=True)
            if not link.is_symlink():
                link.symlink_to(self.file)

    def disable(self) -> None:
        for link in self.links:
            link.unlink(missing_ok=True)

    @property
    def is_enabled(self) -> bool:
        return any(link.is_symlink() for link in self.links)

    @property
    def is_active(self) -> bool:
        if not self._state.exists():
            return False
        group = self._state.read_text()
        return not group or _runs(int(group))

    def start(self) -> None:
        condition = self._parsed.get("Unit", "ConditionPathExists", fallback="")
        if self.is_active or (condition and not os.path.exists(condition)):
            return
        STATES.mkdir(parents=True, exist_ok=True)
        service = self._parsed["Service"]
        if service.get("Type") == "oneshot":
            ended = subprocess.run(shlex.split(service["ExecStart"]), stdin=subprocess.DEVNULL, check=False)
            if ended.returncode != 0:
                sys.exit(f"Job for {self.name} failed because the control process exited with error code.")
            self._state.write_text("")
            return
        command = service["ExecStart"]
        if service.get("Restart") == "always":
            command = f"while :; do {command}; sleep {service['RestartSec']}; done"
        with open(f"/run/{self.name}.log", "ab") as log:
            running = subprocess.Popen(
                ["sh", "-c", command], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        self._state.write_text(str(running.pid))

    def stop(self) -> None:
        if self.is_active and (group := self._state.read_text()):
            os.killpg(int(group), signal.SIGKILL)
        self._state.unlink(missing_ok=True)


def _runs(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def main(arguments: list[str]) -> int:
    flags = {argument for argument in arguments if argument.startswith("--")}
    verb, *names = [argument for argument in arguments if argument not in flags]
    if unknown := flags - {"--now", "--quiet"}:
        sys.exit(f"the lab's systemctl does not know {unknown}")
    if verb == "daemon-reload":
        return 0
    for unit in map(Unit, names):
        match verb:
            case "enable":
                unit.enable()
            case "disable":
                unit.disable()
            case "start":
                unit.start()
            case "stop":
                unit.stop()
            case "restart":
                unit.stop()
                unit.start()
            case "is-enabled" if not unit.is_enabled:
                return 1
            case "is-active" if not unit.is_active:
                return 3
            case "is-enabled" | "is-active":
                pass
            case _:
                sys.exit(f"the lab's systemctl does not know {verb}")
        if "--now" in flags:
            unit.start() if verb == "enable" else unit.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
