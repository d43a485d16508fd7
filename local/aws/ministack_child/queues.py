"""Queues from which nothing is lost, and from which Lambda takes batches.

AWS behaviour ("Amazon SQS standard queues", Developer Guide): a message that was taken is kept until somebody deletes
it. ministack changes a queue's list from several threads at once, for rules, for callers and for the pollers of Lambda,
and replaces the list to delete from it: what is sent at that moment would be gone. Here each change waits for the
other.

"Configuring scaling behavior for SQS event source mappings" and "Batching behavior" (AWS Lambda Developer Guide): a
function is invoked when a batch is full or its window has passed since the first message. ministack takes at most ten
messages, at once. Not as on AWS: a batch is counted by messages only, not by its 6 MB, and the first message of a quiet
time never waits for 20 seconds.
"""

import functools
import threading
import time
from collections.abc import Callable
from typing import Any

from ministack.services import eventbridge, lambda_svc, sqs

_ACTIONS = (
    "SendMessage",
    "SendMessageBatch",
    "DeleteMessage",
    "DeleteMessageBatch",
    "ChangeMessageVisibility",
    "ChangeMessageVisibilityBatch",
    "PurgeQueue",
)
_STEPS = ("_expire_retained", "_dlq_sweep", "_collect_msgs")
"""Of ReceiveMessage, which waits between them."""

_LOCK = threading.RLock()


def add_to_ministack() -> None:
    sqs._queues_lock = _LOCK
    for action in _ACTIONS:
        sqs._HANDLERS[action] = alone(sqs._HANDLERS[action])
    for step in _STEPS:
        setattr(sqs, step, alone(getattr(sqs, step)))
    eventbridge._dispatch_to_sqs = alone(eventbridge._dispatch_to_sqs)
    sqs._receive_messages_for_esm = alone(Batches(sqs._get_q, _window_of, time.time, _wake_poller_in).take)


def alone(change: Callable[..., Any]) -> Callable[..., Any]:
    """The same, while no other change of a queue is under way."""

    @functools.wraps(change)
    def by_itself(*arguments: Any, **options: Any) -> Any:
        with _LOCK:
            return change(*arguments, **options)

    return by_itself


class Batches:
    """What a poller of Lambda takes: nothing before a batch is whole."""

    def __init__(
        self,
        queue_at: Callable[[str], dict[str, Any]],
        window_of: Callable[[str], float],
        clock: Callable[[], float],
        wake_in: Callable[[float], None],
    ) -> None:
        self._queue_at, self._window_of, self._clock, self._wake_in = queue_at, window_of, clock, wake_in
        self._first: dict[str, float] = {}
        """When each queue had its first message of a batch that is not whole."""

    def take(self, url: str, most: int) -> list[dict[str, Any]]:
        queue = self._queue_at(url)
        sqs._expire_retained(queue)
        sqs._dlq_sweep(queue)
        now = self._clock()
        visible = sum(message["visible_at"] <= now for message in queue["messages"])
        if visible == 0:
            self._first.pop(url, None)
            return []
        passed, window = now - self._first.setdefault(url, now), self._window_of(queue["attributes"]["QueueArn"])
        if visible < most and passed < window:
            self._wake_in(window - passed)
            return []
        self._first.pop(url)
        batch: list[dict[str, Any]] = sqs._collect_msgs(
            queue, most, int(queue["attributes"].get("VisibilityTimeout", "30"))
        )
        return batch


def _window_of(queue: str) -> float:
    """Seconds."""
    return next(
        (
            float(mapping["MaximumBatchingWindowInSeconds"])
            for _, _, mapping in lambda_svc._iter_all_esms()
            if mapping["EventSourceArn"] == queue
        ),
        0.0,
    )


def _wake_poller_in(seconds: float) -> None:
    timer = threading.Timer(seconds, lambda_svc._esm_wake.set)
    timer.daemon = True
    timer.start()
