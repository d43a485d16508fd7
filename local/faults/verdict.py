"""What a disturbed run comes to, beside an undisturbed one."""

from collections import Counter
from dataclasses import dataclass, field

from local.faults.calls import CallName
from local.faults.kinds import AFTER_EFFECT
from local.faults.stage import Run
from local.faults.state import differences

TELLS = {"events:PutEvents", "sns:Publish"}


@dataclass(frozen=True)
class Verdict:
    misses: list[str]
    """What differs in the end; nothing where the same end was reached."""

    told_again: list[str] = field(default_factory=list)
    """Letters that came twice because the call that told them was struck after its effect: PutEvents, or Publish in
    `tell`. Both deliver at least once; who does not know whether a letter was sent can only send it again, or not at
    all ("PutEvents", Amazon EventBridge API Reference; "Publish", Amazon SNS API Reference: no token, but for FIFO).
    """


def judge(undisturbed: Run, disturbed: Run, call: CallName, kind: str) -> Verdict:
    if not disturbed.struck:
        return Verdict([f"the call was not made: {call}"])
    again: list[str] = []
    found = disturbed.lines
    if call.action in TELLS and kind in AFTER_EFFECT:
        before, after = Counter(undisturbed.lines["told"]), Counter(found["told"])
        again = [letter for letter in after - before if before[letter] and after[letter] == before[letter] + 1][:1]
        found = found | {"told": sorted((after - Counter(again)).elements())}
    misses = [f"did not succeed, however often it was redriven: {arn.split(':', 6)[6]}" for arn in disturbed.undone]
    return Verdict(misses + differences(undisturbed.lines, found), again)
