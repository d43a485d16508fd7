"""Keys and certificates of one rig, made fresh at its start (elliptic curves: milliseconds)."""

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Certificate:
    """A self-signed certificate; the other side knows it by its fingerprint (openvpn(8), --peer-fingerprint)."""

    path: Path
    key: Path
    fingerprint: str


def certificate(folder: Path, name: str) -> Certificate:
    path, key = folder / f"{name}.crt", folder / f"{name}.key"
    _run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "30",
        "-subj",
        f"/CN={name}",
        "-keyout",
        str(key),
        "-out",
        str(path),
    )
    shown = _run("openssl", "x509", "-in", str(path), "-noout", "-fingerprint", "-sha256")
    return Certificate(path, key, shown.split("=", 1)[1].strip())


def ssh_key(path: Path) -> str:
    """Makes a key pair and gives the public half."""
    _run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", path.stem, "-f", str(path))
    return path.with_suffix(".pub").read_text().strip()


def _run(*argv: str) -> str:
    return subprocess.run(argv, check=True, capture_output=True, text=True).stdout
