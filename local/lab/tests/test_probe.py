"""The document that tries to reach an address, run for real: the kernel's own words, and nothing but one try."""

import json
import re
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from local.lab import document
from local.lab.tests.vpn import VpnInstance

SCRIPT = document.script(document.PROBE)


def probe(vpn: VpnInstance, address: str = "127.0.0.1", port: str = "22", protocol: str = "tcp") -> dict[str, Any]:
    environment = {"SSM_Address": address, "SSM_Port": port, "SSM_Protocol": protocol}
    done = vpn.host.run(["sh", "-c", SCRIPT], env=environment, timeout=30)
    assert done.exit == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_the_script_is_clean_shell(tmp_path: Path) -> None:
    (tmp_path / "script").write_text(SCRIPT)
    done = subprocess.run(["shellcheck", tmp_path / "script"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_value_is_ever_part_of_the_shell_text() -> None:
    assert "{{" not in SCRIPT
    assert all(p["interpolationType"] == "ENV_VAR" for p in document.load(document.PROBE)["parameters"].values())


@pytest.mark.parametrize(
    "value", ["", "10.0.0.1;id", "$(id)", "10.0.0.1 -f", "fd00::1", "localhost", "-c", "1.2.3", "a.b.c.d"]
)
def test_the_pattern_refuses_what_is_no_address(value: str) -> None:
    assert not re.search(document.load(document.PROBE)["parameters"]["Address"]["allowedPattern"], value)


@pytest.mark.parametrize("value", ["$(touch /run/hostile)", "127.0.0.1;touch /run/hostile", "a$IFS", "localhost"])
def test_whoever_gets_past_the_pattern_is_refused_by_the_script(vpn: VpnInstance, value: str) -> None:
    assert probe(vpn, address=value)["outcome"] == "NOT_TRIED"
    assert probe(vpn, port=value)["outcome"] == "NOT_TRIED"
    assert probe(vpn, protocol=value)["outcome"] == "NOT_TRIED"
    assert vpn.sh("ls /run/hostile 2>/dev/null || echo none").strip() == "none"


def test_the_kernel_says_what_becomes_of_a_connection(vpn: VpnInstance) -> None:
    assert probe(vpn) == {"outcome": "REFUSED", "words": "Connection refused"}
    vpn.sh("python3 -m http.server 8022 --bind 127.0.0.1 >/dev/null 2>&1 & sleep 2")
    assert probe(vpn, port="8022") == {"outcome": "REACHED", "words": "connected"}
    assert probe(vpn, address="10.9.9.9") == {"outcome": "NO_ROUTE", "words": "Network is unreachable"}
    vpn.sh("nft 'table ip t { chain out { type filter hook output priority 0; tcp dport 8022 drop; }; }'")
    dropped = probe(vpn, port="8022")
    assert dropped["outcome"] in ("TIMED_OUT", "NO_ROUTE"), dropped


def test_an_echo_request_is_answered_or_not(vpn: VpnInstance) -> None:
    assert probe(vpn, protocol="icmp") == {"outcome": "REACHED", "words": "an echo reply came"}
    assert probe(vpn, address="10.9.9.9", protocol="icmp")["outcome"] == "NO_ROUTE"
    vpn.sh("nft 'table ip t { chain in { type filter hook input priority 0; icmp type echo-request drop; }; }'")
    assert probe(vpn, protocol="icmp") == {"outcome": "TIMED_OUT", "words": "no answer within 5 seconds"}


def test_of_udp_nothing_is_tried(vpn: VpnInstance) -> None:
    assert probe(vpn, protocol="udp")["outcome"] == "NOT_TRIED"


def test_of_twelve_at_once_three_try_and_the_others_say_so_at_once(vpn: VpnInstance) -> None:
    vpn.sh("nft 'table ip t { chain in { type filter hook input priority 0; tcp dport 22 drop; }; }'")
    began = time.monotonic()
    with ThreadPoolExecutor(12) as people:
        answers = list(people.map(lambda _: probe(vpn), range(12)))
    assert sorted(answer["outcome"] for answer in answers) == ["NOT_TRIED"] * 9 + ["TIMED_OUT"] * 3
    assert all("others try already" in a["words"] for a in answers if a["outcome"] == "NOT_TRIED")
    assert time.monotonic() - began < 25
