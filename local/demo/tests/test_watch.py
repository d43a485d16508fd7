"""What a history tells of an execution's states."""

from datetime import datetime, timedelta
from typing import Any

from local.demo.watch import StateRun, Timeline

BEGAN = datetime(2026, 1, 1)
HUB_ROUTES = "arn:aws:lambda:eu-west-1:123456789012:function:peerway-HubRoutesFunction-5E91"


def event(kind: str, second: int, **details: Any) -> dict[str, Any]:
    return {"type": kind, "timestamp": BEGAN + timedelta(seconds=second), **details}


def test_a_state_is_told_when_it_is_left_with_its_duration() -> None:
    timeline = Timeline()
    assert list(timeline.left(event("TaskStateEntered", 0, stateEnteredEventDetails={"name": "Admit"}))) == []
    assert list(timeline.left(event("TaskScheduled", 0, taskScheduledEventDetails={"resource": HUB_ROUTES}))) == []
    assert list(timeline.left(event("TaskStateExited", 2, stateExitedEventDetails={"name": "Admit"}))) == [
        StateRun("Admit", "Task", 2.0)
    ]


def test_tasks_inside_a_parallel_are_told_by_their_function() -> None:
    timeline = Timeline()
    history = [
        event("ParallelStateEntered", 0, stateEnteredEventDetails={"name": "Join"}),
        event("TaskScheduled", 1, taskScheduledEventDetails={"resource": HUB_ROUTES}),
        event("TaskSucceeded", 4, taskSucceededEventDetails={"resource": HUB_ROUTES}),
        event("ParallelStateExited", 5, stateExitedEventDetails={"name": "Join"}),
    ]
    told = [run for each in history for run in timeline.left(each)]
    assert told == [StateRun("· HubRoutes", "Task", 3.0), StateRun("Join", "Parallel", 5.0)]
