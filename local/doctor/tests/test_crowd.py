"""The judge of a hundred questions at once finds what it is there to find."""

from collections import Counter
from typing import Any

import pytest

from local.doctor.crowd import CALLS_OF_ONE, Crowd, asked_at_once

ADDRESS = "10.110.0.10"
WORKS = {"summary": "The VPN reaches it.", "hops": [{"verdict": "RIGHT"}, {"verdict": "UNKNOWN"}]}
NOWHERE = {"summary": "It is in no VPC that is connected.", "hops": [{"verdict": "WRONG"}]}
FULL = {"summary": "Lambda runs no more functions (its concurrency limit).", "hops": []}


class Asked:
    """In place of the rig: answers that a test wants."""

    address, last_call = ADDRESS, 0

    def __init__(self, here: dict[str, Any], elsewhere: dict[str, Any]) -> None:
        self._here, self._elsewhere = here, elsewhere

    def ask(self, to: str) -> dict[str, Any]:
        return self._here if to == ADDRESS else self._elsewhere

    def calls_of_the_doctor(self, after: int) -> list[Any]:
        return []


def unclear(here: dict[str, Any], elsewhere: dict[str, Any]) -> int:
    stage: Any = Asked(here, elsewhere)
    return len(asked_at_once(stage, 10).unclear)


def test_an_answer_about_the_path_and_one_about_an_address_of_nobody_are_clear_and_so_is_no_room() -> None:
    assert unclear(WORKS, NOWHERE) == 0
    assert unclear(FULL, FULL) == 0


@pytest.mark.parametrize(
    ("here", "elsewhere"),
    [
        (NOWHERE, NOWHERE),
        (WORKS, WORKS),
        ({"summary": "", "hops": []}, NOWHERE),
        (WORKS, {"summary": "not known", "hops": [{"verdict": "UNKNOWN"}]}),
    ],
)
def test_a_false_alarm_and_what_says_nothing_are_unclear(here: dict[str, Any], elsewhere: dict[str, Any]) -> None:
    assert unclear(here, elsewhere) == 5


def test_a_question_that_fails_is_unclear() -> None:
    class Failing(Asked):
        def ask(self, to: str) -> dict[str, Any]:
            raise RuntimeError("FAILED: Throttled")

    stage: Any = Failing({}, {})
    assert len(asked_at_once(stage, 10).unclear) == 10


@pytest.mark.parametrize(("calls", "fine"), [(CALLS_OF_ONE * 10, True), (CALLS_OF_ONE * 10 + 1, False)])
def test_what_costs_more_than_one_question_each_is_not_fine(calls: int, fine: bool) -> None:
    assert Crowd(10, [], 0, 0, Counter({"ec2:DescribeVpcs": calls})).is_fine is fine
