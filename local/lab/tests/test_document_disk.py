"""What the document does where the disk is full, and what a flush is to it."""

import re
import time

from local.lab.tests.vpn import NOW, STATE, vpn

__all__ = ["vpn"]


def fill(vpn) -> None:
    """The disk of the state is a small one, and full."""
    vpn.sh("cp -a /var/lib/peerway /run/kept; mount -t tmpfs -o size=64k none /var/lib/peerway; cp -a /run/kept/. /var/lib/peerway; "
           "head -c 1M /dev/zero >/var/lib/peerway/full 2>/dev/null || true")


def test_a_withdrawal_on_a_full_disk_takes_effect_and_no_boot_brings_it_back(vpn):
    vpn.apply("10.110.0.0/16,10.120.0.0/16", NOW - 2)
    fill(vpn)
    code, result, stderr = vpn.run("10.120.0.0/16," + ",".join(f"10.{n}.0.0/16" for n in range(10, 99)), NOW - 1)
    if code == 0:  # the room that the old file took was enough
        assert "10.110" not in vpn.sh(f"cat {STATE}")
    else:
        assert "No space left on device" in result["reason"] and "cp" in result["reason"]
        assert "10.110" not in vpn.sh(f"cat {STATE} 2>/dev/null || true")
    assert "10.110.0.0/16" not in vpn.in_kernel() and "10.120.0.0/16" in vpn.in_kernel()


# ---- a flush ----


def test_a_flush_is_undone_at_once(vpn):
    vpn.apply("10.110.0.0/16")
    good = vpn.sh("nft list table ip peerway")
    unit = vpn.sh("cat /etc/systemd/system/peerway-nat-watch.service")
    log = vpn.host.layer.parent / "watch.log"
    vpn.host.spawn(re.search("ExecStart=(.*)", unit)[1].split(), log)
    time.sleep(1.5)
    for take_away in ("nft flush ruleset", "nft delete table ip peerway", "echo 'flush ruleset' >/run/conf; nft -f /run/conf"):
        vpn.sh(take_away)
        for _ in range(50):
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
