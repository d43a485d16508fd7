"""EC2's request throttling, to be switched on.

AWS behaviour ("Request throttling for the Amazon EC2 API"): per account, Region and kind of action a token bucket. Non-mutating
actions: 100 tokens, 20 a second. Mutating actions: 50 tokens, 5 a second. An empty bucket answers RequestLimitExceeded.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field


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
    clock: Callable[[], float] = time.monotonic
    _buckets: dict[tuple[str, str, bool], Bucket] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def admits(self, account: str, region: str, mutating: bool) -> bool:
        if not self.enabled:
            return True
        with self._lock:
            now = self.clock()
            size, per_second = (50, 5) if mutating else (100, 20)
            bucket = self._buckets.setdefault((account, region, mutating), Bucket(size, per_second, size, now))
            return bucket.take(now)
