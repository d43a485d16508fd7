"""What a check has to say about an assumption."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Holds:
    words: str
    """What was seen."""

    name = "holds"


@dataclass(frozen=True)
class DoesNotHold:
    words: str
    """What was seen instead."""

    name = "does not hold"


@dataclass(frozen=True)
class CouldNotBeTried:
    words: str
    """Why."""

    broke_off: bool = False
    """The check itself failed: nothing is known, and whoever runs it should not take that for success."""

    name = "could not be tried"


Verdict = Holds | DoesNotHold | CouldNotBeTried


def is_failure(verdict: Verdict) -> bool:
    return isinstance(verdict, DoesNotHold) or (isinstance(verdict, CouldNotBeTried) and verdict.broke_off)
