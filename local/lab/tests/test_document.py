"""The SSM document's script, run for real: own network namespace, own /etc and /var, the kernel's own nftables."""

import json
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from local.lab import document
from local.lab.tests.vpn import CLIENTS, NOW, STATE, VpnInstance, found


def test_the_script_is_clean_shell(tmp_path: Path) -> None:
    (tmp_path / "script").write_text(document.script())
    done = subprocess.run(["shellcheck", tmp_path / "script"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_value_is_ever_part_of_the_shell_text() -> None:
    assert "{{" not in document.script()
    assert all(p["interpolationType"] == "ENV_VAR" for p in document.load()["parameters"].values())


HOSTILE = [
    "",
    " ",
    "none,10.0.0.0/8",
    "10.0.0.0/8,",
    ",10.0.0.0/8",
    "10.0.0.0/8 ",
    "10.0.0.0",
    "10.0.0.0/8,none",
    "10.0.0.0/",
    "10.0.0.0/8;id",
    "$(id)",
    "`id`",
    "10.0.0.0/8\nid",
    "10.0.0.0/8 10.1.0.0/16",
    "::/0",
    "fd00::/8",
    "*",
    "@clients",
    "10.0.0.0/8}",
    "'",
    '"',
    "-f",
    "../x",
    "10.0.0.0/8,$SHELL",
    "NONE",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_the_pattern_refuses(value: str) -> None:
    for name in ("Services", "Clients"):
        assert not re.search(document.load()["parameters"][name]["allowedPattern"], value)


@pytest.mark.parametrize(
    "name, value",
    [
        ("Services", "none"),
        ("Services", "10.110.0.0/16"),
        ("Services", "10.110.0.0/15,10.1.2.3/32"),
        ("Services", ",".join(f"10.{n // 256}.{n % 256}.0/24" for n in range(5000))),
        ("Clients", "172.168.0.0/24"),
        ("Clients", "172.168.0.0/24,172.168.2.0/24"),
        ("Generation", "1732341234567"),
        ("Mode", "apply"),
        ("Mode", "report"),
    ],
)
def test_the_pattern_accepts(name: str, value: str) -> None:
    assert re.search(document.load()["parameters"][name]["allowedPattern"], value)


@pytest.mark.parametrize(
    "value", ["", "1", "-1732341234567", "1732341234567 ", "17323412345678", "0x17323412345", "now"]
)
def test_the_pattern_refuses_a_generation(value: str) -> None:
    assert not re.search(document.load()["parameters"]["Generation"]["allowedPattern"], value)


@pytest.mark.parametrize("value", ["", "Report", "report ", "report\n", "apply,report", "applyreport", "none"])
def test_the_pattern_refuses_a_mode(value: str) -> None:
    assert not re.fullmatch(document.load()["parameters"]["Mode"]["allowedPattern"], value)


def test_a_first_run_puts_the_set_in_force(vpn: VpnInstance) -> None:
    result = vpn.apply("10.110.0.0/15,10.1.2.3/32")
    assert {k: result[k] for k in ("outcome", "generation", "services", "clients", "serviceCount", "cut", "boot")} == {
        "outcome": "applied",
        "generation": NOW,
        "services": ["10.1.2.3/32", "10.110.0.0/15"],
        "clients": [CLIENTS],
        "serviceCount": 2,
        "cut": 0,
        "boot": "no-systemd",
    }
    assert vpn.in_kernel() == ["10.1.2.3/32", "10.110.0.0/15"]
    assert vpn.in_kernel("clients") == [CLIENTS]
    rules = vpn.sh("nft list table ip peerway")
    assert rules.count("masquerade fully-random") == 1
    assert vpn.sh("cat /proc/sys/net/ipv4/ip_forward").strip() == "1"
    assert vpn.sh("cat /etc/sysctl.d/90-peerway.conf") == "net.ipv4.ip_forward = 1\n"


def test_a_second_run_changes_nothing(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16", NOW - 1)
    before = vpn.sh("nft -a list table ip peerway")
    again = vpn.apply("10.110.0.0/16", NOW)
    assert (again["outcome"], again["generation"]) == ("unchanged", NOW)
    assert vpn.sh("nft -a list table ip peerway") == before  # the same rule handles: nothing was loaded


def test_neighbouring_cidrs_stay_apart(vpn: VpnInstance) -> None:
    """The kernel may not merge them: what is read back is compared with what was asked for."""
    assert vpn.apply("10.110.0.0/16,10.111.0.0/16,10.112.0.0/16")["serviceCount"] == 3


def test_none_empties_the_set_and_cuts_its_connections(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16", NOW - 1)
    vpn.connection("172.168.0.2", "10.110.1.20")
    result = vpn.apply("none")
    assert (result["services"], result["serviceCount"], result["cut"]) == ([], 0, 1)
    assert vpn.in_kernel() == [] and vpn.connections() == []


def test_a_withdrawal_cuts_only_what_it_withdraws(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/15,10.120.0.0/16", NOW - 1)
    kept = [
        "10.9.9.9 10.110.1.20",  # not a client
        "172.168.0.2 10.111.1.20",  # still a service, now by a CIDR of its own
        "172.168.0.2 10.120.1.20",  # untouched
        "172.168.0.2 10.99.1.20",  # never was a service
    ]
    for pair in [*kept, "172.168.0.2 10.110.1.20", "172.168.0.3 10.110.1.20"]:
        source, destination = pair.split()
        vpn.connection(source, destination)
    assert vpn.apply("10.111.0.0/16,10.120.0.0/16")["cut"] == 2
    assert vpn.connections() == sorted(kept)


def test_a_new_service_cuts_nobody_when_the_cover_grows(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16", NOW - 1)
    vpn.connection("172.168.0.2", "10.110.1.20")
    assert vpn.apply("10.110.0.0/15")["cut"] == 0
    assert vpn.connections() == ["172.168.0.2 10.110.1.20"]


def test_without_conntrack_it_says_that_nothing_was_cut(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16", NOW - 1)
    vpn.put_in_place_of("/usr/sbin/conntrack", "", mode="644")
    assert vpn.apply("none")["cut"] is None


def test_an_older_set_never_overwrites_a_newer_one(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16", NOW)
    result = vpn.apply("10.120.0.0/16", NOW - 1)
    assert (result["outcome"], result["generation"], result["services"]) == ("superseded", NOW, ["10.110.0.0/16"])
    assert vpn.in_kernel() == ["10.110.0.0/16"]


def test_a_superseded_run_still_mends_what_somebody_flushed(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16", NOW)
    vpn.sh("nft flush ruleset")
    assert vpn.apply("10.120.0.0/16", NOW - 1)["services"] == ["10.110.0.0/16"]
    assert vpn.in_kernel() == ["10.110.0.0/16"]


@pytest.mark.parametrize(
    "damage",
    [
        "nft flush ruleset",
        "nft flush chain ip peerway postrouting",
        "nft flush chain ip peerway forward",
        "nft add element ip peerway services { 10.99.0.0/16 }",
        "nft flush set ip peerway clients",
    ],
)
def test_a_repeat_mends_what_somebody_changed(vpn: VpnInstance, damage: str) -> None:
    vpn.apply("10.110.0.0/16")
    good = vpn.sh("nft list table ip peerway")
    vpn.sh(damage)
    assert vpn.apply("10.110.0.0/16")["outcome"] == "applied"
    assert vpn.sh("nft list table ip peerway") == good


def test_runs_at_the_same_time_end_with_the_newest_set(vpn: VpnInstance) -> None:
    def run(n: int) -> str:
        return str(vpn.apply(f"10.{n}.0.0/16", NOW + n)["outcome"])

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(run, [3, 1, 7, 0, 5, 2, 6, 4]))
    assert set(outcomes) <= {"applied", "superseded"} and outcomes[2] == "applied"
    assert vpn.in_kernel() == ["10.7.0.0/16"]
    assert vpn.sh(f"head -1 {STATE}") == f"# generation {NOW + 7}\n"


def test_other_tables_are_left_alone(vpn: VpnInstance) -> None:
    vpn.host.nft(
        "table ip mine { chain c { type nat hook postrouting priority 100; ip daddr 10.9.0.0/16 masquerade; }; }"
    )
    vpn.host.nft("table inet filter { set s { type ipv4_addr; elements = { 10.9.9.9 }; }; }")
    listing = "nft -a list table ip mine; nft -a list table inet filter"
    before = vpn.sh(listing)
    vpn.apply("10.110.0.0/16", NOW - 1)
    vpn.apply("none")
    assert vpn.sh(listing) == before


BAD = [
    "10.0.0.1/8",
    "10.0.0.0/7",
    "0.0.0.0/0",
    "10.0.0.0/33",
    "10.256.0.0/16",
    "10.0.0.0/8,",
    ",",
    "10.0.0.0",
    "10.010.0.0/16",
    "10.0.0.0/08",
    "10.0.0.0/8/8",
    "10.0.0/16.0",
    "10.0.0.0/8\n",
    "$(touch /run/hacked)",
    "10.0.0.0/8;touch /run/hacked",
    "10.0.0.0/8 } ; flush ruleset",
    "10.0.0.0/8,10.1.0.0/16",
    "none,none",
    "-",
    "x" * 70000,
    "1/1",
    "10.0.0.0,/8",
    "10.0.0.0//8",
    "1.2.3.4.5/8",
    "10...0/8",
]


@pytest.mark.parametrize("value", BAD)
def test_bad_services_change_nothing(vpn: VpnInstance, value: str) -> None:
    vpn.apply("10.110.0.0/16", NOW - 1)
    before = vpn.sh(f"nft -a list ruleset; cat {STATE}")
    code, result, stderr = vpn.run(value)
    assert code == 1 and result["outcome"] == "failed" and result["reason"]
    assert result["reason"].split(":")[0] in stderr
    assert vpn.sh(f"nft -a list ruleset; cat {STATE}") == before
    assert vpn.host.run(["test", "-e", "/run/hacked"]).exit == 1


@pytest.mark.parametrize(
    "env, reason",
    [
        ({"SSM_Services": ""}, "SSM Agent 3.3.2746.0"),
        ({"SSM_Clients": ""}, "SSM Agent 3.3.2746.0"),
        ({"SSM_Generation": ""}, "SSM Agent 3.3.2746.0"),
        ({"SSM_Clients": "none"}, "clients"),
        ({"SSM_Clients": "0.0.0.0/0"}, "clients"),
        ({"SSM_Generation": "soon"}, "Generation"),
        ({"SSM_Generation": "173"}, "Generation"),
        ({"SSM_Generation": str(NOW + 7_200_000)}, "ahead of this clock"),
    ],
)
def test_bad_settings_are_refused(vpn: VpnInstance, env: dict[str, Any], reason: str) -> None:
    code, result, _ = vpn.run("10.110.0.0/16", **env)
    assert code == 1 and result["outcome"] == "failed" and reason in result["reason"]
    assert vpn.sh("nft list ruleset") == ""


def test_an_old_agent_that_sets_no_variables_is_refused(vpn: VpnInstance) -> None:
    done = vpn.host.run(["sh", "-c", document.script()])
    assert done.exit == 1 and "SSM Agent 3.3.2746.0" in json.loads(done.stdout)["reason"]


def test_a_missing_nft_is_named_with_its_package(vpn: VpnInstance) -> None:
    vpn.put_in_place_of("/usr/sbin/nft", "", mode="644")
    code, result, _ = vpn.run("10.110.0.0/16")
    assert code == 1 and "package nftables" in result["reason"]


def test_what_nft_refuses_is_reported_in_its_words(vpn: VpnInstance) -> None:
    _, result, _ = vpn.run("10.0.0.0/8,10.1.0.0/16")
    assert "conflicting intervals" in result["reason"]


def test_a_set_that_does_not_arrive_in_the_kernel_is_a_failure(vpn: VpnInstance) -> None:
    """Read back, not trusted: an nft that loads nothing and says all is well."""
    vpn.put_in_place_of("/usr/sbin/nft", "#!/bin/sh\nexit 0")
    code, result, _ = vpn.run("10.110.0.0/16")
    assert code == 1 and "does not hold the set" in result["reason"]


def test_a_run_killed_half_way_is_completed_by_the_next(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16", NOW - 1)
    vpn.connection("172.168.0.2", "10.110.1.20")
    vpn.put_in_place_of("/usr/sbin/conntrack", "#!/bin/sh\nsleep 60")
    assert vpn.run("10.120.0.0/16", NOW, timeout=1)[0] == 124  # killed after nft, before the set was saved
    vpn.sh("umount /usr/sbin/conntrack; echo rubbish >/var/lib/peerway/nat.nft.new")
    assert vpn.in_kernel() == ["10.120.0.0/16"] and "10.110.0.0/16" in vpn.sh(f"cat {STATE}")
    result = vpn.apply("10.120.0.0/16", NOW)
    assert (result["outcome"], result["cut"]) == ("applied", 1)
    assert vpn.connections() == []
    assert vpn.apply("10.120.0.0/16", NOW)["outcome"] == "unchanged"


def test_a_damaged_state_file_is_replaced(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16")
    vpn.sh(f"head -c 40 {STATE} >/run/part; cp /run/part {STATE}")
    assert vpn.apply("10.110.0.0/16")["outcome"] == "applied"
    assert vpn.sh(f"nft -c -f {STATE}") == ""


def test_the_last_set_is_restored_at_boot(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/15", NOW - 1)
    good = vpn.sh("nft list table ip peerway")
    vpn.sh("nft flush ruleset")
    unit = vpn.sh("cat /etc/systemd/system/peerway-nat.service")
    vpn.sh(found("ExecStart=(.*)", unit))
    assert vpn.sh("nft list table ip peerway") == good
    assert vpn.apply("10.110.0.0/15")["outcome"] == "unchanged"


def test_the_unit_is_one_that_systemd_takes(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16")
    done = vpn.host.run(["systemd-analyze", "verify", "/etc/systemd/system/peerway-nat.service"])
    assert done.exit == 0 and "peerway" not in done.stderr, done.stderr


def test_where_systemd_runs_the_unit_is_enabled(vpn: VpnInstance) -> None:
    vpn.sh("mkdir -p /run/systemd/system")
    vpn.put_in_place_of("/usr/bin/systemctl", '#!/bin/sh\necho "$@" >>/run/systemctl.log')
    assert vpn.apply("10.110.0.0/16")["boot"] == "installed"
    assert vpn.sh("cat /run/systemctl.log").splitlines() == [
        "daemon-reload",
        "--quiet enable --now peerway-nat.service peerway-nat-watch.service",
        "restart peerway-nat-watch.service",
    ]


def test_a_unit_that_systemd_refuses_fails_the_command(vpn: VpnInstance) -> None:
    vpn.sh("mkdir -p /run/systemd/system")
    vpn.put_in_place_of("/usr/bin/systemctl", "#!/bin/sh\nexit 1")
    code, result, _ = vpn.run("10.110.0.0/16")
    assert code == 1 and "peerway-nat.service" in result["reason"]


def test_five_thousand_prefixes_fit_in_one_command(vpn: VpnInstance) -> None:
    many = ",".join(f"10.{n // 128}.{n % 128 * 2}.0/24" for n in range(5000))
    result = vpn.apply(many)
    assert (result["serviceCount"], result["services"]) == (5000, None)  # too long for the command's output: the digest
    assert len(vpn.in_kernel()) == 5000


# ---- Mode report: asked only ----


def files(vpn: VpnInstance) -> str:
    """Every file that a run could have written, with its content and times."""
    return vpn.sh(
        "find /var/lib /etc -xdev -path '*peerway*' -printf '%p %T@ %s\\n' 2>/dev/null | sort; "
        "cat /proc/sys/net/ipv4/ip_forward"
    )


def test_a_report_on_a_fresh_instance_changes_nothing(vpn: VpnInstance) -> None:
    before = files(vpn)
    result = vpn.apply("10.110.0.0/16", SSM_Mode="report")
    assert {
        k: result[k]
        for k in (
            "outcome",
            "generation",
            "services",
            "clients",
            "serviceCount",
            "cut",
            "boot",
            "rules",
            "saved",
            "forward",
        )
    } == {
        "outcome": "report",
        "generation": 0,
        "services": [],
        "clients": [],
        "serviceCount": 0,
        "cut": 0,
        "boot": "no-systemd",
        "rules": False,
        "saved": False,
        "forward": False,
    }
    assert files(vpn) == before
    assert "peerway" not in vpn.sh("nft list ruleset")
    assert vpn.sh("ls /var/lib/peerway 2>/dev/null || echo none") == "none\n"


def test_a_report_tells_what_is_in_force_and_not_what_is_asked_for(vpn: VpnInstance) -> None:
    applied = vpn.apply("10.110.0.0/15,10.1.2.3/32", NOW - 5)
    before, ruleset = files(vpn), vpn.sh("nft -a list ruleset")
    result = vpn.apply("10.200.0.0/16", NOW, SSM_Mode="report")
    assert (result["outcome"], result["generation"], result["services"], result["clients"]) == (
        "report",
        NOW - 5,
        ["10.1.2.3/32", "10.110.0.0/15"],
        [CLIENTS],
    )
    assert result["servicesDigest"] == applied["servicesDigest"]
    assert (result["rules"], result["saved"], result["forward"]) == (True, True, True)
    assert files(vpn) == before
    assert vpn.sh("nft -a list ruleset") == ruleset


def test_a_report_sees_a_flushed_table(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16")
    vpn.sh("nft flush ruleset")
    result = vpn.apply("10.110.0.0/16", SSM_Mode="report")
    assert (result["services"], result["clients"], result["rules"], result["saved"]) == ([], [], False, False)
    assert "peerway" not in vpn.sh("nft list ruleset")


def test_a_report_sees_rules_and_forwarding_that_are_gone(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16")
    vpn.sh("nft flush chain ip peerway postrouting; echo 0 >/proc/sys/net/ipv4/ip_forward")
    result = vpn.apply("10.110.0.0/16", SSM_Mode="report")
    assert (result["services"], result["rules"], result["saved"], result["forward"]) == (
        ["10.110.0.0/16"],
        False,
        True,
        False,
    )


def test_a_report_sees_that_the_next_boot_would_bring_nothing_back(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16")
    vpn.sh(f"rm {STATE}")
    result = vpn.apply("10.110.0.0/16", SSM_Mode="report")
    assert (result["rules"], result["saved"], result["generation"]) == (True, False, 0)


def test_a_long_list_is_reported_by_its_digest(vpn: VpnInstance) -> None:
    many = ",".join(f"10.{n // 256}.{n % 256}.0/25" for n in range(500))
    applied = vpn.apply(many)
    result = vpn.apply("none", SSM_Mode="report")
    assert (result["services"], result["serviceCount"]) == (None, 500)
    assert result["servicesDigest"] == applied["servicesDigest"]


def test_a_report_counts_what_the_kernel_tracks_and_what_it_has_lost(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16")
    vpn.connection("172.168.0.7", "10.110.0.9")
    result = vpn.apply("10.110.0.0/16", SSM_Mode="report")
    assert result["tracked"] == int(vpn.sh("cat /proc/sys/net/netfilter/nf_conntrack_count")) > 0
    assert result["trackedMost"] == int(vpn.sh("cat /proc/sys/net/netfilter/nf_conntrack_max"))
    assert result["insertFailed"] == 0


def count_as(vpn: VpnInstance, table: str) -> None:
    """What the kernel would show of its counters: a file of /proc/net cannot be covered by another."""
    cat = vpn.sh("command -v cat").strip()
    vpn.sh(f"cp {cat} /run/cat; printf '%s\\n' '{table}' >/run/counters")
    vpn.put_in_place_of(
        cat, '#!/bin/sh\n[ "$*" != /proc/net/stat/nf_conntrack ] || exec /run/cat /run/counters\nexec /run/cat "$@"'
    )


def test_lost_connections_are_counted_over_all_processors_wherever_their_column_is(vpn: VpnInstance) -> None:
    count_as(vpn, "entries clashres insert_failed drop\n00000007 00000000 0000001f 0000\n00000007 0000 ffffffff 0000")
    assert vpn.apply("10.110.0.0/16", SSM_Mode="report")["insertFailed"] == 0x1F + 0xFFFFFFFF


@pytest.mark.parametrize("table", ["", "entries  searched found\n00000007  00000000 00000000"])
def test_a_kernel_that_does_not_count_what_it_has_lost_is_no_failure(vpn: VpnInstance, table: str) -> None:
    count_as(vpn, table)
    result = vpn.apply("10.110.0.0/16", SSM_Mode="report")
    assert (result["outcome"], result["insertFailed"]) == ("report", None)


def test_another_mode_is_refused(vpn: VpnInstance) -> None:
    for mode in ("", "both", "apply;id"):
        code, result, _ = vpn.run("10.110.0.0/16", SSM_Mode=mode)
        assert (code, result["outcome"]) == (1, "failed")
    assert "peerway" not in vpn.sh("nft list ruleset")
