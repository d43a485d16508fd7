"""Work that follows from calls keeps its order, and one that fails holds up nothing."""

import threading

from local.aws.calls.background import InBatches, Latest


def test_what_comes_while_a_batch_is_worked_upon_is_the_next_batch() -> None:
    batches: list[list[int]] = []
    began, goes_on = threading.Event(), threading.Event()

    def work(batch: list[int]) -> None:
        batches.append(batch)
        began.set()
        goes_on.wait(10)

    working = InBatches("test", work)
    working.add(1)
    began.wait(10)
    working.add(2, 3)
    working.add(4)
    assert not working.settle(0.05)
    goes_on.set()
    assert working.settle(10)
    working.stop()
    assert batches == [[1], [2, 3, 4]]


def test_a_batch_that_fails_is_followed_by_the_next() -> None:
    done: list[int] = []

    def work(batch: list[int]) -> None:
        done.extend(1 // number for number in batch)

    working = InBatches("test", work)
    working.add(0)
    assert working.settle(10)
    working.add(1)
    assert working.settle(10)
    working.stop()
    assert done == [1]


def test_what_was_not_begun_when_it_is_stopped_is_not_done() -> None:
    done: list[int] = []
    began, goes_on = threading.Event(), threading.Event()

    def work(batch: list[int]) -> None:
        began.set()
        goes_on.wait(10)
        done.extend(batch)

    working = InBatches("test", work)
    working.add(1)
    began.wait(10)
    working.add(2)
    threading.Timer(0.05, goes_on.set).start()
    working.stop()
    assert done == [1]


def test_requests_that_come_while_it_runs_are_one_more_run() -> None:
    runs: list[int] = []
    began, goes_on = threading.Event(), threading.Event()

    def task() -> None:
        runs.append(1)
        began.set()
        goes_on.wait(10)

    latest = Latest("test", task)
    latest.request()
    began.wait(10)
    for _ in range(5):
        latest.request()
    goes_on.set()
    assert latest.settle(10)
    latest.stop()
    assert len(runs) == 2


def test_a_batch_is_gathered_until_somebody_waits_for_it() -> None:
    batches: list[list[int]] = []
    worked = threading.Event()

    def work(batch: list[int]) -> None:
        batches.append(batch)
        worked.set()

    working = InBatches("test", work, gather=600)
    working.add(1)
    assert not worked.wait(0.2)
    working.add(2)
    assert working.settle(60)
    worked.clear()
    working.add(3)
    assert not worked.wait(0.2)
    assert working.settle(60)
    working.add(4)
    working.stop()
    assert batches == [[1, 2], [3]]


def test_a_batch_that_nobody_waits_for_is_done_when_its_time_is_over() -> None:
    done = threading.Event()
    working = InBatches[int]("test", lambda _: done.set(), gather=0.01)
    working.add(1)
    assert done.wait(60)
    working.stop()
