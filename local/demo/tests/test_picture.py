"""Which lines of a recorded demo become its picture."""

import os
import subprocess
from pathlib import Path

import pytest

from local.aws.runtime import java_runtime

ROOT = Path(__file__).parents[3]
RECORDING = (
    "Starting\r\n\r\n\x1b[1mThe network\x1b[0m\r\n  company\r\n\r\n\x1b[1mservice1 asks to be connected\x1b[0m\r\n"
    "  \x1b[32m✓\x1b[0m logged in <here>\r\n\r\n\x1b[1mOther\x1b[0m\r\n  more\r\n\r\n"
    "\x1b[1mWhat held\x1b[0m\r\n  all\r\n"
)


def picture(folder: Path, recording: str) -> subprocess.CompletedProcess[str]:
    (folder / "recording").write_text(recording, newline="")
    return subprocess.run(
        [
            str(java_runtime.cache() / "tools/bin/python"),
            "-m",
            "local.demo.picture",
            folder / "recording",
            folder / "demo.svg",
        ],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_has_the_scenes_that_are_named_and_no_others(tmp_path: Path) -> None:
    assert picture(tmp_path, RECORDING).returncode == 0
    drawn = (tmp_path / "demo.svg").read_text()
    for line in ("service1", "logged", "&lt;here&gt;", "What", "held"):
        assert line in drawn
    assert "company" not in drawn and "more" not in drawn


@pytest.mark.parametrize("title", ["service1 asks to be connected", "What held"])
def test_a_recording_without_a_scene_makes_no_picture(tmp_path: Path, title: str) -> None:
    done = picture(tmp_path, RECORDING.replace(title, "x"))
    assert done.returncode != 0 and title in done.stderr
    assert not (tmp_path / "demo.svg").exists()
