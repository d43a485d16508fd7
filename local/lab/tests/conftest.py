"""A VPN instance that is nothing else, for the tests of the document."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.lab.host import Host
from local.lab.sweep import netns
from local.lab.tests.vpn import VpnInstance


@pytest.fixture
def vpn(tmp_path: Path) -> Iterator[VpnInstance]:
    host = Host("vpn", netns(f"doctest{os.getpid()}", "vpn"), tmp_path)
    host.must(["sh", "-c", "echo 0 >/proc/sys/net/ipv4/ip_forward"])
    yield VpnInstance(host)
    host.close()
