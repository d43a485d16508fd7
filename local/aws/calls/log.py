"""The call log: who called what, on which resource, with which result."""

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

_READ_PREFIXES = ("Describe", "Get", "List", "Search", "Lookup", "BatchGet", "Assume", "Decode")
_CONNECTION = re.compile(r"\bpeerway/(pcx-[0-9a-f]+)")
_RESOURCE = re.compile(
    r"\b(?:acl|pcx|vpc|vpc-cidr-assoc|rtb|rtbassoc|sg|sgr|subnet|i|eni|igw|eipalloc|nat)-[0-9a-f]{8,17}\b"
)


@dataclass(frozen=True)
class Call:
    """One AWS API call as its caller saw it.

    `action` is written as in an IAM policy (`ec2:CreateRoute`); `resource` holds every EC2 id of the request and of
    what it created, separated by spaces; `status` is the HTTP status; `error` the AWS error code, None for success;
    `effect` tells whether the call reached the service and succeeded there (an injected `after` fault has an effect
    *and* an error); `allowed_by` names, by its Sid, the statement of the role's policies that allowed each action the
    call needs, as (Sid, action): none for a root user and for a call that was refused.
    """

    seq: int
    time: float
    account: str
    principal: str
    role: str | None
    function: str | None
    connection: str | None
    region: str
    action: str
    resource: str
    status: int
    error: str | None
    mutating: bool
    effect: bool
    allowed_by: tuple[tuple[str, str], ...] = ()


def is_mutating(operation: str) -> bool:
    """Reads are told by their names, as IAM's access levels mostly are; AssumeRole changes nothing anybody sees."""
    return not operation.startswith(_READ_PREFIXES)


def connection_in(user_agent: str) -> str | None:
    found = _CONNECTION.search(user_agent)
    return found.group(1) if found else None


def resources_in(*texts: str) -> list[str]:
    """EC2 ids in the order met, each once."""
    return list(dict.fromkeys(match for text in texts for match in _RESOURCE.findall(text)))


@dataclass
class CallLog:
    _calls: list[Call] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def append(self, make: Callable[[int, float], Call]) -> Call:
        with self._lock:
            call = make(len(self._calls) + 1, time.time())
            self._calls.append(call)
            return call

    def since(self, seq: int = 0) -> list[Call]:
        """Calls after number `seq`; 0 for all of them."""
        with self._lock:
            return self._calls[seq:]

    @property
    def last(self) -> int:
        """The number of the latest call: keep it, act, then ask `since` for what the action did."""
        with self._lock:
            return len(self._calls)
