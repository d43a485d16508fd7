"""Keeps the packet lab like the local AWS.

AWS answers a call before every router knows it, but a person who has read the answer can hardly be faster than that. So a change only wakes the
follower, many changes are brought over at once, and whoever is about to send a packet waits with `settle` until none is outstanding.
"""

import threading
from collections.abc import Callable
from typing import Any

Snapshot = dict[str, Any]


class Follower:
    def __init__(self, read: Callable[[], Snapshot], apply: Callable[[Snapshot], None]) -> None:
        self._read = read
        self._apply = apply
        self._state = threading.Condition()
        self._wanted = 0
        self._done = 0
        self._stopping = False
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._follow, name="lab follower", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self, _snapshot: Snapshot | None = None) -> None:
        """The network has changed. Returns at once."""
        with self._state:
            self._wanted += 1
            self._state.notify_all()

    def settle(self, timeout: float = 60) -> None:
        """Returns when the lab shows everything that had happened when this was called."""
        with self._state:
            wanted = self._wanted
            if not self._state.wait_for(lambda: self._done >= wanted or self._error is not None, timeout):
                raise TimeoutError(f"the packet lab did not follow the local AWS within {timeout:.0f} s")
            if self._error is not None:
                raise RuntimeError("the packet lab could not follow the local AWS") from self._error

    def stop(self) -> None:
        with self._state:
            self._stopping = True
            self._state.notify_all()
        if self._thread.is_alive():
            self._thread.join(30)

    def _follow(self) -> None:
        while True:
            with self._state:
                self._state.wait_for(lambda: self._stopping or self._done < self._wanted)
                if self._stopping:
                    return
                wanted = self._wanted
            try:
                self._apply(self._read())
                error = None
            except Exception as e:  # reported by the next settle, and tried again with the next change
                error = e
            with self._state:
                self._done = wanted
                self._error = error
                self._state.notify_all()
