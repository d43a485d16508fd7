"""Real machines and real packets: the company host, the VPN instance and the service instances as Linux namespaces.

Nothing here is linked to the network of the machine it runs on. What the "AWS network" lets through is worked out from
the state of the local AWS, see fabric.py.
"""

import os
import re
import shutil
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any

from local.lab import fabric, keys, openvpn, sshd
from local.lab.boot import boot, put_systemd
from local.lab.host import Completed, Host, link
from local.lab.sweep import netns, sweep

__all__ = ["COMPANY", "Completed", "Lab"]

COMPANY = "company"
_FABRIC = "fabric"
_INTERNET = IPv4Network("198.51.100.0/24")  # for documentation (RFC 5737); one /30 for each VPN instance
_GATEWAY = "169.254.1.1"  # every instance's next hop, as on many clouds: instances share no layer 2


@dataclass(frozen=True)
class _Wanted:
    """What a machine is made from; if any of it changes the machine is made anew."""

    address: str
    is_vpn: bool
    boot: int  # how often it was started again
    hostname: str = field(compare=False)  # a Name tag set later does not rename a running machine


@dataclass
class _Machine:
    made_from: _Wanted
    host: Host
    port: fabric.Port
    internet: str | None  # a VPN instance's public address, an elastic one: it stays with the instance
    host_key: str


@dataclass
class _Tunnel:
    instance: str
    machine: _Machine  # made anew when the instance starts again
    client: subprocess.Popen[bytes]
    log: Path


class Lab:
    def __init__(self, name: str, workdir: Path, client_pool: str) -> None:
        """name: short and unique among the rigs of this machine. workdir: the lab makes, and removes, `lab` in it."""
        self.name = name
        self.company: Host
        self._workdir = workdir / "lab"
        self._pool = IPv4Network(client_pool)
        self._lock = threading.RLock()
        self._machines: dict[str, _Machine] = {}
        self._internet = _INTERNET.subnets(new_prefix=30)
        self._elastic: dict[str, IPv4Network] = {}
        self._disks: dict[str, Path] = {}  # of machines that were stopped or started again
        self._plugged = 0  # machines ever plugged in: numbers are not used twice
        self._tunnel: _Tunnel | None = None
        self._tunnels = 0
        self._favourite = ""
        self._ruleset = ""

    def up(self) -> None:
        """Starts the company host and an AWS network without instances."""
        sweep()
        self._workdir.mkdir(parents=True)
        self._server_cert = keys.certificate(self._workdir, "server")
        self._client_cert = keys.certificate(self._workdir, "client")
        self._ssh_key = self._workdir / "ssh_key"
        self._authorized = keys.ssh_key(self._ssh_key)
        self._known_hosts = self._workdir / "known_hosts"
        self.company = Host(COMPANY, netns(self.name, COMPANY), self._workdir, hostname="company-laptop")
        sshd.start(self.company, self._folder(COMPANY), self._authorized)  # something a service could try to reach
        sshd.wait(self._folder(COMPANY))
        self._fabric = Host(_FABRIC, netns(self.name, _FABRIC), self._workdir)
        # Addresses of different VPCs may overlap: packets are routed by mark, and what has none is dropped silently.
        self._fabric.must(
            [
                "sh",
                "-c",
                "cd /proc/sys/net/ipv4 && echo 0 >conf/all/rp_filter && "
                "echo 0 >conf/default/rp_filter && echo 1 >ip_forward && ip route add blackhole default",
            ]
        )

    def apply(self, snapshot: dict[str, Any]) -> None:
        """Makes machines and network match the snapshot. Open connections that are still allowed go on.

        A machine that is stopped or started again keeps its disk, and nothing else; one that is no longer there keeps
        nothing.
        """
        with self._lock:
            there = {i["id"] for i in snapshot["instances"]}
            for gone in self._disks.keys() - there:
                self._disks.pop(gone).unlink()
            wanted = {i["id"]: _wanted(i) for i in snapshot["instances"] if i["state"] == "running"}
            for instance in [i for i, m in self._machines.items() if m.made_from != wanted.get(i)]:
                self._remove(instance, keep_disk=instance in there)
            new = sorted(wanted.keys() - self._machines.keys())
            for instance in new:
                self._machines[instance] = self._make(instance, wanted[instance])
            self._known_hosts.write_text(
                "".join(f"{m.made_from.address} {m.host_key}\n" for m in self._machines.values())
            )
            ruleset = fabric.ruleset(snapshot, {i: m.port for i, m in self._machines.items()})
            if ruleset != self._ruleset:
                self._fabric.nft(ruleset)
                self._ruleset = ruleset
            self._connect_company()
            for instance in new:
                sshd.wait(self._folder(instance))

    def connect_company_to(self, instance: str) -> None:
        """From now on the company host uses this VPN instance whenever it runs, and another one while it does not."""
        with self._lock:
            self._favourite = instance
            self._connect_company()

    def exec(
        self, host: str, argv: list[str], env: dict[str, str] | None = None, stdin: bytes = b"", timeout: float = 60
    ) -> Completed:
        """Runs argv as root on `company` or on an instance, named by its id."""
        return self._host(host).run(argv, env, stdin, timeout)

    def has(self, instance: str) -> bool:
        """Whether this instance runs here."""
        return instance in self._machines

    def ssh_command(self, to_ip: str, command: str, connect_timeout: int = 3) -> list[str]:
        """The ssh command of the company host's user, to be run on the company host."""
        return sshd.client(self._ssh_key, self._known_hosts, to_ip, command, connect_timeout)

    def ssh(self, to_ip: str, command: str, connect_timeout: int = 3) -> Completed:
        """A real ssh session from the company host, through the tunnel. Exit 255: no session came about."""
        done = self.company.run(self.ssh_command(to_ip, command, connect_timeout), timeout=connect_timeout + 15)
        return Completed(done.exit, done.stdout.replace("\r\n", "\n"), done.stderr.replace("\r\n", "\n"))

    @property
    def has_tunnel(self) -> bool:
        """Whether the company host has a tunnel, or is about to: a VPN instance runs."""
        return self._tunnel is not None

    def wait_tunnel(self, timeout: float = 90) -> None:
        """Returns once the company host's tunnel is up."""
        deadline = time.monotonic() + timeout
        while not (self._tunnel and openvpn.is_up(self._tunnel.log)):
            if time.monotonic() > deadline:
                why = self._tunnel.log.read_text() if self._tunnel else "there is no running VPN instance"
                raise TimeoutError(f"the tunnel is not up after {timeout} s: {why}")
            time.sleep(0.02)

    def down(self) -> None:
        """Leaves no process, namespace or file behind. A second call does nothing."""
        with self._lock:
            for machine in self._machines.values():
                machine.host.close()
            self._machines.clear()
            for host in (getattr(self, "company", None), getattr(self, "_fabric", None)):
                if host:
                    host.close()
            sweep(self.name)
            shutil.rmtree(self._workdir, ignore_errors=True)

    def _host(self, name: str) -> Host:
        return self.company if name == COMPANY else self._machines[name].host

    def _folder(self, host: str) -> Path:
        folder = self._workdir / f"{host}.files"
        folder.mkdir(exist_ok=True)
        return folder

    def _make(self, instance: str, wanted: _Wanted) -> _Machine:
        self._plugged += 1
        port = fabric.Port(f"eni{self._plugged}", self._plugged)
        disk = self._disks.get(instance)
        host = Host(instance, netns(self.name, instance), self._workdir, wanted.hostname, disk)
        link(host, "eth0", self._fabric, port.interface)
        host.ip(
            "link set eth0 up",
            f"addr add {wanted.address}/32 dev eth0",
            f"route add {_GATEWAY} dev eth0 scope link",
            f"route add default via {_GATEWAY} dev eth0",
        )
        self._fabric.ip(
            f"link set {port.interface} up",
            f"addr add {_GATEWAY}/32 dev {port.interface}",
            f"route add default dev {port.interface} table {1000 + port.mark}",
            f"rule add fwmark {port.mark} lookup {1000 + port.mark}",
        )
        folder = self._folder(instance)
        if wanted.is_vpn:
            put_systemd(host)
        internet = self._open_to_internet(host, folder, port, instance) if wanted.is_vpn else None
        if disk:
            boot(host)
        return _Machine(wanted, host, port, internet, sshd.start(host, folder, self._authorized))

    def _open_to_internet(self, host: Host, folder: Path, port: fabric.Port, instance: str) -> str:
        """Gives a VPN instance a public address that the company host reaches, and its OpenVPN server there."""
        if instance not in self._elastic:
            self._elastic[instance] = next(self._internet)
        outside, laptop = self._elastic[instance].hosts()
        link(host, "inet0", self.company, f"inet{port.mark}")
        host.ip("link set inet0 up", f"addr add {outside}/30 dev inet0")
        self.company.ip(f"link set inet{port.mark} up", f"addr add {laptop}/30 dev inet{port.mark}")
        # The kernel of this machine may forward; a new instance on AWS does not. The NAT document switches it on.
        host.must(["sh", "-c", "echo 0 >/proc/sys/net/ipv4/ip_forward"])
        host.spawn(
            openvpn.server(str(outside), self._pool, self._server_cert, self._client_cert), folder / "openvpn.log"
        )
        return str(outside)

    def _remove(self, instance: str, keep_disk: bool) -> None:
        machine = self._machines.pop(instance)
        if keep_disk:
            self._disks[instance] = self._workdir / f"{instance}.disk"
            machine.host.save(self._disks[instance])
        if machine.internet:  # at once, and not when the kernel has taken the machine's network apart
            self.company.run(["ip", "link", "delete", f"inet{machine.port.mark}"])
        machine.host.close()
        self._fabric.ip(f"rule del fwmark {machine.port.mark}")
        shutil.rmtree(self._folder(instance))

    def _connect_company(self) -> None:
        """Keeps the company host's OpenVPN client at a VPN instance that runs: at the one it was told to use, else at
        the one it has.

        Where that one was started again, so is the client. Left alone it would come back by itself, once it had missed
        the server for twenty seconds.
        """
        servers = {instance: m for instance, m in self._machines.items() if m.internet}
        wanted = next(
            (i for i in (self._favourite, self._tunnel.instance if self._tunnel else "", *servers) if i in servers),
            None,
        )
        if wanted and self._tunnel and self._tunnel.machine is servers[wanted]:
            return
        if self._tunnel:
            os.killpg(self._tunnel.client.pid, signal.SIGTERM)
            self._tunnel.client.wait()
            self._tunnel = None
        if wanted:
            machine = servers[wanted]
            assert machine.internet is not None
            self._tunnels += 1
            log = self._folder(COMPANY) / f"openvpn-{self._tunnels}.log"
            client = self.company.spawn(openvpn.client(machine.internet, self._client_cert, self._server_cert), log)
            self._tunnel = _Tunnel(wanted, machine, client, log)


def _wanted(instance: dict[str, Any]) -> _Wanted:
    name = instance["tags"].get("Name") or instance["id"]
    return _Wanted(
        instance["privateIp"],
        instance["tags"].get("peerway:role") == "vpn",
        instance.get("boot", 0),
        re.sub("[^A-Za-z0-9-]+", "-", name)[:63].strip("-") or instance["id"],
    )
