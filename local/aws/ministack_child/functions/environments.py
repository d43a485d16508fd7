"""How many execution environments one function may have here.

On AWS a function that is called 40 times at once gets 40 environments (up to the account's 1,000). Here each is a JVM:
so many would take all memory and, starting at once, every core for a minute. Up to PEERWAY_ENVIRONMENTS (default 3) are
made; whoever comes when all of them work waits, as if they were slow, instead of being refused. None of our functions
calls another, so nobody waits for himself.
"""

import os
import threading
from typing import Any

from ministack.services import lambda_svc

MOST = int(os.environ.get("PEERWAY_ENVIRONMENTS", "3"))


def add_to_ministack() -> None:
    free = threading.Condition()
    ministack_acquires, ministack_releases = lambda_svc.acquire_worker, lambda_svc.release_worker

    def acquire(*arguments: Any, **options: Any) -> Any:
        with free:
            while True:
                worker, reason = ministack_acquires(*arguments, **options | {"max_concurrency": MOST})
                if worker is not None or reason != "func_cap":
                    return worker, reason
                free.wait(timeout=1)  # an environment may also be given up elsewhere

    def release(worker: Any) -> None:
        with free:
            ministack_releases(worker)
            free.notify_all()

    lambda_svc.acquire_worker, lambda_svc.release_worker = acquire, release
