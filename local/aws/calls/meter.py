"""EC2's request throttling, to be switched on.

AWS behaviour ("Request throttling for the Amazon EC2 API"): per account, Region and kind of action a token bucket.
Non-mutating actions: 100 tokens, 20 a second. Mutating actions: 50 tokens, 5 a second. An empty bucket answers
RequestLimitExceeded, and a refused request takes nothing out of it. The page has said since 2024 that every action has
a bucket of its own; before, all actions of one kind shared one. We keep to the shared one: whoever gets by with it gets
by with both.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

READING = (100, 20)
MUTATING = (50, 5)
"""Tokens in a full bucket, and how many flow in each second."""


@dataclass
class Bucket:
    size: float
    per_second: float
    tokens: float
    filled_at: float

    def take(self, now: float) -> bool:
        self.tokens = min(self.size, self.tokens + (now - self.filled_at) * self.per_second)
        self.filled_at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


@dataclass
class Meter:
    """Off until `enabled` is set: nothing is refused unless a test asks for it."""

    enabled: bool = False
    slowed: float = 1
    """By how much time goes slower here than on AWS: 2 halves what flows in each second,
    for a run whose waits are doubled.
    """

    clock: Callable[[], float] = time.monotonic
    _buckets: dict[tuple[str, str, bool], Bucket] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def switch(self, enabled: bool, slowed: float = 1) -> None:
        """With full buckets."""
        with self._lock:
            self._buckets.clear()
            self.enabled, self.slowed = enabled, slowed

    def admits(self, account: str, region: str, mutating: bool) -> bool:
        if not self.enabled:
            return True
        with self._lock:
            now = self.clock()
            size, per_second = MUTATING if mutating else READING
            bucket = self._buckets.setdefault(
                (account, region, mutating), Bucket(size, per_second / self.slowed, size, now)
            )
            return bucket.take(now)
