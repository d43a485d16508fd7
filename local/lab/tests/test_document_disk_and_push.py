"""What the document does where the disk is full or read-only, and what OpenVPN's configuration and a flush are to it."""

import json
import re
import time

import pytest

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


def test_on_a_full_disk_the_old_set_is_deleted_where_the_new_one_does_not_fit(vpn):
    vpn.apply("10.110.0.0/16", NOW - 2)
    vpn.sh("cp -a /var/lib/peerway /run/kept; mount -t tmpfs -o size=64k,nr_inodes=4 none /var/lib/peerway; "
           f"cp /run/kept/nat.nft /run/kept/lock /var/lib/peerway; head -c 1M /dev/zero >/var/lib/peerway/full 2>/dev/null || true; touch {STATE}.other 2>/dev/null || true")
    code, result, _ = vpn.run(",".join(f"10.{n // 128}.{n % 128 * 2}.0/24" for n in range(3000)), NOW - 1)
    assert code == 1 and result["outcome"] == "failed"
    assert "was deleted, so that a boot does not bring back what was withdrawn" in result["reason"] and "cp: " in result["reason"]
    assert vpn.host.run(["test", "-e", STATE]).exit == 1
    assert "10.110.0.0/16" not in vpn.in_kernel()
    vpn.sh("rm /var/lib/peerway/full; mount -o remount,size=1m,nr_inodes=99 /var/lib/peerway")
    assert vpn.apply("10.120.0.0/16")["outcome"] == "applied" and "10.120" in vpn.sh(f"cat {STATE}")


def test_on_a_full_disk_what_only_comes_leaves_the_old_set_to_the_next_boot(vpn):
    vpn.apply("10.110.0.0/16", NOW - 2)
    fill(vpn)
    before = vpn.sh(f"cat {STATE}")
    many = ",".join(f"10.{n // 128}.{n % 128 * 2}.0/24" for n in range(3000))
    code, result, _ = vpn.run("10.110.0.0/16," + many.replace("10.110.", "10.109."), NOW - 1)
    assert code == 1 and "holds nothing that was withdrawn" in result["reason"]
    assert vpn.sh(f"cat {STATE}") == before and "10.110.0.0/16" in vpn.in_kernel()


def test_a_read_only_disk_is_named_with_the_command_and_a_withdrawal_takes_effect(vpn):
    vpn.apply("10.110.0.0/16,10.120.0.0/16", NOW - 2)
    vpn.sh("mount --bind /var/lib/peerway /var/lib/peerway; mount -o remount,bind,ro /var/lib/peerway")
    code, result, _ = vpn.run("10.120.0.0/16", NOW - 1)
    assert code == 1 and "cp: cannot create regular file" in result["reason"] and "Read-only file system" in result["reason"]
    assert "a boot brings back the one before it, with 10.110.0.0/16" in result["reason"] and "rm: " in result["reason"]
    assert vpn.in_kernel() == ["10.120.0.0/16"]


def test_a_first_run_on_a_read_only_disk_names_mkdir(vpn):
    vpn.sh("mount --bind /var/lib /var/lib; mount -o remount,bind,ro /var/lib")
    code, result, _ = vpn.run("10.120.0.0/16")
    assert code == 1 and result["reason"].startswith("mkdir: cannot create directory") and "Read-only file system" in result["reason"]


@pytest.mark.parametrize("tool, reason", [
    ("flock", "package util-linux"), ("nft", "package nftables"), ("systemctl", "systemctl daemon-reload: Failed to connect to bus")])
def test_the_reason_names_what_failed(vpn, tool, reason):
    vpn.sh("mkdir -p /run/systemd/system")
    if tool == "systemctl":
        vpn.put_in_place_of("/usr/bin/systemctl", "#!/bin/sh\necho 'Failed to connect to bus' >&2; exit 1")
    else:
        vpn.put_in_place_of(f"/usr/{'sbin' if tool == 'nft' else 'bin'}/{tool}", "", mode="644")
    code, result, _ = vpn.run("10.120.0.0/16")
    assert code == 1 and reason in result["reason"]


# ---- what OpenVPN pushes ----

SERVICES = "10.110.0.0/16,10.120.0.0/24"
SERVER = "port 1194\nserver 172.168.0.0 255.255.255.0\n"


def configure(vpn, text: str, path: str = "/etc/openvpn/server/server.conf") -> dict:
    vpn.sh(f"mkdir -p /etc/openvpn/server /etc/openvpn/ccd; cat >{path} <<'END'\n{text}\nEND")
    return vpn.apply(SERVICES, SSM_Mode="report")


@pytest.mark.parametrize("lines, missing", [
    ("", ["10.110.0.0/16", "10.120.0.0/24"]),
    ('push "route 10.110.0.0 255.255.0.0"', ["10.120.0.0/24"]),
    ("push 'route 10.110.0.0 255.255.0.0 vpn_gateway 10'\n  push \"route 10.120.0.0 255.255.255.0\" # ours", []),
    ('push "route 10.0.0.0 255.0.0.0"', []),
    ('push "route 10.110.0.0 255.255.128.0"\npush "route 10.120.0.7"', ["10.110.128.0/17", "10.120.0.0/30", "10.120.0.128/25", "10.120.0.16/28",
                                                                   "10.120.0.32/27", "10.120.0.4/31", "10.120.0.6/32", "10.120.0.64/26", "10.120.0.8/29"]),
    ('push "redirect-gateway def1 bypass-dhcp"', []),
    ('push "redirect-gateway !ipv4"\n#push "route 10.110.0.0 255.255.0.0"\n;push "route 10.120.0.0 255.255.255.0"', ["10.110.0.0/16", "10.120.0.0/24"]),
    ("client-config-dir /etc/openvpn/ccd", ["10.120.0.0/24"]),
    ("config more.conf", ["10.110.0.0/16"]),
    ("client-connect /etc/openvpn/connect.sh", None),
])
def test_what_openvpn_does_not_push_is_told(vpn, lines, missing):
    vpn.apply(SERVICES, NOW - 1)
    assert vpn.apply(SERVICES, SSM_Mode="report")["unpushed"] is None  # no server is known of
    vpn.sh("mkdir -p /etc/openvpn/ccd /etc/openvpn/server; echo 'push \"route 10.110.0.0 255.255.0.0\"' >/etc/openvpn/ccd/alice; "
           "echo 'push \"route 10.120.0.0 255.255.255.0\"' >/etc/openvpn/server/more.conf.txt; "
           "cp /etc/openvpn/server/more.conf.txt /etc/openvpn/server/more")
    report = configure(vpn, SERVER + lines.replace("more.conf", "more"))
    assert report["unpushed"] == missing and report["unpushedCount"] == (None if missing is None else len(missing))
    assert report["pushIn"] == ("/etc/openvpn/server/server.conf" if missing else "")


def test_a_client_s_configuration_is_none_of_a_server(vpn):
    vpn.apply(SERVICES, NOW - 1)
    assert configure(vpn, "client\nremote vpn.example.com", "/etc/openvpn/client.conf")["unpushed"] is None


def test_servers_that_run_count_before_files_that_lie_there(vpn):
    vpn.apply(SERVICES, NOW - 1)
    configure(vpn, SERVER + 'push "route 10.0.0.0 255.0.0.0"')
    vpn.sh("mkdir -p /run/vpn; printf '%s\\n' 'server 10.8.0.0 255.255.255.0' >/run/vpn/mine.conf; cp /usr/bin/sleep /run/openvpn; "
           "cd /run/vpn; setsid sh -c 'exec perl -e \"\\$0=q(x); sleep 60\"' >/dev/null 2>&1 & "
           "cd /run/vpn; (exec -a openvpn sleep 60) >/dev/null 2>&1 || true &")
    vpn.host.spawn(["bash", "-c", "cd /run/vpn; printf '#!/bin/sh\\nsleep 60\\n' >openvpn; chmod 755 openvpn; exec -a openvpn bash -c 'sleep 60; :' --config mine.conf"],
                   vpn.host.layer.parent / "openvpn.log")
    time.sleep(0.5)
    listed = vpn.sh("cat /proc/[0-9]*/cmdline | tr '\\0' ' '")
    assert "openvpn" in listed


def test_an_answer_always_fits_into_what_run_command_shows(vpn):
    services = [f"10.{n}.{n}.0/24" for n in range(100, 225)]
    vpn.apply(",".join(services), NOW - 1)
    vpn.sh("mkdir -p /etc/openvpn; echo 'server 172.168.0.0 255.255.255.0' >/etc/openvpn/%s.conf" % ("long" * 50))
    for n in range(12):
        vpn.host.nft(f"table inet other_{'t' * 180}_{n} {{\nchain {'c' * 200} {{\ntype filter hook forward priority {n}; policy drop;\n}}\n}}")
    for mode in ("report", "apply"):
        result = vpn.apply(",".join(services[:60]), NOW, SSM_Unclaimed=",".join(services[60:]), SSM_Mode=mode)
        assert len(json.dumps(result)) < 2450, len(json.dumps(result))
        assert (result["obstacleCount"], result["unpushedCount"]) == (12, 125) and result["obstacles"] and result["unpushed"]


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
