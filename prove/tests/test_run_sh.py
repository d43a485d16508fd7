"""Which of the user's AWS settings scripts/run.sh lets through: none to the local AWS,
and no endpoint to the real one.
"""

import os
import subprocess
from pathlib import Path

RUN = Path(__file__).resolve().parents[2] / "scripts" / "run.sh"
THEIRS = {
    "AWS_PROFILE": "mine",
    "AWS_CONFIG_FILE": "/home/me/config",
    "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
    "AWS_ENDPOINT_URL_EC2": "http://127.0.0.1:2",
}


def environment(**more: str) -> dict[str, str]:
    done = subprocess.run([str(RUN), "env"], env=os.environ | THEIRS | more, capture_output=True, text=True, check=True)
    return dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)


def test_a_real_run_has_the_profiles_and_no_endpoint() -> None:
    there = environment(KEEP_AWS="1")
    assert there["AWS_PROFILE"] == "mine"
    assert there["AWS_CONFIG_FILE"] == "/home/me/config"
    assert there["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] == "true"
    assert not [name for name in there if name.startswith("AWS_ENDPOINT_URL")]
    assert "KEEP_AWS" not in there


def test_everything_else_has_neither() -> None:
    there = environment(KEEP_AWS="")
    assert "AWS_PROFILE" not in there
    assert there["AWS_CONFIG_FILE"] == "/dev/null"
    assert not [name for name in there if name.startswith("AWS_ENDPOINT_URL")]
