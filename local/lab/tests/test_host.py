"""A machine of the lab, by itself."""

from contextlib import closing
from pathlib import Path

from local.lab.host import Host
from local.lab.tests.vpn import VpnInstance


def test_a_disk_is_kept_whatever_is_written_to_it_meanwhile(vpn: VpnInstance, tmp_path: Path) -> None:
    vpn.sh("echo kept >/etc/before")
    # Larger than tar reads at once, and never twice the same.
    writer = vpn.host.spawn(
        ["sh", "-c", "while :; do head -c 3000000 /dev/zero >>/var/busy; truncate -s 20M /var/busy; done"],
        tmp_path / "writer.log",
    )
    disk = tmp_path / "disk.tar"
    for _ in range(5):
        vpn.host.save(disk)
    writer.kill()

    with closing(Host("again", f"{vpn.host.netns}again", tmp_path / "again", disk=disk)) as again:
        assert again.run(["cat", "/etc/before"]).stdout == "kept\n"
