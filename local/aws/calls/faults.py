"""Faults to order: the next call that fits fails, slows down, is throttled, loses its answer or its caller."""

import fnmatch
import threading
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["before", "after", "throttle", "delay", "lost", "killed", "killed-after", "stopped"]


@dataclass
class Fault:
    """`before`: refused without effect. `after`: done, but the caller is told it failed.

    `throttle`: refused as AWS throttles. `delay`: answered rightly, `seconds` late.

    `lost`: done, but the connection ends before the answer. `killed`: the process of the function that calls is killed,
    and the call has no effect; `killed-after`: it has. `stopped`: the execution that the function works for is stopped
    (StopExecution) while the call is under way; the function is not told, and goes on to its end.
    """

    action: str
    kind: Kind
    account: str | None = None
    function: str | None = None
    resource: str | None = None
    error: str = "InternalError"
    times: int = 1
    seconds: float = 0.0
    region: str | None = None
    skip: int = 0
    """So many calls that fit are let through first."""

    def fits(self, action: str, account: str, region: str, function: str | None, resources: list[str]) -> bool:
        return (
            self.times > 0
            and fnmatch.fnmatchcase(action, self.action)
            and self.account in (None, account)
            and self.region in (None, region)
            and self.function in (None, function)
            and (self.resource is None or self.resource in resources)
        )


@dataclass
class Faults:
    _faults: list[Fault] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(
        self,
        action: str,
        kind: Kind = "before",
        account: str | None = None,
        function: str | None = None,
        resource: str | None = None,
        error: str = "InternalError",
        times: int = 1,
        seconds: float = 0.0,
        region: str | None = None,
        skip: int = 0,
    ) -> Fault:
        """The next `times` calls of `action` (`ec2:CreateRoute`, or `ec2:*`) that fit fail with `error`.
        The rig's own calls never do.
        """
        fault = Fault(action, kind, account, function, resource, error, times, seconds, region, skip)
        with self._lock:
            self._faults.append(fault)
        return fault

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def take(self, action: str, account: str, region: str, function: str | None, resources: list[str]) -> Fault | None:
        """The first fault that fits, used up once."""
        with self._lock:
            for fault in self._faults:
                if fault.fits(action, account, region, function, resources):
                    if fault.skip > 0:
                        fault.skip -= 1
                        continue
                    fault.times -= 1
                    return fault
            return None
