"""What Step Functions does."""

import json

from botocore.exceptions import ClientError

from prove.registry import assumption
from prove.stage import Stage
from prove.target import HUB
from prove.verdict import DoesNotHold, Holds, Verdict
from prove.waiting import until

_DEFINITION = {
    "StartAt": "Both",
    "States": {
        "Both": {
            "Type": "Parallel",
            "End": True,
            "Branches": [
                {"StartAt": "Succeeds", "States": {"Succeeds": {"Type": "Pass", "End": True}}},
                {
                    "StartAt": "Wait",
                    "States": {
                        "Wait": {"Type": "Wait", "Seconds": 2, "Next": "Fails"},
                        # Its role may do nothing: denied, every time.
                        "Fails": {
                            "Type": "Task",
                            "Resource": "arn:aws:states:::aws-sdk:sqs:listQueues",
                            "Parameters": {},
                            "End": True,
                        },
                    },
                },
            ],
        }
    },
}


@assumption("redrive-runs-failed-branches")
def redrive(stage: Stage) -> Verdict:
    states = stage.target.client(HUB, "stepfunctions")
    name = f"{stage.target.run}-redrive"
    patience = stage.target.patience
    role = stage.make.role(HUB, "redrive", {"Service": "states.amazonaws.com"})

    def machine() -> str | None:
        try:  # a new role is not known everywhere at once
            return str(
                states.create_state_machine(name=name, definition=json.dumps(_DEFINITION), roleArn=role)[
                    "stateMachineArn"
                ]
            )
        except ClientError as e:
            if "assume" in str(e).lower():
                return None
            raise

    with stage.journal.making("machine", HUB, stage.target.region, name) as made:
        made.id = until("state machine", machine, patience.call, patience.poll)
    execution = states.start_execution(stateMachineArn=made.id)["executionArn"]

    def failed(times: int) -> bool:
        now = states.describe_execution(executionArn=execution)
        return bool(now["status"] == "FAILED" and now.get("redriveCount", 0) == times)

    until("failed execution", lambda: failed(0), patience.workflow, patience.poll)
    states.redrive_execution(executionArn=execution)
    until("second failure", lambda: failed(1), patience.workflow, patience.poll)
    pages = states.get_paginator("get_execution_history").paginate(executionArn=execution)
    entered = [
        event["stateEnteredEventDetails"]["name"]
        for page in pages
        for event in page["events"]
        if "stateEnteredEventDetails" in event
    ]
    seen = f"after a redrive the branch that succeeded had been entered {entered.count('Succeeds')} times"
    return Holds(seen) if entered.count("Succeeds") == 1 else DoesNotHold(seen)
