"""A hundred questions at once: each has a clear answer, and all of them cost no more than a hundred times one."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from local.doctor.stage import Stage

CALLS_OF_ONE = 20
"""Of AWS, as docs/operate.md says; of a hundred most take fewer, as no VPN instance is asked for them."""

FULL = "concurrency limit"
"""Stands in the answer of a question for which Lambda had no room."""


@dataclass(frozen=True)
class Crowd:
    questions: int
    unclear: list[str]
    """Of each question without a clear answer, what it was and what came."""

    without_room: int
    unsure: int
    """Those about the path that works of which some hop was not looked at: the VPN instances are asked for a few."""

    calls: Counter[str] = field(default_factory=Counter)

    @property
    def calls_of_one(self) -> float:
        return sum(self.calls.values()) / self.questions

    @property
    def is_fine(self) -> bool:
        return not self.unclear and self.calls_of_one <= CALLS_OF_ONE

    def __str__(self) -> str:
        return (
            f"{self.questions} questions at once: {self.calls_of_one:.1f} calls for one, no room for"
            f" {self.without_room}, {len(self.unclear)} without a clear answer"
        )

    def report(self) -> dict[str, Any]:
        return {
            "questions": self.questions,
            "unclear": self.unclear,
            "withoutRoom": self.without_room,
            "withHopsNotLookedAt": self.unsure,
            "callsOfOne": self.calls_of_one,
            "calls": dict(self.calls.most_common()),
        }


def asked_at_once(stage: Stage, questions: int = 100) -> Crowd:
    """Most about the path that works; the others about addresses that are nobody's, or of nobody who is connected."""
    others = ["10.110.0.99", "10.77.0.1", "192.0.2.1", "i-0123456789abcdef0"]
    asked = [stage.address if each % 2 else others[each // 2 % len(others)] for each in range(questions)]
    before = stage.last_call
    with ThreadPoolExecutor(questions) as people:
        answers = list(people.map(lambda to: _answer(stage, to), asked))
    both = list(zip(asked, answers, strict=True))
    return Crowd(
        questions,
        [
            f"{to}: {answer['summary']}"
            for to, answer in both
            if FULL not in answer["summary"] and not _is_clear(answer, works=to == stage.address)
        ],
        sum(FULL in answer["summary"] for answer in answers),
        sum(to == stage.address and "UNKNOWN" in _verdicts(answer) for to, answer in both),
        Counter(call.action for call in stage.calls_of_the_doctor(before)),
    )


def _answer(stage: Stage, to: str) -> dict[str, Any]:
    try:
        return stage.ask(to=to)
    except RuntimeError as failure:
        return {"summary": str(failure), "hops": []}


def _is_clear(answer: dict[str, Any], works: bool) -> bool:
    wrong = "WRONG" in _verdicts(answer)
    return bool(answer["hops"]) and wrong != works


def _verdicts(answer: dict[str, Any]) -> set[str]:
    return {hop["verdict"] for hop in answer["hops"]}
