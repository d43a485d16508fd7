"""What systemd does at boot with what an instance has on its disk: kernel settings, then the units that are wanted.

The machines of the lab have no systemd (it would be the real one's); so the little that the NAT document asks of it is done here:
sysctl.d(5) for settings of the network namespace, and services with ConditionPathExists and ExecStart (systemd.unit(5),
systemd.service(5)): oneshot ones are run, the others are left running. Only files in the machine's own layer count: below it lies the file system of the machine that the lab runs on.
"""

import configparser
import shlex

from local.lab.host import Completed, Host


def boot(host: Host) -> list[Completed]:
    """How each oneshot unit ended. As with systemd, one that fails does not stop the boot."""
    for line in _lines(host, "sysctl.d/*.conf"):
        name, _, value = (part.strip() for part in line.partition("="))
        if name.startswith("net."):
            host.run(["sh", "-c", 'echo "$1" >"/proc/sys/$2"', "sh", value, name.replace(".", "/")])
    ended = []
    for service in _services(host):
        command = shlex.split(service["Service"]["ExecStart"])
        if service["Service"].get("Type") == "oneshot":
            ended.append(host.run(command))
        else:
            host.spawn(command, host.layer.parent / f"{host.name}.units.log")
    return ended


def _services(host: Host) -> list[configparser.ConfigParser]:
    found = []
    for path in _run(host, 'ls "$1"/systemd/system/*.service 2>/dev/null').split():
        unit = configparser.ConfigParser(strict=False, interpolation=None)
        unit.optionxform = str  # type: ignore[assignment,method-assign]
        unit.read_string(host.must(["cat", path]))
        condition = unit["Unit"].get("ConditionPathExists")
        if unit.has_section("Install") and (condition is None or host.run(["test", "-e", condition]).exit == 0):
            found.append(unit)
    return found


def _lines(host: Host, pattern: str) -> list[str]:
    return _run(host, f'cat "$1"/{pattern} 2>/dev/null').splitlines()


def _run(host: Host, script: str) -> str:
    return host.run(["sh", "-c", script, "sh", f"{host.layer}/etc/upper"]).stdout
