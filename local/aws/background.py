"""Work that follows from a call but must not delay its answer."""

import logging
import queue
import threading
from collections.abc import Callable

_log = logging.getLogger(__name__)
Task = Callable[[], None]


class InOrder:
    """One thread does the tasks in the order given. A task that fails is logged; the next is done."""

    def __init__(self, name: str) -> None:
        self._tasks: queue.Queue[Task | None] = queue.Queue()
        self._stopping = False
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def add(self, task: Task) -> None:
        self._tasks.put(task)

    def settle(self, timeout: float) -> bool:
        """Wait until everything added so far is done."""
        done = threading.Event()
        self._tasks.put(done.set)
        return done.wait(timeout)

    def stop(self) -> None:
        """Ends with the task at hand; the others are not done."""
        self._stopping = True
        self._tasks.put(None)
        self._thread.join(timeout=30)

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None and not self._stopping:
            try:
                task()
            except Exception:
                _log.exception("a background task of the local AWS failed")


class Latest:
    """Runs `task` after every `request`, but only once for requests that come while it runs or waits."""

    def __init__(self, name: str, task: Task) -> None:
        self._task, self._worker = task, InOrder(name)
        self._pending = threading.Event()

    def request(self) -> None:
        if not self._pending.is_set():
            self._pending.set()
            self._worker.add(self._run)

    def settle(self, timeout: float) -> bool:
        return self._worker.settle(timeout)

    def stop(self) -> None:
        self._worker.stop()

    def _run(self) -> None:
        self._pending.clear()  # before the task: what is requested from now on wants another run
        self._task()
