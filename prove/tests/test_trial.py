"""What becomes of a check's answer, or of its failure."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from prove import screen
from prove.registry import Assumption, Later, assumption
from prove.trial import Trial
from prove.verdict import CouldNotBeTried, DoesNotHold, Holds, Verdict, is_failure


class Stage:
    """Of a target that cannot tell one assumption."""

    @property
    def target(self) -> "Stage":
        return self

    @staticmethod
    def unavailable(id: str) -> str | None:
        return "there is none here" if id == "elsewhere" else None


def tried(**checks: Callable[[Any], Any]) -> tuple[dict[str, Verdict], list[str]]:
    """The verdicts, and the order of what was done."""
    verdicts: dict[str, Verdict] = {}
    trial = Trial(Stage(), verdicts, [Assumption(id, check) for id, check in checks.items()])  # type: ignore[arg-type]
    trial.begin()
    done = list(verdicts)
    trial.finish()
    return verdicts, done


def later(_: Any) -> Later:
    yield
    return Holds("at last")


def broken(_: Any) -> Verdict:
    raise TypeError("no such thing")


def broken_later(_: Any) -> Later:
    yield
    raise TimeoutError("not in time")


def denied(_: Any) -> Verdict:
    raise ClientError({"Error": {"Code": "AccessDenied", "Message": "by a policy"}}, "CreateThing")


def test_each_check_has_its_verdict_and_none_ends_the_others() -> None:
    verdicts, at_once = tried(
        elsewhere=broken,
        later=later,
        broken=broken,
        broken_later=broken_later,
        denied=denied,
        wrong=lambda _: DoesNotHold("otherwise"),
    )
    assert at_once == ["elsewhere", "broken", "denied", "wrong"]
    assert verdicts["elsewhere"] == CouldNotBeTried("there is none here")
    assert verdicts["later"] == Holds("at last")
    assert verdicts["broken"] == CouldNotBeTried("TypeError: no such thing", broke_off=True)
    assert verdicts["broken_later"] == CouldNotBeTried("TimeoutError: not in time", broke_off=True)
    assert verdicts["denied"].name == "could not be tried"
    assert {id for id, verdict in verdicts.items() if is_failure(verdict)} == {"broken", "broken_later", "wrong"}


@pytest.mark.parametrize(
    ("verdict", "line"),
    [
        (Holds("seen"), "  holds               some-id: seen"),
        (DoesNotHold("seen\nin two lines"), "  DOES NOT HOLD       some-id: seen in two lines"),
        (CouldNotBeTried("why"), "  could not be tried  some-id: why"),
    ],
)
def test_a_verdict_is_one_line(verdict: Verdict, line: str) -> None:
    assert screen.verdict_line("some-id", verdict) == line


def test_an_assumption_has_one_check() -> None:
    with pytest.raises(ValueError, match="two checks for accept-twice"):
        from prove.registry import assumptions

        assumptions()
        assumption("accept-twice")(later)
