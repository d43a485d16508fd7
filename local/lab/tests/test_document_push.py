"""What the document says of the networks that OpenVPN sends clients to, and how much of all it says has room."""

import json
import time
from typing import Any

import pytest

from local.lab.tests.vpn import NOW, VpnInstance

SERVICES = "10.110.0.0/16,10.120.0.0/24"
SERVER = "port 1194\nserver 172.168.0.0 255.255.255.0\n"


def configure(vpn: VpnInstance, text: str, path: str = "/etc/openvpn/server/server.conf") -> dict[str, Any]:
    vpn.sh(f"mkdir -p /etc/openvpn/server /etc/openvpn/ccd; cat >{path} <<'END'\n{text}\nEND")
    report: dict[str, Any] = vpn.apply(SERVICES, SSM_Mode="report")
    return report


@pytest.mark.parametrize(
    "lines, missing",
    [
        ("", ["10.110.0.0/16", "10.120.0.0/24"]),
        ('push "route 10.110.0.0 255.255.0.0"', ["10.120.0.0/24"]),
        ("push 'route 10.110.0.0 255.255.0.0 vpn_gateway 10'\n  push \"route 10.120.0.0 255.255.255.0\" # ours", []),
        ('push "route 10.0.0.0 255.0.0.0"', []),
        (
            'push "route 10.110.0.0 255.255.128.0"\npush "route 10.120.0.7"',
            [
                "10.110.128.0/17",
                "10.120.0.0/30",
                "10.120.0.128/25",
                "10.120.0.16/28",
                "10.120.0.32/27",
                "10.120.0.4/31",
                "10.120.0.6/32",
                "10.120.0.64/26",
                "10.120.0.8/29",
            ],
        ),
        ('push "redirect-gateway def1 bypass-dhcp"', []),
        (
            'push "redirect-gateway !ipv4"\n'
            '#push "route 10.110.0.0 255.255.0.0"\n;push "route 10.120.0.0 255.255.255.0"',
            ["10.110.0.0/16", "10.120.0.0/24"],
        ),
        ("client-config-dir /etc/openvpn/ccd", ["10.120.0.0/24"]),
        ("config more.conf", ["10.110.0.0/16"]),
        ("client-connect /etc/openvpn/connect.sh", None),
    ],
)
def test_what_openvpn_does_not_push_is_told(vpn: VpnInstance, lines: str, missing: list[str] | None) -> None:
    vpn.apply(SERVICES, NOW - 1)
    assert vpn.apply(SERVICES, SSM_Mode="report")["unpushed"] is None  # no server is known of
    vpn.sh(
        "mkdir -p /etc/openvpn/ccd /etc/openvpn/server; "
        "echo 'push \"route 10.110.0.0 255.255.0.0\"' >/etc/openvpn/ccd/alice; "
        "echo 'push \"route 10.120.0.0 255.255.255.0\"' >/etc/openvpn/server/more.conf.txt; "
        "cp /etc/openvpn/server/more.conf.txt /etc/openvpn/server/more"
    )
    report = configure(vpn, SERVER + lines.replace("more.conf", "more"))
    assert report["unpushed"] == missing and report["unpushedCount"] == (None if missing is None else len(missing))
    assert report["pushIn"] == ("/etc/openvpn/server/server.conf" if missing else "")


def test_a_client_s_configuration_is_none_of_a_server(vpn: VpnInstance) -> None:
    vpn.apply(SERVICES, NOW - 1)
    assert configure(vpn, "client\nremote vpn.example.com", "/etc/openvpn/client.conf")["unpushed"] is None


def test_a_server_that_runs_counts_before_files_that_lie_there(vpn: VpnInstance) -> None:
    vpn.apply(SERVICES, NOW - 1)
    assert configure(vpn, SERVER + 'push "route 10.0.0.0 255.0.0.0"')["unpushed"] == []
    vpn.sh(
        "mkdir -p /run/vpn; printf 'server 10.8.0.0 255.255.255.0\\n"
        'push "route 10.110.0.0 255.255.0.0"\\nsleep 60\\n\' >/run/vpn/mine.conf'
    )
    # What counts is its name, its options and its folder: a shell, to which the options are commands.
    server = vpn.host.spawn(
        ["bash", "-c", "cd /run/vpn; exec -a openvpn sh mine.conf"], vpn.host.layer.parent / "openvpn.log"
    )
    try:
        for _ in range(600):
            report = vpn.apply(SERVICES, SSM_Mode="report")
            if report["unpushed"]:
                break
            time.sleep(0.1)
        assert report["unpushed"] == ["10.120.0.0/24"] and report["pushIn"] == "/run/vpn/mine.conf"
    finally:
        server.kill()


def test_an_answer_always_fits_into_what_run_command_shows(vpn: VpnInstance) -> None:
    services = [f"10.{n}.{n}.0/24" for n in range(100, 225)]
    vpn.apply(",".join(services), NOW - 1)
    vpn.sh("mkdir -p /etc/openvpn; echo 'server 172.168.0.0 255.255.255.0' >/etc/openvpn/%s.conf" % ("long" * 50))
    for n in range(12):
        chain = f"chain {'c' * 200} {{\ntype filter hook forward priority {n}; policy drop;\n}}"
        vpn.host.nft(f"table inet other_{'t' * 180}_{n} {{\n{chain}\n}}")
    for mode in ("report", "apply"):
        result = vpn.apply(",".join(services[:60]), NOW, SSM_Unclaimed=",".join(services[60:]), SSM_Mode=mode)
        assert len(json.dumps(result)) < 2450, len(json.dumps(result))
        assert (
            (result["obstacleCount"], result["unpushedCount"]) == (12, 125)
            and result["obstacles"]
            and result["unpushed"]
        )
