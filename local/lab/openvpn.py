"""The OpenVPN server on a VPN instance and the client on the company host."""

from ipaddress import IPv4Network
from pathlib import Path

from local.lab.keys import Certificate

_COMMON = [
    "--dev",
    "tun0",
    "--dev-type",
    "tun",
    "--proto",
    "udp4",
    "--topology",
    "subnet",
    "--keepalive",
    "2",
    "20",
    "--persist-tun",
    "--verb",
    "3",
]
# A company laptop sends all private addresses into the tunnel, whether a service is connected there or not.
_PRIVATE = [IPv4Network(c) for c in ("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16")]


def server(address: str, pool: IPv4Network, own: Certificate, peer: Certificate) -> list[str]:
    pushed = [argument for net in _PRIVATE for argument in ("--push", f"route {net.network_address} {net.netmask}")]
    return [
        "openvpn",
        *_COMMON,
        "--local",
        address,
        "--server",
        str(pool.network_address),
        str(pool.netmask),
        "--dh",
        "none",
        *_identity(own, peer),
        *pushed,
    ]


def client(server_address: str, own: Certificate, peer: Certificate) -> list[str]:
    return [
        "openvpn",
        *_COMMON,
        "--client",
        "--remote",
        server_address,
        "--nobind",
        "--connect-retry",
        "1",
        "2",
        *_identity(own, peer),
    ]


def is_up(log: Path) -> bool:
    return "Initialization Sequence Completed" in log.read_text(errors="replace")


def _identity(own: Certificate, peer: Certificate) -> list[str]:
    return ["--cert", str(own.path), "--key", str(own.key), "--peer-fingerprint", peer.fingerprint]
