"""When a failed state is tried again.

AWS behaviour ("Handling errors in Step Functions workflows", AWS Step Functions Developer Guide): the interval grows by
BackoffRate, never beyond MaxDelaySeconds; with JitterStrategy FULL the wait is a random time between nothing and the
interval. ministack knows neither field, so everybody who was throttled at one moment would come back at one moment.
"""

import random
from typing import Any

from ministack.services import stepfunctions as sfn

Retrier = dict[str, Any]


def add_to_ministack() -> None:
    ministack_finds = sfn._find_matching_retrier

    def find(retriers: list[Retrier], error: str, counts: dict[int, int]) -> tuple[Retrier | None, int]:
        retrier, index = ministack_finds(retriers, error, counts)
        if retrier is not None:
            retrier = retrier | {"IntervalSeconds": interval(retrier, counts.get(index, 0)), "BackoffRate": 1}
        return retrier, index

    sfn._find_matching_retrier = find


def interval(retrier: Retrier, retries: int) -> float:
    """Seconds before the next attempt, after so many `retries` by this retrier."""
    whole = retrier.get("IntervalSeconds", 1) * retrier.get("BackoffRate", 2.0) ** retries
    whole = min(whole, retrier.get("MaxDelaySeconds", whole))
    return random.uniform(0, whole) if retrier.get("JitterStrategy") == "FULL" else whole
