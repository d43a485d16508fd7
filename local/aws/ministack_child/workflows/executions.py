"""All executions at one look, and none of them any more."""

from typing import Any

from ministack.services import stepfunctions as sfn

from local.aws.ministack_child.workflows.stopping import under_way


def look(request: dict[str, Any]) -> dict[str, Any]:
    """Status by ARN, and how many tasks are under way. With `forget` those that have ended are gone,
    as after AWS's 90 days.
    """
    stored = sfn._executions._data
    if request.get("forget"):
        for key, execution in list(stored.items()):
            if execution["status"] != "RUNNING":
                stored.pop(key, None)
    return {
        "executions": {execution["executionArn"]: execution["status"] for execution in list(stored.values())},
        "underWay": under_way(),
    }
