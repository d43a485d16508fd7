"""Replaces 5,000 prefixes under load and counts what got past translation: `python -m local.lab.nat_bench --out FILE`.

Three machines in a row: client, VPN instance, service. The client opens TCP connections as fast as it can while the
real document script replaces the whole set again and again; the service counts packets that still carry a client
address. One try before the first rule shows that the counter does count.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from local.lab import document
from local.lab.host import Host, link
from local.lab.sweep import netns, sweep

POOL, CLIENT, SERVICE, PORT = "172.168.0.0/24", "172.168.0.2", "10.110.0.20", 8080
TARGET = "10.110.0.0/16"

_SERVER = """
import socket, sys
listener = socket.create_server(("", int(sys.argv[1])), backlog=4096)
while True: listener.accept()[0].close()
"""

# Ends when its input closes, at the latest after three minutes. Linger 0 frees the port at once.
_LOAD = """
import json, select, socket, struct, sys, time
made = failed = 0
end = time.monotonic() + 180
print("started", flush=True)
while time.monotonic() < end and not select.select([sys.stdin], [], [], 0)[0]:
    for _ in range(50):
        with socket.socket() as s:
            s.settimeout(1)
            s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            try:
                s.connect((sys.argv[1], int(sys.argv[2]))); made += 1
            except OSError:
                failed += 1
print(json.dumps({"made": made, "failed": failed}))
"""


def measure(prefixes: int, applies: int) -> dict[str, Any]:
    """The figures of one run, made in namespaces of its own."""
    sweep()
    name = f"bench{os.getpid()}"
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        client, vpn, service = (
            opened.enter_context(closing(Host(host, netns(name, host), Path(folder))))
            for host in ("client", "vpn", "service")
        )
        return _measure(client, vpn, service, Path(folder), prefixes, applies)


def _measure(client: Host, vpn: Host, service: Host, folder: Path, prefixes: int, applies: int) -> dict[str, Any]:
    link(client, "eth0", vpn, "tun0")
    link(vpn, "eth0", service, "eth0")
    client.ip("link set eth0 up", f"addr add {CLIENT}/24 dev eth0", "route add default via 172.168.0.1")
    vpn.ip(
        "link set tun0 up", "addr add 172.168.0.1/24 dev tun0", "link set eth0 up", "addr add 10.110.0.1/16 dev eth0"
    )
    service.ip("link set eth0 up", f"addr add {SERVICE}/16 dev eth0")
    service.nft(f"""table ip count {{
        counter untranslated {{ }}
        counter translated {{ }}
        chain in {{ type filter hook prerouting priority raw;
            ip saddr {POOL} counter name untranslated
            ip saddr 10.110.0.1 counter name translated;
        }}
    }}""")
    service.spawn([sys.executable, "-c", _SERVER, str(PORT)], folder / "server.log")

    vpn.must(["sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward"])
    client.run(["timeout", "0.5", "bash", "-c", f"</dev/tcp/{SERVICE}/{PORT}"])
    control = _counter(service, "untranslated")
    service.must(["nft", "reset", "counters"])

    sets = [_prefixes(prefixes, variant) for variant in (0, 1)]
    generation = int(time.time() * 1000) - 1_000_000
    _apply(vpn, sets[1], generation)
    load = subprocess.Popen(
        client.command([sys.executable, "-c", _LOAD, SERVICE, str(PORT)]),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert load.stdout
        load.stdout.readline()
        durations = [_apply(vpn, sets[n % 2], generation + 1 + n) for n in range(applies)]
        transactions = [_transaction(vpn) for _ in range(10)]
        done = json.loads(load.communicate("stop\n", timeout=30)[0])
    finally:
        load.kill()
    return {
        "prefixes": prefixes,
        "applies": applies,
        "connections": done["made"],
        "failedConnections": done["failed"],
        "untranslatedPackets": _counter(service, "untranslated"),
        "translatedPackets": _counter(service, "translated"),
        "untranslatedPacketsWithoutRule": control,
        "applySeconds": {"median": round(statistics.median(durations), 3), "max": round(max(durations), 3)},
        "nftTransactionSeconds": {
            "median": round(statistics.median(transactions), 3),
            "max": round(max(transactions), 3),
        },
        "parameterBytes": len(sets[0]),
    }


def _prefixes(count: int, variant: int) -> str:
    """The service's own CIDR and count-1 others; the two variants have only the former in common."""
    others = (f"10.{i // 128}.{i % 128 * 2 + variant}.0/24" for i in range(count - 1))
    return ",".join([TARGET, *others])


def _apply(vpn: Host, services: str, generation: int) -> float:
    began = time.monotonic()
    out = vpn.must(["sh", "-c", document.script()], env=document.environment(services, POOL, generation), timeout=60)
    result = json.loads(out.splitlines()[-1])
    assert result["outcome"] == "applied" and result["serviceCount"] == services.count(",") + 1, result
    return time.monotonic() - began


def _transaction(vpn: Host) -> float:
    began = time.monotonic()
    vpn.must(["nft", "-f", "/var/lib/peerway/nat.nft"])
    return time.monotonic() - began


def _counter(host: Host, name: str) -> int:
    listed = json.loads(host.must(["nft", "-j", "list", "counter", "ip", "count", name]))
    return int(next(e["counter"]["packets"] for e in listed["nftables"] if "counter" in e))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="where to write the figures, as JSON")
    parser.add_argument("--prefixes", type=int, default=5000)
    parser.add_argument("--applies", type=int, default=50)
    options = parser.parse_args()
    figures = measure(options.prefixes, options.applies)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(figures, indent=2) + "\n")
    print(json.dumps(figures, indent=2))
    if figures["untranslatedPackets"] or not figures["untranslatedPacketsWithoutRule"]:
        raise SystemExit("packets got past translation, or the counter does not count")


if __name__ == "__main__":
    main()
