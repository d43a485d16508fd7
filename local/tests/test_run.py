"""What scripts/run.sh keeps away from what it starts."""

import os
import subprocess
from pathlib import Path

import pytest

RUN = Path(__file__).resolve().parents[2] / "scripts" / "run.sh"


@pytest.mark.parametrize("theirs", ["", ".example.com"])
def test_a_proxy_of_the_user_does_not_get_the_local_aws_s_calls(theirs: str) -> None:
    proxies = {"http_proxy": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9", "no_proxy": theirs}
    done = subprocess.run(
        [
            str(RUN),
            "python",
            "-c",
            "from urllib.request import proxy_bypass as b; print(b('127.0.0.1'), b('x.example.com'))",
        ],
        env=os.environ | proxies,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["True", str(bool(theirs))]
