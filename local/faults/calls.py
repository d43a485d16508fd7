"""The calls that an undisturbed run makes, each under a name that it has in every run."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_SPELLED = re.compile(r"(?P<caller>[^ ]+) (?P<action>[a-z0-9]+:\w+) (?P<account>\w+)(?: #(?P<nth>\d+))?")


@dataclass(frozen=True, order=True)
class CallName:
    """`HubRoutesFunction ec2:CreateRoute hub #2`: the second such call of a run."""

    caller: str
    """A function's logical id, or a state machine's name for what the workflow calls itself."""

    action: str
    account: str
    """`hub`, or `service`."""

    nth: int = 1

    def __str__(self) -> str:
        return f"{self.caller} {self.action} {self.account} #{self.nth}"

    @staticmethod
    def parse(text: str) -> "CallName":
        found = _SPELLED.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"{text!r} is no call as the report has them: FUNCTION ACTION ACCOUNT #NUMBER")
        return CallName(found["caller"], found["action"], found["account"], int(found["nth"] or 1))

    @property
    def of_workflow(self) -> bool:
        return not self.caller.endswith("Function")


def numbered(calls: Iterable[tuple[str, str, str]]) -> list[CallName]:
    """Caller, action and account of each call, in the order of the calls."""
    seen: Counter[tuple[str, str, str]] = Counter()
    named = []
    for call in calls:
        seen[call] += 1
        named.append(CallName(*call, seen[call]))
    return named


_POLLS = {"ssm:ListCommandInvocations"}
"""What is asked until it is ready."""


def of_every_run(runs: list[list[CallName]]) -> list[CallName]:
    """Those that all of the runs made, and of what is asked until it is ready, the first:
    how often it is asked is a matter of speed.
    """
    return [
        call
        for call in runs[0]
        if all(call in run for run in runs[1:]) and (call.nth == 1 or call.action not in _POLLS)
    ]
