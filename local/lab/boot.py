"""What systemd does at boot with what an instance has on its disk: kernel settings, then the units that are enabled.

The machines of the lab have no systemd (it would be the real one's); so the little that the NAT document asks of it is
done here (sysctl.d(5), settings of the network namespace only) and in systemctl.py. Only files in the machine's own
layer count: below it lies the file system of the machine that the lab runs on.
"""

from pathlib import Path

from local.lab.host import Completed, Host

_SYSTEMCTL = Path(__file__).with_name("systemctl.py")
_PUT_SYSTEMD = """
set -e
mkdir -p /run/systemd/system "$1/sbin/upper" "$1/sbin/work"
mount -t overlay overlay -o "lowerdir=/usr/local/sbin,upperdir=$1/sbin/upper,workdir=$1/sbin/work" /usr/local/sbin
cat >/usr/local/sbin/systemctl
chmod 755 /usr/local/sbin/systemctl
"""


def put_systemd(host: Host) -> None:
    """From now on programs on the machine find that systemd runs (sd_booted(3)), and its command."""
    host.must(["sh", "-c", _PUT_SYSTEMD, "sh", str(host.layer)], stdin=_SYSTEMCTL.read_bytes())


def boot(host: Host) -> list[Completed]:
    """How the start of each enabled unit ended. As with systemd, one that fails does not stop the boot."""
    for line in _lines(host, 'cat "$1"/sysctl.d/*.conf'):
        name, _, value = (part.strip() for part in line.partition("="))
        if name.startswith("net."):
            host.run(["sh", "-c", 'echo "$1" >"/proc/sys/$2"', "sh", value, name.replace(".", "/")])
    links = _lines(host, 'find "$1"/systemd/system -path "*.wants/*.service"')
    return [host.run(["systemctl", "start", unit]) for unit in sorted({Path(link).name for link in links})]


def _lines(host: Host, script: str) -> list[str]:
    return host.run(["sh", "-c", f"{script} 2>/dev/null", "sh", f"{host.layer}/etc/upper"]).stdout.splitlines()
