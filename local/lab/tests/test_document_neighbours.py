"""What others do to our packets on a VPN instance, found by the document, and shown with packets: a client,
the VPN instance, a service.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from local.lab.host import Host, link
from local.lab.sweep import netns, sweep
from local.lab.tests.vpn import CLIENTS, NOW, VpnInstance

SERVICES = "10.110.0.0/16,10.120.0.0/16"
_SERVER = "import socket\nlistener = socket.create_server(('', 22))\nwhile True: listener.accept()[0].close()"


@dataclass
class Way:
    client: Host
    vpn: VpnInstance

    def passes(self) -> bool:
        """Whether a connection comes about, as ssh opens one."""
        return self.client.run(["timeout", "1", "bash", "-c", "</dev/tcp/10.110.0.20/22"]).exit == 0

    def obstacles(self) -> list[dict[str, Any]]:
        obstacles: list[dict[str, Any]] = self.vpn.apply(SERVICES, SSM_Mode="report")["obstacles"]
        return obstacles


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Way]:
    sweep()
    folder = tmp_path_factory.mktemp("way")
    client, vpn, service = (Host(name, netns("waytest", name), folder) for name in ("client", "vpn", "service"))
    link(client, "eth0", vpn, "tun0")
    link(vpn, "eth0", service, "eth0")
    client.ip("link set eth0 up", "addr add 172.168.0.2/24 dev eth0", "route add default via 172.168.0.1")
    vpn.ip(
        "link set tun0 up",
        "addr add 172.168.0.1/24 dev tun0",
        "link set eth0 up",
        "addr add 10.110.0.1/16 dev eth0",
        "route add default via 10.110.0.20",
    )
    service.ip("link set eth0 up", "addr add 10.110.0.20/16 dev eth0")
    server = service.spawn([sys.executable, "-c", _SERVER], folder / "server.log")
    yield Way(client, VpnInstance(vpn))
    server.kill()
    for host in (client, vpn, service):
        host.close()


@pytest.fixture
def way(machines: Way) -> Way:
    machines.vpn.sh(
        "nft flush ruleset; iptables-legacy -P FORWARD ACCEPT; iptables-legacy -F; conntrack -F 2>/dev/null"
    )
    machines.vpn.apply(SERVICES, NOW)
    assert machines.passes() and machines.obstacles() == []
    return machines


def forward(
    rules: str,
    policy: str = "drop",
    table: str = "inet filter",
    priority: str = "0",
    hook: str = "forward",
    kind: str = "filter",
) -> str:
    base = f"type {kind} hook {hook} priority {priority}; policy {policy};"
    return f"table {table} {{ chain its_forward {{ {base}\n{rules}\n}}\n}}"


def forward_with_set(elements: str, rules: str, policy: str = "drop") -> str:
    """As `forward`, with a set `c` of these addresses."""
    chain = forward(rules, policy).split("{", 1)[1]
    return f"table ip filter {{ set c {{ type ipv4_addr; flags interval; elements = {{ {elements} }}; }}\n{chain}"


EST = "ct state established,related accept;"
DOCKER = """table ip filter {
  chain DOCKER { }
  chain DOCKER-USER { counter return; }
  chain its_forward { type filter hook forward priority 0; policy drop;
    counter jump DOCKER-USER
    oifname "docker0" ct state established,related counter accept
    oifname "docker0" counter jump DOCKER
    iifname "docker0" oifname != "docker0" counter accept
    iifname "docker0" oifname "docker0" counter accept
  }
}"""
UFW = """table ip filter {
  chain ufw-before-forward { ct state related,established accept; ip protocol icmp accept; jump ufw-user-forward; }
  chain ufw-user-forward { %s
}
  chain ufw-logging { limit rate 3/minute log prefix "[UFW BLOCK] accept "
}
  chain its_forward { type filter hook forward priority 0; policy drop;
    counter jump ufw-before-forward; jump ufw-logging; }
}"""
FIREWALLD = """table inet firewalld {
  chain its_forward { type filter hook forward priority filter + 10; policy accept;
    ct state { established, related } accept
    ct status dnat accept
    iifname "lo" accept
    ct state invalid drop
    ip6 daddr { ::/96, 2002::/24 } log prefix "rpfilter_DROP: " reject with icmpv6 addr-unreachable
    jump FORWARD_ZONES
    reject with icmpx admin-prohibited
  }
  chain FORWARD_ZONES { iifname "eth0" goto FWD_public; goto FWD_public; }
  chain FWD_public { jump FWD_public_allow
%s
}
  chain FWD_public_allow { %s
}
}"""

BLOCK = {
    "policy drop, and only what is established": forward(EST),
    "policy drop, by hand": forward(""),
    "Docker": DOCKER,
    "ufw": UFW % "",
    "firewalld": FIREWALLD % ("", 'oifname "docker0" accept'),
    "firewalld, rejected in the zone": FIREWALLD % ("reject with icmpx admin-prohibited", ""),
    "a drop at the end": forward(EST + ' iifname "docker0" accept; counter drop', "accept"),
    "what comes in by the tunnel": forward('iifname "tun0" drop', "accept"),
    "what the clients send": forward(f"ip saddr {CLIENTS} log reject", "accept"),
    "what clients of a set send": forward_with_set("10.9.0.0/16, 172.168.0.0/16", "ip saddr @c drop", "accept"),
    "ssh": forward("tcp dport { 21-23, 3389 } drop", "accept"),
    "only new ones are let in, no replies": forward('iifname "tun0" ct state new accept'),
    "new ones, by a verdict map": forward(
        "ct state vmap { established : accept, related : accept, new : drop }", "accept"
    ),
    "the interface, by a verdict map": forward(EST + 'iifname vmap { "docker0" : accept, "eth0" : accept }'),
    "raw": forward('iifname "tun0" drop', "accept", priority="raw", hook="prerouting", table="ip raw"),
    "after routing": forward('oifname "eth0" ip protocol tcp drop', "accept", hook="postrouting", priority="mangle"),
    "replies": forward('iifname "eth0" ip daddr 172.168.0.0/16 drop', "accept"),
    "another translates": forward(
        "ip saddr 172.168.0.0/16 snat to 10.110.99.99",
        "accept",
        hook="postrouting",
        priority="99",
        kind="nat",
        table="ip nat",
    ),
    "taken for itself": forward(
        'iifname "tun0" tcp dport 22 redirect to :2222',
        "accept",
        hook="prerouting",
        priority="dstnat",
        kind="nat",
        table="ip nat",
    ),
    "not tracked": forward('iifname "tun0" notrack', "accept", hook="prerouting", priority="raw", table="ip raw"),
}

PASS = {
    "the tunnel's interface": forward(EST + ' iifname "tun0" accept'),
    "any tunnel": forward(EST + ' iifname "tun*" counter packets 0 bytes 0 accept comment "drop nothing"'),
    "the client pool": forward(EST + f" ip saddr {CLIENTS} accept"),
    "the services": forward(EST + " ip daddr { 10.110.0.0/16, 10.120.0.0/16 } accept"),
    "the client pool, in a set": forward_with_set("172.168.0.0/16", EST + " ip saddr @c accept"),
    "all but Docker's": forward(EST + ' iifname != "docker0" accept'),
    "both ways by hand": forward(
        f'iifname "tun0" accept; oifname "tun0" ip daddr {CLIENTS} ct state != {{ new, invalid }} accept'
    ),
    "ssh": forward(EST + " tcp dport 22 accept"),
    "by a verdict map": "table inet filter { chain ours { accept; }\n"
    + forward('ct state vmap { established : accept, related : accept }; iifname vmap { "tun0" : jump ours }').split(
        "{", 1
    )[1],
    "Docker, and a rule of the user": DOCKER.replace(
        "counter return;", 'iifname "tun0" accept; oifname "tun0" accept; counter return;'
    ),
    "ufw, and a route allowed": UFW % 'iifname "tun0" oifname "eth0" accept',
    "firewalld, and the zone forwards": FIREWALLD % ("reject", 'iifname "tun0" oifname "eth0" accept'),
    "at most so many": forward(EST + " limit rate 100/second accept"),
    "only input is shut": forward('iifname "lo" accept', hook="input"),
    "it sleeps": forward(EST).replace("{", "{ flags dormant;\n", 1),
    "another masquerades": forward(
        'oifname "eth0" masquerade', "accept", hook="postrouting", priority="50", kind="nat", table="ip nat"
    ),
    "other ports": forward("tcp dport 445 drop; udp dport 22 drop; ct state invalid drop", "accept"),
    "other networks": forward(
        "ip daddr 192.168.0.0/16 drop; ip saddr != 172.168.0.0/16 ct state new drop; ip6 saddr ::/0 drop", "accept"
    ),
    "what is IPv6": forward("meta nfproto ipv6 drop; icmpv6 type echo-request drop", "accept"),
}


@pytest.mark.parametrize("ruleset", BLOCK.values(), ids=BLOCK.keys())
def test_what_lets_no_packet_through_is_named(way: Way, ruleset: str) -> None:
    way.vpn.host.nft(ruleset)
    assert not way.passes()
    found = way.obstacles()
    assert [o["chain"] for o in found] == ["its_forward"] and found[0]["only"] is None and found[0]["why"]
    assert found[0]["table"] == " ".join(ruleset.split("{", maxsplit=1)[0].split()[1:3])
    listed = way.vpn.sh("nft list ruleset")
    assert way.vpn.apply(SERVICES)["obstacles"] == found
    assert way.vpn.sh("nft list ruleset") == listed  # theirs is theirs


@pytest.mark.parametrize("ruleset", PASS.values(), ids=PASS.keys())
def test_what_lets_packets_through_is_none(way: Way, ruleset: str) -> None:
    way.vpn.host.nft(ruleset)
    assert way.passes()
    assert way.obstacles() == []


@pytest.mark.parametrize("command", ["iptables-legacy", "iptables-nft"])
def test_iptables_of_either_kind_is_read(way: Way, command: str) -> None:
    def rules(*lines: str) -> None:
        way.vpn.sh("; ".join(f"{command} {line}" for line in lines))

    rules("-P FORWARD DROP", "-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT")
    assert not way.passes()
    assert [(o["chain"], o["why"]) for o in way.obstacles()] == [("FORWARD", "policy drop")]
    of_the_company = "-p tcp -m multiport --dports 22,443 -m comment --comment 'the company'"
    rules(f"-A FORWARD ! -i lo -s 172.168.0.0/24 {of_the_company} -j ACCEPT")
    assert way.passes()
    assert way.obstacles() == []
    rules("-N OURS", "-I FORWARD -i tun+ -j OURS", "-A OURS -d 10.110.0.0/16 -j REJECT")
    assert not way.passes()
    found = way.obstacles()
    assert [(o["chain"], o["only"]) for o in found] == [("FORWARD", ["10.110.0.0/16"])] and "OURS" in found[0]["why"]
    rules("-F", "-X OURS", "-P FORWARD ACCEPT")


def test_an_obstacle_for_one_service_is_told_of_that_one(way: Way) -> None:
    way.vpn.host.nft(forward("ip daddr 10.120.0.0/16 drop", "accept"))
    assert way.passes()
    assert [o["only"] for o in way.obstacles()] == [["10.120.0.0/16"]]


def test_what_cannot_be_told_is_not_claimed(way: Way) -> None:
    """A mark that somebody sets may let them pass."""
    way.vpn.host.nft(forward(EST + " meta mark 0x1 accept"))
    assert way.obstacles() == []


def test_hostile_names_do_not_break_the_answer(way: Way) -> None:
    way.vpn.host.nft(
        f"table inet a_b.c-d {{ chain x_{'y' * 120} {{ type filter hook forward priority 0; policy drop; "
        'log prefix "}],{:" counter drop comment "a b, \'c"; }; }'
    )
    (found,) = way.obstacles()
    assert found["table"] == "inet a_b.c-d" and found["chain"].startswith("x_yyy") and len(json.dumps(found)) < 300


def test_where_the_tunnel_is_down_its_names_are_known(way: Way) -> None:
    way.vpn.sh("ip link set tun0 down")
    try:
        way.vpn.host.nft(DOCKER)
        assert len(way.obstacles()) == 1
        way.vpn.host.nft(
            'insert rule ip filter its_forward iifname "tun0" accept; '
            'insert rule ip filter its_forward oifname "tun0" accept'
        )
        assert way.obstacles() == []
    finally:
        way.vpn.sh("ip link set tun0 up")


def test_forwarding_that_is_off_for_one_interface_is_off(way: Way) -> None:
    way.vpn.sh("echo 0 >/proc/sys/net/ipv4/conf/tun0/forwarding")
    assert not way.passes()
    assert way.vpn.apply(SERVICES, SSM_Mode="report")["forward"] is False
    way.vpn.apply(SERVICES)
    assert way.passes()
    assert way.vpn.apply(SERVICES, SSM_Mode="report")["forward"] is True
