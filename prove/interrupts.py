"""Ctrl-C, and what else asks a run to end."""

import signal
import time
from types import FrameType

_ONE_PRESS = 1.0
"""Seconds. `make` passes on to us what the terminal has sent to both: that is one Ctrl-C."""


class Interrupted(BaseException):
    """Told to end. Not an Exception: no check takes it for its own failure."""


class Signals:
    """From now on SIGINT, SIGTERM and SIGHUP raise Interrupted, wherever the main thread is."""

    def __init__(self) -> None:
        self._last = float("-inf")
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._received)

    def _received(self, number: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        if now - self._last > _ONE_PRESS:
            self._last = now
            raise Interrupted
