"""What the document takes for its own table: all of it, as the kernel holds it, and nothing that only looks like it."""

import pytest

from local.lab.tests.vpn import CLIENTS, NOW, STATE, VpnInstance, found

SERVICES = "10.110.0.0/16,10.120.0.0/24"
LIST = "nft list table ip peerway"


def first_rule(chain: str) -> str:
    return f"nft -a list chain ip peerway {chain} | sed -n 's/.*# handle //p' | sed -n 2p"


def anew(change: str) -> str:
    """The table as it is, with a sed expression applied to its listing, in place of the table."""
    return f"{LIST} | sed '{change}' >/run/anew; nft delete table ip peerway; nft -f /run/anew"


DAMAGE = {
    "the table sleeps": "nft add table ip peerway '{ flags dormant; }'",
    "a drop stands before ours": "nft insert rule ip peerway forward drop",
    "a return stands before ours": "nft insert rule ip peerway postrouting return",
    "a drop stands after ours": "nft add rule ip peerway forward counter drop",
    "the policy is drop": "nft chain ip peerway forward '{ policy drop; }'",
    "a chain with a drop is there as well": (
        "nft add chain ip peerway x '{ type filter hook forward priority 0; policy drop; }'"
    ),
    "a chain is there that nobody calls": "nft add chain ip peerway x",
    "a set is there as well": "nft add set ip peerway x '{ type ipv4_addr; }'",
    "a map is there as well": "nft add map ip peerway x '{ type ipv4_addr : verdict; }'",
    "a counter is there as well": "nft add counter ip peerway x",
    "a rule is gone": f"nft delete rule ip peerway forward handle $({first_rule('forward')})",
    "a chain is gone": "nft flush chain ip peerway forward; nft delete chain ip peerway forward",
    "translation comes at another priority": anew("s/priority srcnat;/priority 300;/"),
    "translation hangs at another hook": anew(
        "s/hook postrouting priority srcnat/hook input priority 100/; s/masquerade fully-random/accept/"
    ),
    "the filter comes at another priority": anew("s/priority mangle;/priority 300;/"),
    "translation is not by random ports": anew("s/ fully-random//"),
    "only one protocol is translated": anew("s/masquerade/ip protocol udp masquerade/"),
    "our rule is only a comment": anew(
        's/masquerade fully-random/accept comment "ip saddr @clients ip daddr @services masquerade fully-random"/'
    ),
    "the sets change places": anew("s/@clients ip daddr @services masquerade/@services ip daddr @clients masquerade/"),
    "the rules are in another order": anew("/ct direction original drop/d")
    + "; nft add rule ip peerway forward ip saddr @services ip daddr @clients ct direction original drop",
    "elements run out": anew("s/flags interval/flags interval,timeout/; s|10.110.0.0/16|10.110.0.0/16 timeout 1h|"),
    "an element has a comment": (
        "nft delete element ip peerway services { 10.110.0.0/16 }; "
        "nft add element ip peerway services '{ 10.110.0.0/16 comment \"mine\" }'"
    ),
    "the set merges its elements": anew("s/flags interval/flags interval; auto-merge/"),
    "a range stands for a CIDR": anew("s|10.110.0.0/16|10.110.0.0-10.110.255.254|"),
    "the rules are flushed": "nft flush table ip peerway",
    "the table is gone": "nft delete table ip peerway",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_whatever_is_not_as_written_is_seen_and_replaced(vpn: VpnInstance, damage: str) -> None:
    vpn.apply(SERVICES, NOW - 1)
    good = vpn.sh(LIST)
    vpn.sh(damage)
    assert vpn.host.run(["sh", "-c", LIST]).stdout != good
    assert vpn.apply(SERVICES, SSM_Mode="report")["rules"] is False
    assert vpn.apply(SERVICES)["outcome"] == "applied"
    assert vpn.sh(LIST) == good
    assert vpn.apply(SERVICES, SSM_Mode="report")["rules"] is True


def test_a_set_that_is_replaced_in_place_keeps_its_table(vpn: VpnInstance) -> None:
    """No packet is lost then (nat_bench.py); the whole table is made anew only where something else is wrong."""

    def made() -> str:
        return found(r"table ip peerway .* # handle (\d+)", vpn.sh("nft -a list table ip peerway"))

    vpn.apply("10.110.0.0/16", NOW - 3)
    before = made()
    vpn.apply("10.120.0.0/16", NOW - 2)
    vpn.sh("nft add element ip peerway services { 10.99.0.0/16 }")
    vpn.apply("10.120.0.0/16", NOW - 1)
    assert made() == before
    vpn.sh("nft insert rule ip peerway forward drop")
    vpn.apply("10.120.0.0/16", NOW)
    assert made() != before


def test_without_network_namespaces_the_table_is_compared_all_the_same(vpn: VpnInstance) -> None:
    vpn.put_in_place_of("/usr/bin/unshare", "#!/bin/sh\nexit 1")
    vpn.apply(SERVICES, NOW - 1)
    assert vpn.apply(SERVICES, NOW - 1)["outcome"] == "unchanged"
    good = vpn.sh("nft list ruleset")
    for damage in ("the table sleeps", "a drop stands before ours", "elements run out"):
        vpn.sh(DAMAGE[damage])
        assert vpn.apply(SERVICES, SSM_Mode="report")["rules"] is False
        assert vpn.apply(SERVICES)["outcome"] == "applied"
        assert vpn.sh("nft list ruleset") == good


def test_the_namespace_it_compares_in_is_not_left_behind(vpn: VpnInstance) -> None:
    processes = (
        "set -- /proc/[0-9]*; echo $#"  # counted by the shell alone: a pipe may have begun its second half or not
    )
    before = vpn.sh(processes)
    vpn.apply(SERVICES)
    vpn.apply(SERVICES, SSM_Mode="report")
    assert vpn.sh(processes) == before
    assert vpn.sh("ls -A /run") == vpn.sh("ls -Ad /run/sshd /run/lock /run/utmp | xargs -n1 basename | sort")


# ---- what has lost its claim ----


def test_what_has_lost_its_claim_stays_in_force(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16,10.120.0.0/16", NOW - 2)
    vpn.connection("172.168.0.2", "10.120.1.20")
    kept = vpn.apply("10.110.0.0/16", NOW - 1, SSM_Unclaimed="10.120.0.0/16")
    assert (kept["services"], kept["kept"], kept["keptCount"], kept["cut"]) == (
        ["10.110.0.0/16"],
        ["10.120.0.0/16"],
        1,
        0,
    )
    assert vpn.in_kernel() == ["10.110.0.0/16", "10.120.0.0/16"] and vpn.connections() == ["172.168.0.2 10.120.1.20"]
    again = vpn.apply("10.110.0.0/16", NOW, SSM_Unclaimed="10.120.0.0/16")
    assert (again["outcome"], again["servicesDigest"]) == ("unchanged", kept["servicesDigest"])
    asked = vpn.apply("10.110.0.0/16", NOW, SSM_Unclaimed="10.120.0.0/16", SSM_Mode="report")
    assert (asked["services"], asked["kept"], asked["servicesDigest"], asked["rules"]) == (
        ["10.110.0.0/16"],
        ["10.120.0.0/16"],
        kept["servicesDigest"],
        True,
    )


def test_what_has_lost_its_claim_is_never_added(vpn: VpnInstance) -> None:
    assert vpn.apply("10.110.0.0/16", NOW - 1, SSM_Unclaimed="10.120.0.0/16")["kept"] == []
    assert vpn.in_kernel() == ["10.110.0.0/16"]
    assert vpn.apply("none", NOW, SSM_Unclaimed="10.120.0.0/16")["kept"] == []
    assert vpn.in_kernel() == []


def test_of_a_prefix_that_two_services_share_each_part_goes_by_its_own_claim(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/15", NOW - 2)
    digest = vpn.apply("10.110.0.0/16", NOW - 2, SSM_Unclaimed="10.111.0.0/16", SSM_Mode="report")["servicesDigest"]
    kept = vpn.apply("10.110.0.0/16", NOW - 1, SSM_Unclaimed="10.111.0.0/16")
    assert (kept["services"], kept["kept"], kept["servicesDigest"]) == (["10.110.0.0/16"], ["10.111.0.0/16"], digest)
    assert vpn.in_kernel() == ["10.110.0.0/16", "10.111.0.0/16"]
    assert vpn.apply("10.110.0.0/16")["kept"] == [] and vpn.in_kernel() == ["10.110.0.0/16"]


def test_a_claim_that_overlaps_what_has_none_is_no_conflict(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16", NOW - 2)
    result = vpn.apply("10.110.128.0/17", NOW - 1, SSM_Unclaimed="10.110.0.0/16,10.96.0.0/12")
    assert (result["services"], result["kept"]) == (["10.110.128.0/17"], ["10.110.0.0/17"])
    assert vpn.in_kernel() == ["10.110.0.0/17", "10.110.128.0/17"]


def test_a_flush_does_not_take_away_what_has_lost_its_claim(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16,10.120.0.0/16", NOW - 2)
    vpn.sh("nft flush ruleset")
    assert vpn.apply("10.110.0.0/16", NOW - 1, SSM_Unclaimed="10.120.0.0/16")["kept"] == ["10.120.0.0/16"]
    assert vpn.in_kernel() == ["10.110.0.0/16", "10.120.0.0/16"]


def test_an_agent_that_knows_no_unclaimed_keeps_nothing(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16,10.120.0.0/16", NOW - 1)
    assert vpn.apply("10.110.0.0/16")["keptCount"] == 0
    assert vpn.in_kernel("clients") == [CLIENTS] and "10.120" not in vpn.sh(f"cat {STATE}")


@pytest.mark.parametrize("value", ["10.0.0.1/8", "0.0.0.0/0", "10.0.0.0/8;id", "10.0.0.0/8,none", "$(id)"])
def test_a_bad_unclaimed_changes_nothing(vpn: VpnInstance, value: str) -> None:
    code, result, _ = vpn.run("10.110.0.0/16", SSM_Unclaimed=value)
    assert code == 1 and result["reason"].startswith("unclaimed")
    assert vpn.sh("nft list ruleset") == ""
