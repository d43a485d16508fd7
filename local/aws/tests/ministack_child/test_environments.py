"""A function gets another environment for an invocation that has waited, and so many at most."""

import threading
from typing import Any

from local.aws.ministack_child.functions.environments import Environments

FOR_EVER = 90.0


class Pool:
    """What ministack keeps of one function: who works, and how many there are."""

    def __init__(self) -> None:
        self.made = 0
        self._idle: list[int] = []
        self.refused = threading.Event()

    def acquire(self, name: str, max_concurrency: int) -> tuple[int | None, str]:
        if self._idle:
            return self._idle.pop(), "reused"
        if self.made >= max_concurrency:
            self.refused.set()
            return None, "func_cap"
        self.made += 1
        return self.made, "spawn"

    def release(self, worker: int) -> None:
        self._idle.append(worker)


def of(pool: Pool, most: int, patience: float) -> Environments:
    return Environments(pool.acquire, pool.release, most, patience)


def beside(environments: Environments) -> tuple[threading.Thread, list[Any]]:
    """An invocation that comes now."""
    got: list[Any] = []
    thread = threading.Thread(target=lambda: got.append(environments.acquire("function")[0]), daemon=True)
    thread.start()
    return thread, got


def test_who_waits_is_given_the_one_that_is_free_first() -> None:
    pool = Pool()
    environments = of(pool, 3, FOR_EVER)
    first, _ = environments.acquire("function")
    second, got = beside(environments)
    assert pool.refused.wait(FOR_EVER)
    environments.release(first)
    second.join(FOR_EVER)
    assert (got, pool.made) == ([first], 1)


def test_who_has_waited_long_gets_one_of_his_own() -> None:
    pool = Pool()
    environments = of(pool, 3, 0)
    assert [environments.acquire("function")[0] for _ in range(3)] == [1, 2, 3]


def test_at_the_limit_he_waits_all_the_same() -> None:
    pool = Pool()
    environments = of(pool, 2, 0)
    first, _ = environments.acquire("function")
    environments.acquire("function")
    third, got = beside(environments)
    assert pool.refused.wait(FOR_EVER)
    environments.release(first)
    third.join(FOR_EVER)
    assert (got, pool.made) == ([first], 2)
