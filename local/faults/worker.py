"""python -m local.faults.worker DIRECTORY: one stage, which does what it is asked to on standard input,
a line of JSON for each.
"""

import json
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from local.faults.calls import CallName, of_every_run
from local.faults.kinds import KINDS, Variant
from local.faults.stage import Run, Stage
from local.faults.state import differences
from local.faults.verdict import Verdict, judge

_TRIES = 3
"""How often a call that an undisturbed run makes may fail to come: where branches run at once, one may be overtaken."""

Request = dict[str, Any]


class Worker:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._undisturbed: dict[str, Run] = {}

    def answer(self, request: Request) -> dict[str, Any]:
        answers: dict[str, Callable[[Request], dict[str, Any]]] = {"record": self._record, "case": self._case}
        try:
            return answers[request["do"]](request)
        except Exception as failure:  # of this one question; the next is another
            traceback.print_exc()
            self._stage.abandon()
            return {"error": f"{type(failure).__name__}: {failure}"}

    def _record(self, request: Request) -> dict[str, Any]:
        """The calls that two undisturbed runs make, which end the same."""
        first, second = (self._stage.undisturbed(request["workflow"]) for _ in range(2))
        wrong = differences(first.lines, second.lines) + first.undone + second.undone + first.failures
        if wrong:
            return {"error": "two undisturbed runs differ: " + "; ".join(wrong)}
        self._undisturbed[request["workflow"]] = second
        return {"calls": [str(call) for call in of_every_run([first.calls, second.calls])]}

    def _case(self, request: Request) -> dict[str, Any]:
        began, call = time.monotonic(), CallName.parse(request["call"])
        done = [
            self._one(request["workflow"], request["kind"], call, variant)
            for variant in KINDS[request["kind"]]
            if variant.fits(call)
        ]
        return {
            "misses": [miss for verdict, _ in done for miss in verdict.misses],
            "toldAgain": [letter for verdict, _ in done for letter in verdict.told_again],
            "toldOfTheFault": [letter for _, run in done for letter in run.failures],
            "redrives": sum(run.redrives for _, run in done),
            "seconds": round(time.monotonic() - began, 1),
        }

    def _one(self, workflow: str, kind: str, call: CallName, variant: Variant) -> tuple[Verdict, Run]:
        for _ in range(_TRIES):
            run = self._stage.disturbed(workflow, call, variant)
            if run.struck:
                break
        return judge(self._undisturbed[workflow], run, call, kind), run


def main() -> None:
    out, sys.stdout = sys.stdout, sys.stderr  # what anybody prints is no answer
    with Stage(Path(sys.argv[1])) as stage:
        worker = Worker(stage)
        print(json.dumps({"ready": True}), file=out, flush=True)
        for line in sys.stdin:
            print(json.dumps(worker.answer(json.loads(line))), file=out, flush=True)


if __name__ == "__main__":
    main()
