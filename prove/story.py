"""One run, in its order: asks, makes, tries, removes, reports."""

import datetime
import getpass
import json
import socket
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from prove import screen
from prove.interrupts import Interrupted
from prove.life import Life, Step
from prove.made.journal import Journal
from prove.made.kinds import LOCK_FOLDER, code
from prove.made.removal import Left, remove_all
from prove.preparation.plan import Plan
from prove.stage import Stage
from prove.target import HUB, Target
from prove.trial import Trial
from prove.verdict import Verdict, is_failure

SUCCESS, FAILURE, REFUSED, INTERRUPTED = 0, 1, 2, 130


@dataclass
class Story:
    target: Target
    journal: Journal
    folder: Path
    how_to_clean: str
    """The command that removes what a run has left."""
    agreed: Callable[[Plan], bool]
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    broke: str = ""
    left: list[Left] = field(default_factory=list)
    _mark: str = ""
    """Of this run alone: what it writes into the parameter that makes its name taken."""
    _has_name: bool = False

    def run(self) -> int:
        """The exit status. Whatever happens once something was made, it is removed."""
        problems = self._problems()
        for problem in problems:
            screen.step("cannot begin", False, problem)
        if problems:
            return REFUSED
        plan = self.target.plan()
        screen.title(f"What will be made, under the name {self.target.run}")
        for line in plan.lines():
            screen.line(line)
        if not self.agreed(plan):
            screen.line("nothing was made")
            return REFUSED
        began = time.monotonic()
        interrupted = False
        at = f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M} UTC"
        self._mark = f"{at} by {getpass.getuser()} on {socket.gethostname()}, {uuid.uuid4()}"
        try:
            if not self._take_name():
                return REFUSED
            self._prove()
        except Interrupted:
            interrupted = True
            screen.title("Interrupted")
        except Exception as e:  # told below and in the report; what was made has to be removed first
            self.broke = screen.on_one_line(f"{type(e).__name__}: {e}")
            screen.step("the run", False, self.broke)
        if not self._name_is_ours():
            screen.line(f"nothing was made. Should {LOCK_FOLDER}{self.target.run} be there later: {self.how_to_clean}")
            return INTERRUPTED if interrupted else FAILURE
        cut_short = not self._remove()
        self._report(time.monotonic() - began, interrupted)
        return INTERRUPTED if interrupted or cut_short else self._status()

    def clean(self) -> int:
        """Removes what an earlier run of this name has left."""
        if not self._remove():
            return INTERRUPTED
        return FAILURE if self.left else SUCCESS

    def _problems(self) -> list[str]:
        left = self.journal.left()
        if left:
            return [
                f"an earlier run named {self.target.run} has left {len(left)} things, "
                f"such as {left[-1].kind} {left[-1].id or left[-1].name} "
                f"({left[-1].who} account); remove them: {self.how_to_clean}"
            ]
        try:
            return self.target.problems()
        except (BotoCoreError, ClientError) as e:  # one that no question expects; nothing has been made
            return [screen.on_one_line(f"{type(e).__name__}: {e}")]

    def _take_name(self) -> bool:
        """The first thing that is made. A parameter can be made once (PutParameter without Overwrite), so of two runs
        that begin at the same moment, on whatever machines, one is refused.
        """
        ssm, name = self.target.client(HUB, "ssm"), LOCK_FOLDER + self.target.run
        try:
            with self.journal.making("lock", HUB, self.target.region, name) as made:
                ssm.put_parameter(Name=name, Type="String", Value=self._mark)
                made.id = name
        except ClientError as e:
            if code(e) != "ParameterAlreadyExists":
                raise
            self.journal.removed(self.journal.left()[0])
            began = ssm.get_parameter(Name=name)["Parameter"]["Value"]
            screen.step(
                "cannot begin",
                False,
                f"{self.target.run} is taken: a run began {began}; remove what it left: {self.how_to_clean}",
            )
            return False
        self._has_name = True
        return True

    def _name_is_ours(self) -> bool:
        """Where it is another run's, or nobody knows, nothing of that name is ours to remove."""
        if self._has_name:
            return True
        try:
            there = self.target.client(HUB, "ssm").get_parameter(Name=LOCK_FOLDER + self.target.run)
        except (BotoCoreError, ClientError):
            there = {}
        if there.get("Parameter", {}).get("Value") == self._mark:
            return True
        for entry in self.journal.left():
            self.journal.removed(entry)
        return False

    def _prove(self) -> None:
        screen.title("Making it")
        network = self.target.make(self.journal)
        stage = Stage(self.target, self.journal, network)
        trial = Trial(stage, self.verdicts)
        screen.title("The assumptions of docs/design.md")
        trial.begin()
        screen.title("A connection from end to end")
        life = Life(stage, self.steps)
        life.live()
        screen.title("What takes AWS some minutes")
        trial.finish()

    def _remove(self) -> bool:
        """Whether it was let finish."""
        screen.title("Removing all of it")
        try:
            self.left = remove_all(self.target, self.journal)
        except Interrupted:
            screen.line("Interrupted again. Left, as far as is known:")
            for entry in self.journal.left():
                screen.line(f"  {entry.kind} {entry.id or entry.name} ({entry.who} account, {entry.region})")
            screen.line(f"Remove it: {self.how_to_clean}")
            return False
        for left in self.left:
            screen.step("still there", False, str(left))
        if self.left:
            screen.line(f"Try again: {self.how_to_clean}")
        else:
            screen.line("nothing is left")
        return True

    def _status(self) -> int:
        lived = bool(self.steps) and all(step.ok for step in self.steps)
        return (
            SUCCESS
            if lived and not (self.broke or self.left or any(map(is_failure, self.verdicts.values())))
            else FAILURE
        )

    def _report(self, seconds: float, interrupted: bool) -> None:
        counts = {
            word: sum(verdict.name == word for verdict in self.verdicts.values())
            for word in ("holds", "does not hold", "could not be tried")
        }
        screen.title(
            ", ".join(f"{count} {word}" for word, count in counts.items())
            + f"; {sum(step.ok for step in self.steps)} of {len(self.steps)} steps of the connection; "
            f"{len(self.left)} things left"
        )
        path = self.folder / "report.json"
        path.write_text(
            json.dumps(
                {
                    "name": self.target.run,
                    "region": self.target.region,
                    "seconds": round(seconds),
                    "interrupted": interrupted,
                    "brokeOff": self.broke,
                    "ok": not interrupted and self._status() == SUCCESS,
                    "counts": counts,
                    "assumptions": [
                        {"id": id, "verdict": verdict.name, "words": verdict.words}
                        for id, verdict in self.verdicts.items()
                    ],
                    "connection": [asdict(step) for step in self.steps],
                    "left": [asdict(each) for each in self.left],
                },
                indent=2,
            )
            + "\n"
        )
        screen.line(f"{path}")
