#!/usr/bin/python3 -IS
"""systemctl(1) on a machine of the lab, which has no systemd: it would be the real one's.

It knows what the NAT document and the commands of docs/deploy.md ask for: daemon-reload, enable and disable (with
--now or without), start, restart, stop, is-enabled and is-active; and of a unit ConditionPathExists, Type=oneshot
with RemainAfterExit, ExecStart, Restart=always, RestartSec and WantedBy (systemd.unit(5), systemd.service(5)). It
runs by itself on the machine, and so imports nothing of the lab's; and often, so what a question does not need is
imported where it is needed.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from configparser import ConfigParser

UNITS = "/etc/systemd/system"
STATES = "/run/systemd/states"
"""A file for each unit that is active: the process group of what it runs, or nothing for a oneshot unit that has run.
"""


class Unit:
    def __init__(self, name: str) -> None:
        self.name, self.file, self._state = name, f"{UNITS}/{name}", f"{STATES}/{name}"
        if not os.path.exists(self.file):
            sys.exit(f"Unit {name} could not be found.")

    @property
    def _parsed(self) -> ConfigParser:
        from configparser import ConfigParser

        parsed = ConfigParser(strict=False, interpolation=None)
        parsed.optionxform = str  # type: ignore[assignment,method-assign]
        parsed.read(self.file)
        return parsed

    @property
    def links(self) -> list[str]:
        wanted_by = self._parsed.get("Install", "WantedBy", fallback="").split()
        return [f"{UNITS}/{target}.wants/{self.name}" for target in wanted_by]

    def enable(self) -> None:
        for link in self.links:
            os.makedirs(os.path.dirname(link), exist_ok=True)
            if not os.path.islink(link):
                os.symlink(self.file, link)

    def disable(self) -> None:
        for link in filter(os.path.islink, self.links):
            os.unlink(link)

    @property
    def is_enabled(self) -> bool:
        targets = [name for name in os.listdir(UNITS) if name.endswith(".wants")]
        return any(os.path.islink(f"{UNITS}/{target}/{self.name}") for target in targets)

    @property
    def is_active(self) -> bool:
        if not os.path.exists(self._state):
            return False
        group = self._group()
        return not group or _runs(int(group))

    def start(self) -> None:
        parsed = self._parsed
        condition = parsed.get("Unit", "ConditionPathExists", fallback="")
        if self.is_active or (condition and not os.path.exists(condition)):
            return
        import shlex
        import subprocess

        os.makedirs(STATES, exist_ok=True)
        service = parsed["Service"]
        if service.get("Type") == "oneshot":
            ended = subprocess.run(shlex.split(service["ExecStart"]), stdin=subprocess.DEVNULL, check=False)
            if ended.returncode != 0:
                sys.exit(f"Job for {self.name} failed because the control process exited with error code.")
            self._note("")
            return
        command = service["ExecStart"]
        if service.get("Restart") == "always":
            command = f"while :; do {command}; sleep {service['RestartSec']}; done"
        with open(f"/run/{self.name}.log", "ab") as log:
            running = subprocess.Popen(
                ["sh", "-c", command], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        self._note(str(running.pid))

    def stop(self) -> None:
        import signal

        if self.is_active and (group := self._group()):
            os.killpg(int(group), signal.SIGKILL)
        if os.path.exists(self._state):
            os.unlink(self._state)

    def _group(self) -> str:
        with open(self._state) as state:
            return state.read()

    def _note(self, group: str) -> None:
        with open(self._state, "w") as state:
            state.write(group)


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
