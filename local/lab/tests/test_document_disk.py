"""What the document does where the disk is full or read-only, what its reasons name, and what a flush is to it."""

import time

import pytest

from local.lab.tests.vpn import NOW, STATE, VpnInstance, found


def fill(vpn: VpnInstance) -> None:
    """The disk of the state is a small one, and full."""
    vpn.sh(
        "cp -a /var/lib/peerway /run/kept; mount -t tmpfs -o size=64k none /var/lib/peerway; "
        "cp -a /run/kept/. /var/lib/peerway; "
        "head -c 1M /dev/zero >/var/lib/peerway/full 2>/dev/null || true"
    )


def test_a_withdrawal_on_a_full_disk_takes_effect_and_no_boot_brings_it_back(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16,10.120.0.0/16", NOW - 2)
    fill(vpn)
    code, result, _ = vpn.run("10.120.0.0/16," + ",".join(f"10.{n}.0.0/16" for n in range(10, 99)), NOW - 1)
    if code == 0:  # the room that the old file took was enough
        assert "10.110" not in vpn.sh(f"cat {STATE}")
    else:
        assert "No space left on device" in result["reason"] and "cp" in result["reason"]
        assert "10.110" not in vpn.sh(f"cat {STATE} 2>/dev/null || true")
    assert "10.110.0.0/16" not in vpn.in_kernel() and "10.120.0.0/16" in vpn.in_kernel()


def test_on_a_full_disk_the_old_set_is_deleted_where_the_new_one_does_not_fit(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16", NOW - 2)
    vpn.sh(
        "cp -a /var/lib/peerway /run/kept; mount -t tmpfs -o size=64k,nr_inodes=4 none /var/lib/peerway; "
        "cp /run/kept/nat.nft /run/kept/lock /var/lib/peerway; "
        f"head -c 1M /dev/zero >/var/lib/peerway/full 2>/dev/null || true; touch {STATE}.other 2>/dev/null || true"
    )
    code, result, _ = vpn.run(",".join(f"10.{n // 128}.{n % 128 * 2}.0/24" for n in range(3000)), NOW - 1)
    assert code == 1 and result["outcome"] == "failed"
    assert (
        "was deleted, so that a boot does not bring back what was withdrawn" in result["reason"]
        and "cp: " in result["reason"]
    )
    assert vpn.host.run(["test", "-e", STATE]).exit == 1
    assert "10.110.0.0/16" not in vpn.in_kernel()
    vpn.sh("rm /var/lib/peerway/full; mount -o remount,size=1m,nr_inodes=99 /var/lib/peerway")
    assert vpn.apply("10.120.0.0/16")["outcome"] == "applied" and "10.120" in vpn.sh(f"cat {STATE}")


def test_on_a_full_disk_what_only_comes_leaves_the_old_set_to_the_next_boot(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16", NOW - 2)
    fill(vpn)
    before = vpn.sh(f"cat {STATE}")
    many = ",".join(f"10.{n // 128}.{n % 128 * 2}.0/24" for n in range(3000))
    code, result, _ = vpn.run("10.110.0.0/16," + many.replace("10.110.", "10.109."), NOW - 1)
    assert code == 1 and "holds nothing that was withdrawn" in result["reason"]
    assert vpn.sh(f"cat {STATE}") == before and "10.110.0.0/16" in vpn.in_kernel()


def test_a_read_only_disk_is_named_with_the_command_and_a_withdrawal_takes_effect(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16,10.120.0.0/16", NOW - 2)
    vpn.sh("mount --bind /var/lib/peerway /var/lib/peerway; mount -o remount,bind,ro /var/lib/peerway")
    code, result, _ = vpn.run("10.120.0.0/16", NOW - 1)
    assert (
        code == 1
        and "cp: cannot create regular file" in result["reason"]
        and "Read-only file system" in result["reason"]
    )
    assert "a boot brings back the one before it, with 10.110.0.0/16" in result["reason"] and "rm: " in result["reason"]
    assert vpn.in_kernel() == ["10.120.0.0/16"]


def test_a_first_run_on_a_read_only_disk_names_mkdir(vpn: VpnInstance) -> None:
    vpn.sh("mount --bind /var/lib /var/lib; mount -o remount,bind,ro /var/lib")
    code, result, _ = vpn.run("10.120.0.0/16")
    assert (
        code == 1
        and result["reason"].startswith("mkdir: cannot create directory")
        and "Read-only file system" in result["reason"]
    )


@pytest.mark.parametrize(
    "tool, reason",
    [
        ("flock", "package util-linux"),
        ("nft", "package nftables"),
        ("systemctl", "systemctl daemon-reload: Failed to connect to bus"),
    ],
)
def test_the_reason_names_what_failed(vpn: VpnInstance, tool: str, reason: str) -> None:
    vpn.sh("mkdir -p /run/systemd/system")
    if tool == "systemctl":
        vpn.put_in_place_of("/usr/bin/systemctl", "#!/bin/sh\necho 'Failed to connect to bus' >&2; exit 1")
    else:
        vpn.put_in_place_of(f"/usr/{'sbin' if tool == 'nft' else 'bin'}/{tool}", "", mode="644")
    code, result, _ = vpn.run("10.120.0.0/16")
    assert code == 1 and reason in result["reason"]


# ---- a flush ----


def test_a_flush_is_undone_at_once(vpn: VpnInstance) -> None:
    vpn.apply("10.110.0.0/16")
    good = vpn.sh("nft list table ip peerway")
    unit = vpn.sh("cat /etc/systemd/system/peerway-nat-watch.service")
    log = vpn.host.layer.parent / "watch.log"
    vpn.host.spawn(found(r"ExecStart=(.*)", unit).split(), log)
    time.sleep(1.5)
    for take_away in (
        "nft flush ruleset",
        "nft delete table ip peerway",
        "echo 'flush ruleset' >/run/conf; nft -f /run/conf",
    ):
        vpn.sh(take_away)
        for _ in range(600):
            if vpn.host.run(["nft", "list", "table", "ip", "peerway"]).stdout == good:
                break
            time.sleep(0.1)
        assert vpn.sh("nft list table ip peerway") == good
    assert log.read_text().count("was gone") == 3
    vpn.sh("nft insert rule ip peerway forward drop")
    vpn.apply("10.120.0.0/16", NOW + 1)  # deletes it and makes it anew: nothing for the watcher
    time.sleep(0.5)
    assert vpn.in_kernel() == ["10.120.0.0/16"] and log.read_text().count("was gone") == 3
    vpn.sh(f"rm {STATE}; nft delete table ip peerway")
    time.sleep(0.5)
    assert "peerway" not in vpn.sh("nft list ruleset")
