"""How many execution environments one function may have here, and when it gets another.

On AWS a function that is called 40 times at once gets 40 environments (up to the account's 1,000). Here each is a JVM:
so many would take all memory and, starting at once, every core for a minute. Up to PEERWAY_ENVIRONMENTS (default 3) are
made; whoever comes when all of them work waits, as if they were slow, instead of being refused. None of our functions
calls another, so nobody waits for himself.

To start a JVM takes a second of a core, to wait for one that works mostly a tenth: the next is made for an invocation
that has waited for two seconds. A whole run of the scenarios has 80 to 90 of them so, and 144 without.
"""

import os
import threading
import time
from collections.abc import Callable
from typing import Any

from ministack.services import lambda_svc

MOST = int(os.environ.get("PEERWAY_ENVIRONMENTS", "3"))

_PATIENCE_SECONDS = 2.0


def add_to_ministack() -> None:
    environments = Environments(lambda_svc.acquire_worker, lambda_svc.release_worker, MOST, _PATIENCE_SECONDS)
    lambda_svc.acquire_worker, lambda_svc.release_worker = environments.acquire, environments.release


class Environments:
    """ministack's own `acquire_worker` and `release_worker`, of which the first no longer refuses."""

    def __init__(self, acquires: Callable[..., Any], releases: Callable[[Any], None], most: int, patience: float):
        self._acquires, self._releases, self._most, self._patience = acquires, releases, most, patience
        self._free = threading.Condition()

    def acquire(self, *arguments: Any, **options: Any) -> Any:
        patient_until = time.monotonic() + self._patience
        with self._free:
            while True:
                most = 1 if time.monotonic() < patient_until else self._most
                worker, reason = self._acquires(*arguments, **options | {"max_concurrency": most})
                if worker is not None or reason != "func_cap":
                    return worker, reason
                self._free.wait(timeout=0.5)  # an environment may also be given up elsewhere

    def release(self, worker: Any) -> None:
        with self._free:
            self._releases(worker)
            self._free.notify_all()
