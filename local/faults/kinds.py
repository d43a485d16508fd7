"""The kinds of fault, and how each is ordered from the local AWS.

A refusal has a code that nobody treats as anything but a failure, and that no SDK tries again: IncompleteSignature
("Common errors" of every service's API reference). A refusal by the owner of an account, and a throttled call, are
other things.
"""

from dataclasses import dataclass

from local.aws.calls.faults import Kind
from local.aws.calls.log import is_mutating
from local.faults.calls import CallName

REFUSED = "IncompleteSignature"
REFUSED_IN_WORKFLOW = "InternalErrorException"
"""Error of what a workflow calls itself; SNS has it, and of PutEvents and StartExecution nobody expects it."""

UNTIL_REDRIVEN = 1000


@dataclass(frozen=True)
class Variant:
    """One fault to order."""

    of_function: Kind | None
    """`kind` of local/aws/calls/faults.py, for a call of a function."""

    of_workflow: str | None
    """`kind` of ministack_child/workflows/integrations.py, for what the workflow calls itself; None where that cannot
    be.
    """

    times: int = 1
    times_in_workflow: int = 1
    reads: bool = True
    """False: of a read it would be the same once more."""

    def fits(self, call: CallName) -> bool:
        if call.of_workflow:
            return self.of_workflow is not None
        return self.of_function is not None and (self.reads or is_mutating(call.action.split(":")[1]))


KINDS: dict[str, tuple[Variant, ...]] = {
    "refused": (Variant("before", "before", times_in_workflow=UNTIL_REDRIVEN),),
    "refused-after": (Variant("after", "after"),),
    "lost": (Variant("lost", "lost"),),
    "throttled": (Variant("throttle", "throttle"),),
    "killed": (Variant("killed", None), Variant("killed-after", None, reads=False)),
    "stopped": (Variant("stopped", "stopped"),),
}
"""Name in the report -> all of it.

`refused` before the effect (of what a workflow calls itself, until it is redriven: the workflow tries those again),
`refused-after` it, `lost`: done, and the connection ends before the answer, `throttled` once, `killed`: the function's
process, before the effect and after it, `stopped`: StopExecution while the call is under way.
"""


def fits(kind: str, call: CallName) -> bool:
    """Whether there is anything of this kind for the call:
    what a workflow calls itself has no process that could be killed.
    """
    return any(variant.fits(call) for variant in KINDS[kind])


AFTER_EFFECT = {"refused-after", "lost", "stopped"}
"""What was done, and the caller does not know."""
