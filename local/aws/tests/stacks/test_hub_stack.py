"""`sam deploy` onto ministack, functions that run there, executions and their redrive."""

import json
import time
from typing import Any

from local.aws.accounts import HUB
from local.aws.local_aws import LocalAws


def run(aws: LocalAws, hub: dict[str, str], payload: dict[str, Any]) -> dict[str, Any]:
    arn = aws.client("stepfunctions").start_execution(stateMachineArn=hub["MachineArn"], input=json.dumps(payload))[
        "executionArn"
    ]
    return ended(aws, arn)


def ended(aws: LocalAws, arn: str) -> dict[str, Any]:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        execution: dict[str, Any] = aws.client("stepfunctions").describe_execution(executionArn=arn)
        if execution["status"] != "RUNNING":
            return execution
        time.sleep(0.05)
    raise AssertionError(f"{arn} still runs")


def test_a_function_reaches_both_emulators_and_is_known_by_its_name(aws: LocalAws, hub: dict[str, str]) -> None:
    answer = json.loads(run(aws, hub, {"fail": "never"})["output"])["probe"]["answer"]
    assert answer["AWS_ENDPOINT_URL"] == aws.endpoints["ministack"]
    for service in ("EC2", "STS", "SSM", "ORGANIZATIONS"):
        assert answer[f"AWS_ENDPOINT_URL_{service}"] == aws.endpoints["moto"]
    assert answer["AWS_SDK_UA_APP_ID"] == "ProbeFunction"
    assert answer["AWS_ACCESS_KEY_ID"] == HUB
    assert answer["DOCUMENT"] == hub["DocumentName"]
    assert answer["redriveCount"] == 0


def test_an_exception_arrives_at_the_workflow_under_its_class_name(aws: LocalAws, hub: dict[str, str]) -> None:
    execution = run(aws, hub, {"fail": "always-until-redriven"})
    assert (execution["status"], execution["error"]) == ("FAILED", "ProbeFailed")
    assert json.loads(execution["cause"])["errorMessage"] == "told to fail"


def test_a_redrive_goes_on_from_the_failed_state_with_its_input(aws: LocalAws, hub: dict[str, str]) -> None:
    failed = run(aws, hub, {"fail": "always-until-redriven"})
    assert aws.redrive(failed["executionArn"]) == failed["executionArn"]
    execution = ended(aws, failed["executionArn"])
    output = json.loads(execution["output"])
    assert execution["status"] == "SUCCEEDED"
    assert execution["redriveCount"] == 1
    assert output["both"] == [1, 2], "what earlier states had put in is still there"
    assert output["probe"]["answer"]["redriveCount"] == 1
    assert output["probe"]["answer"]["execution"] == {"fail": "always-until-redriven"}
    entered = [
        event["stateEnteredEventDetails"]["name"]
        for event in aws.history(failed["executionArn"])
        if "stateEnteredEventDetails" in event
    ]
    assert entered == ["Prepare", "Both", "Probe", "Redrive from Probe", "Probe"]


def test_the_document_of_the_template_is_in_ssm(aws: LocalAws, hub: dict[str, str]) -> None:
    document = aws.client("ssm").get_document(Name=hub["DocumentName"])
    assert "SSM_Services" in document["Content"]


def test_a_function_is_a_session_of_its_role(aws: LocalAws, hub: dict[str, str]) -> None:
    mark = aws.calls.last
    run(aws, hub, {"fail": "never"})
    (call,) = aws.calls.since(mark)
    assert (call.action, call.function) == ("sts:GetCallerIdentity", "ProbeFunction")
    assert call.role and call.role.startswith("peerway-ProbeFunctionRole")
    assert call.principal == f"arn:aws:sts::{HUB}:assumed-role/{call.role}/ProbeFunction"


def test_a_task_without_a_resource_stops_the_deployment(aws: LocalAws, hub: dict[str, str]) -> None:
    definition = {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${Forgotten}", "End": True}}}
    stack = {
        "Resources": {
            "Machine": {
                "Type": "AWS::StepFunctions::StateMachine",
                "Properties": {"RoleArn": f"arn:aws:iam::{HUB}:role/x", "DefinitionString": json.dumps(definition)},
            }
        }
    }
    cloudformation = aws.client("cloudformation")
    cloudformation.create_stack(StackName="forgotten", TemplateBody=json.dumps(stack), OnFailure="DO_NOTHING")
    deadline = time.monotonic() + 90
    while (status := cloudformation.describe_stacks(StackName="forgotten")["Stacks"][0]["StackStatus"]).endswith(
        "IN_PROGRESS"
    ):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert status == "CREATE_FAILED"


def test_a_parameter_may_be_empty(hub: dict[str, str]) -> None:
    assert hub["Empty"] == "<>"
