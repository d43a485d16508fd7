"""Waits for what AWS makes true in its own time."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


class NotInTime(TimeoutError):
    """It was waited for, and did not come."""


@dataclass(frozen=True)
class Patience:
    """How long to wait for what, in seconds."""

    poll: float
    call: float
    """For the effect of a call: a peering connection that becomes active, a role that is known everywhere."""
    event: float
    """From a call to its event on a bus. CloudTrail "typically delivers events within an average of about 5 minutes"
    of a call to S3; to EventBridge they come sooner ("CloudTrail FAQs").
    """
    workflow: float
    history: float
    """From a call to its record in the event history ("Working with CloudTrail event history":
    within an average of 5 minutes).
    """
    stack: float
    removal: float


def until(what: str, answer: Callable[[], T | None], seconds: float, poll: float) -> T:
    """The first answer that is something. `what` completes the sentence "within 60 s there was no …"."""
    deadline = time.monotonic() + seconds
    while True:
        found = answer()
        if found:
            return found
        if time.monotonic() >= deadline:
            raise NotInTime(f"within {seconds:.0f} s there was no {what}")
        time.sleep(poll)
