"""Tries all assumptions: first what they have to do, and once everything else is done, what they have to wait for."""

from collections.abc import Callable
from types import GeneratorType

from botocore.exceptions import ClientError

from prove import screen
from prove.made.kinds import code
from prove.registry import Assumption, Later, assumptions
from prove.stage import Stage
from prove.verdict import CouldNotBeTried, Verdict

_DENIED = ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "OptInRequired")


class Trial:
    def __init__(self, stage: Stage, verdicts: dict[str, Verdict], tried: list[Assumption] | None = None) -> None:
        self._stage, self.verdicts = stage, verdicts
        self._assumptions = assumptions() if tried is None else tried
        self._later: dict[str, Later] = {}

    def begin(self) -> None:
        for each in self._assumptions:
            why = self._stage.target.unavailable(each.id)
            if why:
                self._tell(each.id, CouldNotBeTried(why))
            else:
                self._guarded(each.id, lambda each=each: self._begun(each))  # type: ignore[misc]

    def finish(self) -> None:
        for id, later in self._later.items():
            self._guarded(id, lambda id=id, later=later: self._go_on(id, later))  # type: ignore[misc]

    def _begun(self, each: Assumption) -> None:
        answer = each.check(self._stage)
        if isinstance(answer, GeneratorType):
            self._go_on(each.id, answer)
        else:
            self._tell(each.id, answer)  # type: ignore[arg-type]

    def _go_on(self, id: str, later: Later) -> None:
        try:
            next(later)
            self._later[id] = later
        except StopIteration as ended:
            self._tell(id, ended.value)

    def _guarded(self, id: str, act: Callable[[], None]) -> None:
        """What breaks a check off is its verdict, and not the end of the run."""
        try:
            act()
        except Exception as e:
            denied = isinstance(e, ClientError) and code(e) in _DENIED
            self._tell(id, CouldNotBeTried(screen.on_one_line(f"{type(e).__name__}: {e}"), broke_off=not denied))

    def _tell(self, id: str, verdict: Verdict) -> None:
        self.verdicts[id] = verdict
        screen.verdict(id, verdict)
