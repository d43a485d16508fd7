"""The VPN instance as it stands, kept on its own disk and put back."""

from collections.abc import Callable

Shell = Callable[[str], str]
"""Runs a script on the instance; its standard output."""

_FILES = "/var/lib/peerway /etc/systemd/system/peerway-* /etc/systemd/system/*.wants/peerway-* /etc/sysctl.d/*peerway*"
_FORWARD = "/proc/sys/net/ipv4/ip_forward"


def keep(shell: Shell, name: str) -> None:
    """The whole ruleset of the kernel, whether it forwards, and the files that the document writes."""
    shell(
        f"mkdir -p /root/kept; nft list ruleset >/root/kept/{name}.nft; cat {_FORWARD} >/root/kept/{name}.forward;"
        f" tar -cf /root/kept/{name}.tar --ignore-failed-read {_FILES} 2>/dev/null; true"
    )


def put_back(shell: Shell, name: str) -> None:
    """Files first, and the ruleset in one transaction: the unit that watches restores a table that goes,
    from the file that is there then.
    """
    done = shell(
        f"rm -rf {_FILES} && tar -xf /root/kept/{name}.tar -C / && "
        f"{{ echo flush ruleset; cat /root/kept/{name}.nft; }} | nft -f -"
        f" && cat /root/kept/{name}.forward >{_FORWARD} && echo done"
    )
    if done.strip() != "done":
        raise RuntimeError(f"the VPN instance could not be put back as it was: {name}")


LOOK = r"""
echo "ip_forward $(cat /proc/sys/net/ipv4/ip_forward)"
nft -s list ruleset
for file in /var/lib/peerway/* /etc/systemd/system/peerway-* /etc/sysctl.d/*peerway*; do
  if [ -s "$file" ]; then sed "s|^|$file: |" "$file"; fi
done
"""
"""Says what the instance has in force and what it has saved. Lines of files begin with the file's path."""
