"""Every assumption of docs/design.md has a check, and every check an assumption."""

import re
from pathlib import Path

from prove.local_target import UNAVAILABLE
from prove.registry import assumptions

DESIGN = Path(__file__).resolve().parents[2] / "docs" / "design.md"


def written() -> list[str]:
    section = DESIGN.read_text().split("## Assumptions\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"\*\*([a-z0-9-]+)\*\*", section)


def test_each_assumption_has_its_check_and_each_check_its_assumption() -> None:
    assert sorted(written()) == sorted(each.id for each in assumptions())


def test_no_assumption_is_written_twice() -> None:
    assert len(written()) == len(set(written()))


def test_each_bullet_of_the_section_begins_with_the_name_of_a_check() -> None:
    section = DESIGN.read_text().split("## Assumptions\n", 1)[1].split("\n## ", 1)[0]
    assert [line for line in section.splitlines() if line.startswith("* ") and not line.startswith("* **")] == []


def test_what_the_local_aws_cannot_tell_is_an_assumption() -> None:
    assert set(UNAVAILABLE) <= {each.id for each in assumptions()}
