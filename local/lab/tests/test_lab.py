"""Real packets from the company host to a service instance: with everything right,
and with one thing missing at a time.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import pytest

from local.lab import document
from local.lab.lab import Lab
from local.lab.sweep import sweep
from local.lab.tests import network
from local.lab.tests.network import POOL, SERVICE_ID, SERVICE_IP, VPN_ID, VPN_IP

ROOT = Path(__file__).resolve().parents[3]
Snapshot = dict[str, Any]
Change = Callable[[Snapshot], None]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    lab = Lab("labtest", tmp_path_factory.mktemp("lab"), POOL)
    try:
        lab.up()
        lab.apply(network.article())
        lab.wait_tunnel()
        yield lab
    finally:
        lab.down()


@pytest.fixture(autouse=True)
def everything_right(lab: Lab) -> None:
    lab.apply(network.article())
    lab.wait_tunnel()
    nat(lab, "10.110.0.0/16")


def nat(lab: Lab, services: str) -> dict[str, Any]:
    done = lab.exec(
        VPN_ID, ["sh", "-c", document.script()], env=document.environment(services, POOL, int(time.time() * 1000))
    )
    assert done.exit == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def reaches(lab: Lab, host: str, address: str, port: int = 22) -> bool:
    return lab.exec(host, ["timeout", "3", "bash", "-c", f"exec 3<>/dev/tcp/{address}/{port}"]).exit == 0


def table(snapshot: dict[str, Any], name: str) -> dict[str, Any]:
    return next(t for t in snapshot["routeTables"] if t["id"] == name)


def _in_state(state: str, boot: int = 0) -> dict[str, Any]:
    snapshot = network.article()
    snapshot["instances"][0] |= {"state": state, "boot": boot}
    return snapshot


def test_a_rebooted_vpn_instance_translates_again_by_itself(lab: Lab) -> None:
    lab.exec(VPN_ID, ["sh", "-c", "touch /var/kept /run/lost; rm -f /etc/hostname; nft add table ip forgotten"])
    lab.apply(_in_state("running", boot=1))
    lab.wait_tunnel()
    assert (
        lab.exec(
            VPN_ID, ["sh", "-c", "ls /var/kept && ! ls /run/lost /etc/hostname && ! nft list table ip forgotten"]
        ).exit
        == 0
    )
    assert lab.ssh(SERVICE_IP, "hostname").stdout == "service-1\n"


def test_a_stopped_vpn_instance_is_gone_and_comes_back_with_its_disk(lab: Lab) -> None:
    lab.apply(_in_state("stopped"))
    assert lab.ssh(SERVICE_IP, "true", connect_timeout=1).exit == 255
    lab.apply(_in_state("running", boot=1))
    lab.wait_tunnel()
    assert lab.ssh(SERVICE_IP, "hostname").stdout == "service-1\n"


def test_without_the_documents_unit_a_reboot_leaves_nothing(lab: Lab) -> None:
    lab.exec(VPN_ID, ["sh", "-c", "systemctl disable --now peerway-nat-watch.service peerway-nat.service"])
    lab.apply(_in_state("running", boot=1))
    lab.wait_tunnel()
    assert lab.exec(VPN_ID, ["nft", "list", "table", "ip", "peerway"]).exit != 0
    assert lab.ssh(SERVICE_IP, "true", connect_timeout=1).exit == 255


def lists_table(lab: Lab) -> bool:
    return lab.exec(VPN_ID, ["nft", "list", "table", "ip", "peerway"]).exit == 0


def test_a_flush_is_undone_at_once_by_the_unit_that_the_document_started(lab: Lab) -> None:
    time.sleep(1.5)  # until it listens
    for _ in range(2):
        lab.exec(VPN_ID, ["nft", "flush", "ruleset"])
        deadline = time.monotonic() + 90
        while not lists_table(lab) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert lab.ssh(SERVICE_IP, "hostname").stdout == "service-1\n"


def test_after_the_commands_of_the_documents_nothing_restores_the_table(lab: Lab) -> None:
    commands = [
        line
        for line in (ROOT / "docs/deploy.md").read_text().splitlines()
        if line.startswith(("systemctl disable", "nft delete table", "rm -f /etc/sysctl.d"))
    ]
    assert len(commands) == 3
    assert lab.exec(VPN_ID, ["sh", "-ec", "\n".join(commands)]).exit == 0
    time.sleep(1)
    assert not lists_table(lab)
    lab.apply(_in_state("running", boot=2))
    lab.wait_tunnel()
    time.sleep(1.5)
    assert not lists_table(lab)
    assert lab.exec(VPN_ID, ["find", "/var/lib/peerway", "/etc/systemd/system", "-name", "peerway*"]).stdout == ""
    assert lab.exec(VPN_ID, ["cat", "/proc/sys/net/ipv4/ip_forward"]).stdout == "0\n"


SECOND_ID, SECOND_IP = "i-0ee0000000000000e", "10.100.1.11"


def test_a_replaced_vpn_instance_starts_with_nothing(lab: Lab) -> None:
    snapshot = network.article()
    snapshot["instances"][0] = network.instance(
        SECOND_ID, network.HUB, "vpc-hub", "subnet-hub", SECOND_IP, "sg-vpn", "vpn-2", role="vpn"
    )
    lab.apply(snapshot)
    lab.wait_tunnel()
    assert lab.exec(SECOND_ID, ["nft", "list", "table", "ip", "peerway"]).exit != 0
    assert lab.ssh(SERVICE_IP, "true", connect_timeout=1).exit == 255


def test_the_company_goes_to_the_second_vpn_instance_when_the_first_stops_and_not_before(lab: Lab) -> None:
    def both(first: str) -> dict[str, Any]:
        snapshot = _in_state(first)
        snapshot["instances"].append(
            network.instance(SECOND_ID, network.HUB, "vpc-hub", "subnet-hub", SECOND_IP, "sg-vpn", "vpn-2", role="vpn")
        )
        snapshot["securityGroups"][1]["ingress"][0]["cidrs"].append(f"{SECOND_IP}/32")
        return snapshot

    lab.apply(both("running"))
    assert VPN_IP in lab.ssh(SERVICE_IP, "who").stdout
    lab.exec(
        SECOND_ID,
        ["sh", "-c", document.script()],
        env=document.environment("10.110.0.0/16", POOL, int(time.time() * 1000)),
    )
    lab.apply(both("stopped"))
    lab.wait_tunnel()
    assert SECOND_IP in lab.ssh(SERVICE_IP, "who").stdout
    lab.connect_company_to(VPN_ID)  # and back to it, as soon as it runs
    assert SECOND_IP in lab.ssh(SERVICE_IP, "who").stdout
    lab.apply(both("running"))
    lab.wait_tunnel()
    assert VPN_IP in lab.ssh(SERVICE_IP, "who").stdout


def test_ssh_from_the_company_ends_on_the_service_instance_and_comes_from_the_vpn_instance(lab: Lab) -> None:
    done = lab.ssh(SERVICE_IP, "hostname; who")
    assert done.exit == 0, done.stderr
    assert done.stdout.startswith("service-1\n") and f"({VPN_IP})" in done.stdout


def _no_hub_route(s: Snapshot) -> None:
    table(s, "rtb-hub")["routes"].pop()


def _no_service_route(s: Snapshot) -> None:
    table(s, "rtb-svc-2")["routes"].pop()


def _service_route_only_in_a_table_the_subnet_does_not_use(s: Snapshot) -> None:
    table(s, "rtb-svc")["routes"].append(table(s, "rtb-svc-2")["routes"].pop())


def _route_is_a_blackhole(s: Snapshot) -> None:
    table(s, "rtb-hub")["routes"][-1]["state"] = "blackhole"


def _more_specific_route_elsewhere(s: Snapshot) -> None:
    table(s, "rtb-hub")["routes"].append({"destination": "10.110.1.0/24", "target": "pcx-other", "state": "active"})


def _no_security_group_rule(s: Snapshot) -> None:
    s["securityGroups"][1]["ingress"] = []


def _security_group_for_another_port(s: Snapshot) -> None:
    s["securityGroups"][1]["ingress"][0] |= {"from": 443, "to": 443}


def _security_group_for_another_source(s: Snapshot) -> None:
    s["securityGroups"][1]["ingress"][0] |= {"cidrs": [POOL]}


def _hub_security_group_lets_nothing_out(s: Snapshot) -> None:
    s["securityGroups"][0]["egress"] = []


def _peering_not_accepted(s: Snapshot) -> None:
    s["peerings"][0]["status"] = "pending-acceptance"


def _peering_gone(s: Snapshot) -> None:
    s["peerings"].clear()


def _entries_before_those_of(acl: str, *entries: dict[str, Any]) -> Change:
    """Amazon VPC User Guide, "Network ACL rules": the lower number is tried first."""

    def add(s: Snapshot) -> None:
        next(a for a in s["networkAcls"] if a["id"] == acl)["entries"].extend(entries)

    return add


SSH_TO_THE_SERVICE: dict[str, Any] = {"protocol": "6", "ports": (22, 22)}
REPLIES: dict[str, Any] = {"protocol": "6", "ports": (1024, 65535)}
_acl_stops_ssh_where_it_arrives = _entries_before_those_of(
    "acl-svc", network.entry(50, False, False, **SSH_TO_THE_SERVICE)
)
_acl_stops_ssh_where_it_leaves = _entries_before_those_of(
    "acl-hub", network.entry(50, True, False, **SSH_TO_THE_SERVICE)
)
# Amazon VPC User Guide, "Control subnet traffic with network access control lists": stateless, so replies need an
# entry, too.
_acl_stops_the_replies_where_they_leave = _entries_before_those_of("acl-svc", network.entry(50, True, False, **REPLIES))
_acl_stops_the_replies_where_they_arrive = _entries_before_those_of(
    "acl-hub", network.entry(50, False, False, **REPLIES)
)


def _new_acl_without_entries(s: Snapshot) -> None:
    s["networkAcls"][1]["entries"] = [network.entry(32767, egress, allow=False) for egress in (True, False)]


def _propagated_narrower_route(s: Snapshot) -> None:
    table(s, "rtb-hub")["routes"].append(
        {"destination": "10.110.1.0/24", "target": "vgw-1", "state": "active", "propagated": True}
    )


def _narrower_prefix_list(s: Snapshot) -> None:
    table(s, "rtb-svc-2")["routes"].append(
        {"destination": "pl-1", "target": "tgw-1", "state": "active", "cidrs": ["10.9.0.0/16", f"{VPN_IP}/32"]}
    )


def _only_a_propagated_route(s: Snapshot) -> None:
    table(s, "rtb-hub")["routes"][-1] |= {"target": "vgw-1", "propagated": True}


@pytest.mark.parametrize(
    "take_away",
    [
        _acl_stops_ssh_where_it_arrives,
        _acl_stops_ssh_where_it_leaves,
        _acl_stops_the_replies_where_they_leave,
        _acl_stops_the_replies_where_they_arrive,
        _new_acl_without_entries,
        _propagated_narrower_route,
        _narrower_prefix_list,
        _only_a_propagated_route,
        _no_hub_route,
        _no_service_route,
        _service_route_only_in_a_table_the_subnet_does_not_use,
        _route_is_a_blackhole,
        _more_specific_route_elsewhere,
        _no_security_group_rule,
        _security_group_for_another_port,
        _security_group_for_another_source,
        _hub_security_group_lets_nothing_out,
        _peering_not_accepted,
        _peering_gone,
    ],
)
def test_ssh_times_out_with_one_thing_missing(lab: Lab, take_away: Change) -> None:
    snapshot = network.article()
    take_away(snapshot)
    lab.apply(snapshot)
    done = lab.ssh(SERVICE_IP, "true", connect_timeout=1)
    assert done.exit == 255 and "timed out" in done.stderr


def _acl_for_ssh_and_its_replies(s: Snapshot) -> None:
    s["networkAcls"][1]["entries"] = [
        network.entry(100, False, cidr=f"{VPN_IP}/32", **SSH_TO_THE_SERVICE),
        network.entry(100, True, cidr=f"{VPN_IP}/32", **REPLIES),
    ]


def _acl_entry_behind_the_one_that_allows(s: Snapshot) -> None:
    s["networkAcls"][1]["entries"].append(network.entry(150, False, False, **SSH_TO_THE_SERVICE))


def _propagated_route_beside_ours(s: Snapshot) -> None:
    table(s, "rtb-hub")["routes"].insert(
        0, {"destination": "10.110.0.0/16", "target": "vgw-1", "state": "active", "propagated": True}
    )


def _prefix_list_with_the_same_destination(s: Snapshot) -> None:
    table(s, "rtb-hub")["routes"].insert(
        0, {"destination": "pl-1", "target": "tgw-1", "state": "active", "cidrs": ["10.110.0.0/16"]}
    )


def _table_of_a_gateway(s: Snapshot) -> None:
    s["routeTables"].append(
        {
            "id": "rtb-edge",
            "vpc": "vpc-svc",
            "main": False,
            "subnets": [],
            "routes": [{"destination": "10.100.1.0/24", "target": "eni-1", "state": "active"}],
        }
    )


@pytest.mark.parametrize(
    "add",
    [
        _acl_for_ssh_and_its_replies,
        _acl_entry_behind_the_one_that_allows,
        _propagated_route_beside_ours,
        _prefix_list_with_the_same_destination,
        _table_of_a_gateway,
    ],
)
def test_ssh_works_beside(lab: Lab, add: Change) -> None:
    snapshot = network.article()
    add(snapshot)
    lab.apply(snapshot)
    assert lab.ssh(SERVICE_IP, "hostname").stdout == "service-1\n"


def test_no_acl_stands_between_two_instances_of_one_subnet(lab: Lab) -> None:
    snapshot = network.article()
    _new_acl_without_entries(snapshot)
    neighbour = "i-0cc0000000000000c"
    snapshot["instances"].append(
        network.instance(neighbour, network.SERVICE, "vpc-svc", "subnet-svc", "10.110.1.21", "sg-svc", "next")
    )
    snapshot["securityGroups"][1]["ingress"].append(network.ANY)
    lab.apply(snapshot)
    assert reaches(lab, neighbour, SERVICE_IP)
    snapshot["instances"][2]["subnet"] = "subnet-svc-2"  # the same ACL, on the way out of the first subnet only
    lab.apply(snapshot)
    assert not reaches(lab, neighbour, SERVICE_IP)


def test_ssh_times_out_without_translation(lab: Lab) -> None:
    nat(lab, "none")
    done = lab.ssh(SERVICE_IP, "true", connect_timeout=1)
    assert done.exit == 255 and "timed out" in done.stderr


def test_a_group_of_the_other_vpc_can_be_let_in(lab: Lab) -> None:
    snapshot = network.article()
    snapshot["securityGroups"][1]["ingress"][0] |= {"cidrs": [], "groups": ["sg-vpn"]}
    lab.apply(snapshot)
    assert lab.ssh(SERVICE_IP, "true").exit == 0


def test_a_service_cannot_open_a_connection_to_the_company(lab: Lab) -> None:
    company = next(
        a for a in lab.exec("company", ["ip", "-4", "-br", "addr", "show", "tun0"]).stdout.split() if "/" in a
    )
    address = company.split("/")[0]
    assert reaches(lab, VPN_ID, address)  # somebody answers there
    assert not reaches(lab, SERVICE_ID, address)


def test_not_even_if_the_aws_network_let_it_through(lab: Lab) -> None:
    """The VPN instance's own rule: a service's packet for the pool that did arrive would not be forwarded."""
    lab.exec(
        VPN_ID,
        [
            "sh",
            "-c",
            "ip link add svc0 type veth peer name svc1; ip netns add svc; ip link set svc1 netns svc;"
            "ip link set svc0 up; ip addr add 10.110.9.1/24 dev svc0;"
            "ip -n svc addr add 10.110.9.2/24 dev svc1; ip -n svc link set svc1 up;"
            "ip -n svc route add default via 10.110.9.1",
        ],
    )
    try_it = ["ip", "netns", "exec", "svc", "timeout", "1", "bash", "-c", "exec 3<>/dev/tcp/172.168.0.2/22"]
    try:
        assert lab.exec(VPN_ID, try_it).exit != 0
        lab.exec(VPN_ID, ["nft", "flush", "chain", "ip", "peerway", "forward"])
        assert lab.exec(VPN_ID, try_it).exit == 0  # that rule, and nothing else, held it back
    finally:
        lab.exec(VPN_ID, ["sh", "-c", "ip netns delete svc; ip link delete svc0"])


def test_a_running_session_survives_unrelated_changes_and_ends_when_it_is_no_longer_allowed(lab: Lab) -> None:
    session = subprocess.Popen(
        lab.company.command(lab.ssh_command(SERVICE_IP, "stty -echo; echo ready; cat")),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )

    assert session.stdin and session.stdout
    to_it, from_it = session.stdin, session.stdout

    def echo(word: bytes) -> bytes:
        to_it.write(word + b"\n")
        to_it.flush()
        return from_it.readline().strip()

    def hears_nothing() -> bool:
        heard = subprocess.run(["timeout", "1", "head", "-1"], stdin=from_it, capture_output=True, check=False)
        return heard.stdout == b""

    try:
        assert from_it.readline().strip() == b"ready"
        assert echo(b"one") == b"one"
        snapshot = network.article()
        snapshot["vpcs"].append(
            {"id": "vpc-2", "account": "333333333333", "region": "eu-west-1", "cidrs": ["10.120.0.0/16"]}
        )
        snapshot["securityGroups"].append(
            {"id": "sg-2", "vpc": "vpc-2", "name": "", "ingress": [network.ANY], "egress": [network.ANY]}
        )
        snapshot["instances"].append(
            network.instance(
                "i-0cc0000000000000c", "333333333333", "vpc-2", "subnet-2", "10.120.1.20", "sg-2", "service-2"
            )
        )
        lab.apply(snapshot)
        nat(lab, "10.110.0.0/16,10.120.0.0/16")
        assert echo(b"two") == b"two"
        nat(lab, "10.110.0.0/15")
        assert echo(b"three") == b"three"
        _no_hub_route(snapshot)
        lab.apply(snapshot)
        assert hears_nothing()
        to_it.write(b"four\n")
        to_it.flush()
        assert hears_nothing()
        lab.apply(network.article())
        assert from_it.readline().strip() == b"four"  # allowed again before it gave up
    finally:
        os.killpg(session.pid, signal.SIGKILL)
        session.wait()


def test_a_refused_vpc_with_the_same_addresses_disturbs_nobody(lab: Lab) -> None:
    snapshot = network.article()
    twin = network.instance("i-0dd0000000000000d", "444444444444", "vpc-twin", "subnet-t", SERVICE_IP, "sg-t", "twin")
    snapshot["vpcs"].append(
        {"id": "vpc-twin", "account": "444444444444", "region": "eu-west-1", "cidrs": ["10.110.0.0/16"]}
    )
    snapshot["securityGroups"].append(
        {"id": "sg-t", "vpc": "vpc-twin", "name": "", "ingress": [network.ANY], "egress": [network.ANY]}
    )
    snapshot["instances"].insert(0, twin)
    snapshot["peerings"].append(
        {
            "id": "pcx-2",
            "status": "pending-acceptance",
            "requester": {"account": "444444444444", "region": "eu-west-1", "vpc": "vpc-twin"},
            "accepter": snapshot["peerings"][0]["accepter"],
        }
    )
    lab.apply(snapshot)
    assert lab.ssh(SERVICE_IP, "hostname").stdout == "service-1\n"
    snapshot["peerings"][1]["status"] = "active"  # even accepted: the route names the other connection
    lab.apply(snapshot)
    assert lab.ssh(SERVICE_IP, "hostname").stdout == "service-1\n"


def test_machines_come_and_go_with_the_snapshot(lab: Lab) -> None:
    snapshot = network.article()
    snapshot["instances"][1]["state"] = "terminated"
    lab.apply(snapshot)
    assert lab.ssh(SERVICE_IP, "true", connect_timeout=1).exit == 255
    with pytest.raises(KeyError):
        lab.exec(SERVICE_ID, ["true"])
    lab.apply(network.article())
    assert lab.ssh(SERVICE_IP, "true").exit == 0


@pytest.mark.parametrize(
    "name, hostname", [("$(reboot)", "reboot"), ("-x; reboot", "x-reboot"), ("`'\"", "i-0cc0000000000000c")]
)
def test_a_machine_may_have_any_name(lab: Lab, name: str, hostname: str) -> None:
    """A Name tag is free text, of up to 256 characters."""
    snapshot = network.article()
    snapshot["instances"].append(
        network.instance("i-0cc0000000000000c", network.SERVICE, "vpc-svc", "subnet-svc", "10.110.1.21", "sg-svc", name)
    )
    lab.apply(snapshot)
    assert lab.exec("i-0cc0000000000000c", ["hostname"]).stdout == f"{hostname}\n"


def test_a_repeat_without_a_change_starts_no_process(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(argv: list[str], **_: Any) -> NoReturn:
        raise AssertionError(f"started {argv}")

    monkeypatch.setattr(subprocess, "Popen", none)
    lab.apply(network.article())


def test_a_new_vpn_instance_forwards_nothing_before_the_document_ran(lab: Lab) -> None:
    snapshot = network.article()
    del snapshot["instances"][0]
    lab.apply(snapshot)
    lab.apply(network.article())
    lab.wait_tunnel()
    assert lab.exec(VPN_ID, ["cat", "/proc/sys/net/ipv4/ip_forward"]).stdout == "0\n"
    assert lab.ssh(SERVICE_IP, "true", connect_timeout=1).exit == 255
    nat(lab, "10.110.0.0/16")
    assert lab.ssh(SERVICE_IP, "true").exit == 0


def test_what_runs_on_an_instance_leaves_the_real_machine_alone(lab: Lab) -> None:
    lab.exec(VPN_ID, ["sh", "-c", "touch /etc/peerway-test /var/peerway-test /root/peerway-test /run/peerway-test"])
    for top in ("etc", "var", "root", "run"):
        assert lab.exec(VPN_ID, ["test", "-e", f"/{top}/peerway-test"]).exit == 0
        assert not Path(f"/{top}/peerway-test").exists()


def test_a_command_that_hangs_is_stopped_at_its_limit(lab: Lab) -> None:
    assert lab.exec(SERVICE_ID, ["sleep", "600"], timeout=0.2).exit == 124
    # The kernel takes a moment to put a killed process away.
    deadline = time.monotonic() + 90
    while lab.exec(SERVICE_ID, ["pgrep", "sleep"]).stdout and time.monotonic() < deadline:
        pass
    assert lab.exec(SERVICE_ID, ["pgrep", "sleep"]).stdout == ""


_UP = """
import sys, time
from pathlib import Path
from local.lab.lab import Lab
from local.lab.tests import network
lab = Lab(sys.argv[1], Path(sys.argv[2]), network.POOL)
lab.up()
lab.apply(network.article())
lab.wait_tunnel()
print("up", flush=True)
sys.stdin.read()
lab.down()
"""


def _rig(name: str, folder: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", _UP, name, str(folder)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout and process.stdout.readline() == b"up\n"
    return process


def _processes_under(folder: Path) -> list[str]:
    commands = (Path(f"/proc/{pid}/cmdline") for pid in os.listdir("/proc") if pid.isdigit())
    found = []
    for path in commands:
        with suppress(OSError):  # ended meanwhile
            found += [c for c in [path.read_text().replace("\0", " ")] if str(folder) in c]
    return found


def test_two_labs_run_side_by_side_and_leave_nothing_behind(tmp_path: Path) -> None:
    one, two = _rig("labone", tmp_path / "1"), _rig("labtwo", tmp_path / "2")
    for rig in (one, two):
        rig.communicate(timeout=90)
        assert rig.returncode == 0
    assert _processes_under(tmp_path) == []
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []
    assert list(Path("/run/netns").glob("pw-lab[ot][nw]*")) == []


def test_a_killed_lab_takes_its_machines_along_and_the_next_sweeps_its_names(tmp_path: Path) -> None:
    other = _rig("labother", tmp_path / "2")
    rig = _rig("labkilled", tmp_path / "1")
    assert len(_processes_under(tmp_path / "1")) > 4  # sshd, openvpn, the machines themselves
    rig.kill()
    rig.wait()
    deadline = time.monotonic() + 90
    while len(_processes_under(tmp_path / "1")) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert _processes_under(tmp_path / "1") == []
    swept = sweep()
    assert {name for name in swept if "labkilled" in name} == {
        f"pw-labkilled-{h}" for h in ("company", "fabric", VPN_ID, SERVICE_ID)
    }
    assert not [name for name in swept if "labother" in name]
    assert len(list(Path("/run/netns").glob("pw-labother-*"))) == 4  # the killed one has swept, too, as it started
    other.communicate(timeout=90)


def test_sweeping_by_name_ends_a_lab_and_no_other(tmp_path: Path) -> None:
    rig, other = _rig("labswept", tmp_path / "1"), _rig("labswept2", tmp_path / "2")
    done = subprocess.run(
        [sys.executable, "-m", "local.lab.sweep", "labswept"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert len(done.stdout.splitlines()) == 4
    assert list(Path("/run/netns").glob("pw-labswept-*")) == []
    assert len(list(Path("/run/netns").glob("pw-labswept2-*"))) == 4
    for process in (rig, other):
        process.communicate(timeout=90)
