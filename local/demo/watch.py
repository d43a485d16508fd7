"""Follows one execution of `connect` as it runs."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

ENDED = {"SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"}


@dataclass(frozen=True)
class StateRun:
    name: str
    kind: str
    seconds: float


@dataclass
class Execution:
    arn: str
    states: Any
    """The Step Functions client."""

    @staticmethod
    def of_peering(states: Any, machine: str, peering: str, timeout: float = 30) -> "Execution":
        """The execution that works on this peering connection; their names begin with its id."""
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            for execution in states.list_executions(stateMachineArn=machine)["executions"]:
                if execution["name"].startswith(peering):
                    return Execution(execution["executionArn"], states)
            time.sleep(0.1)
        raise TimeoutError(f"no execution was started for {peering} within {timeout:.0f} s")

    def status(self) -> str:
        return str(self.states.describe_execution(executionArn=self.arn)["status"])

    def events(self) -> list[dict[str, Any]]:
        pages = self.states.get_paginator("get_execution_history").paginate(executionArn=self.arn)
        return [event for page in pages for event in page["events"]]

    def transitions(self) -> int:
        """As AWS bills them: one for every state entered and one for every retry of it.

        Inside a Parallel the local history has the tasks' attempts, but not that their states were entered.
        """
        kinds = [event["type"] for event in self.events()]
        entered = sum(kind.endswith("StateEntered") for kind in kinds)
        tasks = sum(kind == "TaskStateEntered" for kind in kinds)
        attempts = sum(kind in ("TaskScheduled", "LambdaFunctionScheduled") for kind in kinds)
        return int(entered + max(0, attempts - tasks))

    def follow(self, timeout: float = 180) -> Iterator[StateRun]:
        """Each state when it is left, until the execution has ended."""
        until = time.monotonic() + timeout
        timeline = Timeline()
        shown = 0
        while time.monotonic() < until:
            ended = self.status() in ENDED
            events = self.events()
            for event in events[shown:]:
                yield from timeline.left(event)
            shown = len(events)
            if ended:
                return
            time.sleep(0.1)
        raise TimeoutError(f"the execution did not end within {timeout:.0f} s: {self.arn}")


class Timeline:
    """Turns history events into states that were left."""

    def __init__(self) -> None:
        self._since: dict[str, datetime] = {}
        self._in_parallel = False

    def left(self, event: dict[str, Any]) -> Iterator[StateRun]:
        kind, now = event["type"], event["timestamp"]
        if kind.endswith("StateEntered"):
            self._since[event["stateEnteredEventDetails"]["name"]] = now
            self._in_parallel = kind == "ParallelStateEntered"
        elif kind.endswith("StateExited"):
            yield self._run(event["stateExitedEventDetails"]["name"], kind.removesuffix("StateExited"), now)
            self._in_parallel = False
        # Of the states inside a Parallel the local history has only their tasks.
        elif self._in_parallel and kind == "TaskScheduled":
            self._since[_branch(event["taskScheduledEventDetails"]["resource"])] = now
        elif self._in_parallel and kind == "TaskSucceeded":
            yield self._run(_branch(event["taskSucceededEventDetails"]["resource"]), "Task", now)

    def _run(self, name: str, kind: str, now: datetime) -> StateRun:
        return StateRun(name, kind, (now - self._since.get(name, now)).total_seconds())


def _branch(function: str) -> str:
    """`· HubRoutes` of `arn:…:function:peerway-HubRoutesFunction-5E91`."""
    name = function.rsplit(":function:", maxsplit=1)[-1]
    return "· " + name.removeprefix("peerway-").split("Function")[0]
