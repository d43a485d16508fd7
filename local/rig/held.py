"""A rig that lives as long as a block of code."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local.rig.client import RigClient


@contextmanager
def held_rig(directory: Path, *options: str) -> Iterator[RigClient]:
    """The rig ends when the block does, and, as it hangs on our end of a pipe, also when this process is killed."""
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / "log").open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "local.rig", "serve", "--until-eof", "--dir", str(directory), *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
        )
    assert child.stdin is not None and child.stdout is not None
    try:
        if not child.stdout.readline():
            raise RuntimeError(f"the rig did not start:\n{(directory / 'log').read_text()[-3000:]}")
        yield RigClient.of(directory)
    finally:
        child.stdin.close()
        child.wait()
