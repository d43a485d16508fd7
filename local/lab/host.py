"""One machine of the lab: a process tree with a network, a file system view and a name of its own."""

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# What a program on the machine finds in its environment, whatever the caller's own looks like.
ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "TERM": "dumb",
}

# GNU tar's exit code where a file was written to while it was read ("Possible exit codes", its manual).
_CHANGED_MEANWHILE = 1

# /etc, /var and /root can be written to without touching the real ones, and /run is empty: what the document script,
# sshd and OpenVPN leave there lives in memory and is gone with the machine. `who` reads /run/utmp.
_SET_UP = """
set -e
hostname "$1"
mount -t tmpfs none "$2"
for top in etc var root; do
  mkdir -p "$2/$top/upper" "$2/$top/work"
done
[ -z "$3" ] || tar -C "$2" --xattrs --xattrs-include='*' -xf "$3"
for top in etc var root; do
  mount -t overlay overlay -o "lowerdir=/$top,upperdir=$2/$top/upper,workdir=$2/$top/work" "/$top"
done
mount -t tmpfs -o mode=755 none /run
mkdir -p /run/sshd /run/lock
: >/run/utmp
sed -i 's/^root:[^:]*:/root:*:/' /etc/shadow  # sshd refuses a locked account
ip link set lo up
trap '' CHLD  # the first process inherits orphans: ignored, they are reaped at once
echo ready
exec cat
"""


@dataclass(frozen=True)
class Completed:
    """How a program on a machine ended. `exit` is 124 where it was stopped at its time limit, as with timeout(1)."""

    exit: int
    stdout: str
    stderr: str


class Host:
    """A machine that lives as long as this process does, and not a moment longer.

    Its first process reads from a pipe that only we hold open. When we end, however that happens, the pipe closes, the
    first process ends, and the kernel kills every process of the machine with it (pid_namespaces(7)). A death signal
    (PR_SET_PDEATHSIG) would not do: it is sent when the *thread* that started the process ends.
    """

    def __init__(
        self, name: str, netns: str, workdir: Path, hostname: str | None = None, disk: Path | None = None
    ) -> None:
        """`disk`: what `save` has kept of an earlier machine."""
        self.name = name
        self.netns = netns
        self._scratch = workdir / name
        self._scratch.mkdir(parents=True, exist_ok=True)
        self._holder = subprocess.Popen(
            [
                "unshare",
                "--net",
                "--mount",
                "--uts",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "sh",
                "-c",
                _SET_UP,
                "sh",
                hostname or name,
                str(self._scratch),
                str(disk or ""),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        assert self._holder.stdout and self._holder.stderr
        if self._holder.stdout.readline() != b"ready\n":
            error = self._holder.stderr.read().decode()
            self.close()
            raise RuntimeError(f"the machine {name} did not start: {error}")
        children = Path(f"/proc/{self._holder.pid}/task/{self._holder.pid}/children").read_text()
        self.pid = int(children.split()[0])
        # A name for `ip netns exec`. It outlives us if we are killed; sweep removes it then.
        subprocess.run(["ip", "netns", "attach", netns, str(self.pid)], check=True, capture_output=True)

    def command(self, argv: list[str]) -> list[str]:
        """The command that runs argv on this machine when started on the real one."""
        return ["nsenter", "--target", str(self.pid), "--mount", "--uts", "--net", "--pid", "--wd=/root", "--", *argv]

    def spawn(self, argv: list[str], log: Path) -> subprocess.Popen[bytes]:
        """Starts a server on this machine; it ends with the machine at the latest."""
        with log.open("ab") as out:
            return subprocess.Popen(
                self.command(argv),
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def run(
        self, argv: list[str], env: dict[str, str] | None = None, stdin: bytes = b"", timeout: float = 60
    ) -> Completed:
        process = subprocess.Popen(
            self.command(argv),
            env=ENVIRONMENT | (env or {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            out, err = process.communicate(stdin, timeout)
            code = process.returncode
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            out, err = process.communicate()
            code = 124
        return Completed(code, out.decode(errors="replace"), err.decode(errors="replace"))

    def must(self, argv: list[str], **options: Any) -> str:
        """Runs argv and gives its output; a failure is an error of the lab itself."""
        done = self.run(argv, **options)
        if done.exit != 0:
            raise RuntimeError(f"{self.name}: {' '.join(argv)}: exit {done.exit}: {done.stderr or done.stdout}")
        return done.stdout

    def nft(self, ruleset: str) -> None:
        """One nftables transaction."""
        self.must(["nft", "-f", "-"], stdin=ruleset.encode())

    def ip(self, *commands: str) -> None:
        """Several ip(8) commands in one process."""
        self.must(["ip", "-batch", "-"], stdin="\n".join(commands).encode())

    @property
    def layer(self) -> Path:
        """Where, on this machine, the layers lie that it writes to: `etc/upper` and so on."""
        return self._scratch

    def save(self, disk: Path) -> None:
        """Keeps what the machine has written to its disk. Deleted files are device nodes in its layers,
        and kept as such. What a process writes just now is kept as far as it is, as on a disk whose machine goes off.
        """
        with disk.open("wb") as file:
            done = subprocess.run(
                self.command(
                    [
                        "tar",
                        "-C",
                        str(self._scratch),
                        "--xattrs",
                        "--xattrs-include=*",
                        "--warning=none",
                        "-cf",
                        "-",
                        "etc/upper",
                        "var/upper",
                        "root/upper",
                    ]
                ),
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.PIPE,
                check=False,
            )
        if done.returncode not in (0, _CHANGED_MEANWHILE):
            done.check_returncode()

    def close(self) -> None:
        """Ends every process of the machine. A second call does nothing."""
        for pipe in (self._holder.stdin, self._holder.stdout, self._holder.stderr):
            assert pipe
            pipe.close()
        try:
            self._holder.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._holder.kill()  # --kill-child takes the first process of the machine along
            self._holder.wait()
        subprocess.run(["ip", "netns", "delete", self.netns], capture_output=True, check=False)
        shutil.rmtree(self._scratch, ignore_errors=True)


def link(a: Host, a_name: str, b: Host, b_name: str) -> None:
    """A cable between two machines. It is made inside their namespaces and never exists outside."""
    subprocess.run(
        [
            "nsenter",
            "--target",
            str(a.pid),
            "--net",
            "ip",
            "link",
            "add",
            a_name,
            "type",
            "veth",
            "peer",
            "name",
            b_name,
            "netns",
            str(b.pid),
        ],
        check=True,
        capture_output=True,
    )
