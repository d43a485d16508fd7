"""What ministack_child/queues.py adds to ministack: whole batches, and nothing lost between threads."""

import threading
from typing import Any

import pytest

from local.aws.ministack_child import queues

URL = "http://localhost/123456789012/events"


@pytest.fixture
def queue() -> dict[str, Any]:
    return {
        "messages": [],
        "is_fifo": False,
        "attributes": {"QueueArn": "arn:aws:sqs:eu-west-1:123456789012:events", "VisibilityTimeout": "120"},
    }


class Poller:
    def __init__(self, queue: dict[str, Any], window: float) -> None:
        self.now, self.woken_in = 1_000.0, []  # type: float, list[float]
        self.batches = queues.Batches(lambda url: queue, lambda arn: window, lambda: self.now, self.woken_in.append)

    def takes(self, most: int = 100) -> int:
        return len(self.batches.take(URL, most))


def message(number: int, visible_at: float = 0.0) -> dict[str, Any]:
    return {
        "id": str(number),
        "body": "{}",
        "sent_at": 4e9,
        "visible_at": visible_at,
        "receive_count": 0,
        "receipt_handle": None,
    }


def test_a_batch_is_taken_when_its_window_has_passed(queue: dict[str, Any]) -> None:
    poller = Poller(queue, window=1)
    queue["messages"] += [message(1), message(2)]
    assert poller.takes() == 0
    assert poller.woken_in == [1.0]
    poller.now += 0.9
    queue["messages"].append(message(3))
    assert poller.takes() == 0
    poller.now += 0.1
    assert poller.takes() == 3


def test_a_full_batch_is_taken_at_once_and_without_a_window_any(queue: dict[str, Any]) -> None:
    queue["messages"] += [message(number) for number in range(150)]
    assert Poller(queue, window=1).takes(100) == 100
    assert Poller(queue, window=0).takes(100) == 50


def test_what_is_put_back_for_later_begins_no_batch(queue: dict[str, Any]) -> None:
    poller = Poller(queue, window=1)
    queue["messages"].append(message(1, visible_at=1_005.0))
    assert poller.takes() == 0
    assert poller.woken_in == []


def test_nothing_is_lost_where_messages_are_sent_and_deleted_at_once(queue: dict[str, Any]) -> None:
    def add(number: int) -> None:
        queue["messages"].append(message(number))

    def send(numbers: range) -> None:
        for number in numbers:
            queues.alone(add)(number)

    senders = [threading.Thread(target=send, args=(range(first, first + 500),)) for first in (0, 500)]
    for sender in senders:
        sender.start()
    poller, taken = Poller(queue, window=0), set[str]()

    @queues.alone
    def take_and_delete() -> None:
        taken.update(each["id"] for each in poller.batches.take(URL, 10))
        queue["messages"] = [each for each in queue["messages"] if each["id"] not in taken]

    while any(sender.is_alive() for sender in senders) or any(each["receive_count"] == 0 for each in queue["messages"]):
        take_and_delete()
    assert len(taken) == 1_000
