"""Work that follows from a call but must not delay its answer."""

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

_log = logging.getLogger(__name__)
Item = TypeVar("Item")


class InBatches(Generic[Item]):
    """One thread hands everything that has been added to `work`, in the order of the additions; what comes meanwhile
    waits for the next batch.

    A batch that fails is logged; the next is done.
    """

    def __init__(self, name: str, work: Callable[[list[Item]], None], gather: float = 0) -> None:
        """`gather`: seconds that a batch waits for more to come, unless somebody waits for it."""
        self._work, self._gather = work, gather
        self._waiting: list[Item] = []
        self._added = self._done = self._awaited = 0
        self._stopping = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def add(self, *items: Item) -> None:
        with self._changed:
            self._waiting += items
            self._added += len(items)
            self._changed.notify_all()

    def settle(self, timeout: float) -> bool:
        """Wait until everything added so far is done."""
        with self._changed:
            added = self._awaited = self._added
            self._changed.notify_all()
            return self._changed.wait_for(lambda: self._done >= added, timeout)

    def stop(self) -> None:
        """Ends with the batch at hand; the others are not done."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join(timeout=30)

    def _run(self) -> None:
        while batch := self._next():
            try:
                self._work(batch)
            except Exception:
                _log.exception("a background task of the local AWS failed")
            with self._changed:
                self._done += len(batch)
                self._changed.notify_all()

    def _next(self) -> list[Item]:
        """Nothing when it is time to stop."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopping or self._waiting)
            self._changed.wait_for(lambda: self._stopping or self._awaited > self._done, self._gather)
            batch, self._waiting = self._waiting, []
            return [] if self._stopping else batch


class Latest:
    """Runs `task` after every `request`, but only once for requests that come while it runs or waits."""

    def __init__(self, name: str, task: Callable[[], None], gather: float = 0) -> None:
        """`gather`: as of a batch."""
        self._requests: InBatches[None] = InBatches(name, lambda _: task(), gather)

    def request(self) -> None:
        self._requests.add(None)

    def settle(self, timeout: float) -> bool:
        return self._requests.settle(timeout)

    def stop(self) -> None:
        self._requests.stop()
