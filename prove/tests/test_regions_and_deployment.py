"""Checks of Regions, deployment, instances and workflows are seen to say so where something is otherwise."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from prove.checks import deployment, regions, vpn_instances, workflows
from prove.real.target import RealTarget
from prove.stage import Stage
from prove.target import HUB
from prove.tests.conftest import Cloud
from prove.tests.trying import heard, tried
from prove.verdict import CouldNotBeTried, DoesNotHold, Holds, Verdict


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [
        (("eu-west-1",), Holds),
        (("us-east-1",), DoesNotHold),
        ((), DoesNotHold),
        (("eu-west-1", "us-east-1"), CouldNotBeTried),
    ],
)
def test_which_region_stands_in_the_arn(
    allowed: tuple[str, ...], expected: type, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Ec2:
        def __init__(self, policy: str) -> None:
            self.policy = policy

        def create_vpc_peering_connection(self, **asked: Any) -> None:
            assert asked["DryRun"]
            named = any(f"arn:aws:ec2:{region}:" in self.policy for region in allowed)
            raise ClientError({"Error": {"Code": "DryRunOperation" if named else "UnauthorizedOperation"}}, "Any")

    monkeypatch.setattr(regions, "session", lambda stage, policy: Ec2(policy))
    assert isinstance(tried(regions.accepter_vpc, stage), expected)


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [(["Delayed/Delayed", "TimedOut/DeliveryTimedOut"], Holds), (["TimedOut/Undeliverable"], DoesNotHold)],
)
def test_a_stopped_instance(statuses: list[str], expected: type, stage: Stage, cloud: Cloud) -> None:
    left = list(statuses)

    def listed(_: dict[str, Any]) -> dict[str, Any]:
        status, details = (left.pop(0) if len(left) > 1 else left[0]).split("/")
        return {"CommandInvocations": [{"Status": status, "StatusDetails": details}]}

    cloud.answers["ListCommandInvocations"] = listed
    assert isinstance(tried(vpn_instances.stopped_instance, stage), expected)


def test_a_terminated_instance_without_tags(stage: Stage) -> None:
    assert isinstance(tried(vpn_instances.terminated_instance, stage), Holds)
    del stage.spare
    stage.ec2(HUB).delete_tags(Resources=[stage.spare], Tags=[{"Key": "Name"}])
    assert isinstance(tried(vpn_instances.terminated_instance, stage), DoesNotHold)


@pytest.mark.parametrize(("times", "expected"), [(1, Holds), (2, DoesNotHold)])
def test_a_redrive(times: int, expected: type, stage: Stage, cloud: Cloud) -> None:
    redriven: list[int] = []
    entered = {"timestamp": 0, "type": "PassStateEntered", "id": 1, "stateEnteredEventDetails": {"name": "Succeeds"}}
    cloud.answers |= {
        "CreateStateMachine": lambda _: {"stateMachineArn": "arn"},
        "StartExecution": lambda _: {"executionArn": "arn"},
        "RedriveExecution": lambda _: redriven.append(1) or {},  # type: ignore[func-returns-value]
        "DescribeExecution": lambda _: {"status": "FAILED", "redriveCount": len(redriven)},
        "GetExecutionHistory": lambda _: {"events": [entered] * times},
    }
    assert isinstance(tried(workflows.redrive, stage), expected)


@pytest.mark.parametrize(("after", "expected"), [("11", Holds), ("10", DoesNotHold)])
def test_functions_after_a_change(
    after: str, expected: type, stage: Stage, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = iter(["10", after])
    cloud.answers |= {
        "ListStackResources": lambda _: {
            "StackResourceSummaries": [{"ResourceType": "AWS::Lambda::Function", "PhysicalResourceId": "f"}]
        },
        "GetFunctionConfiguration": lambda _: {"Environment": {"Variables": {"VPCS_PER_ACCOUNT": next(values)}}},
    }
    monkeypatch.setattr(stage.target, "change_parameter", lambda: "a to b", raising=False)
    assert isinstance(tried(deployment.changed_parameter, stage), expected)


def test_a_document_without_the_script(stage: Stage, cloud: Cloud) -> None:
    assert isinstance(tried(deployment.nat_document, stage), DoesNotHold)
    cloud.answers["GetDocument"] = lambda _: {"Content": deployment.DOCUMENT.read_text(), "DocumentVersion": "1"}
    assert isinstance(tried(deployment.nat_document, stage), Holds)


@pytest.mark.parametrize(("status", "expected"), [("Success", Holds), ("Failed", DoesNotHold)])
def test_a_script_without_its_variables(status: str, expected: type, stage: Stage, cloud: Cloud) -> None:
    cloud.answers["ListCommandInvocations"] = lambda _: {
        "CommandInvocations": [
            {
                "DocumentName": "doc",
                "Status": status,
                "StatusDetails": status,
                "CommandPlugins": [{"Output": "SSM_Services: unbound"}],
            }
        ]
    }
    verdict = tried(deployment.env_var, stage)
    assert isinstance(verdict, expected)
    assert status == "Success" or "unbound" in verdict.words


@pytest.mark.parametrize(("status", "expected"), [("SUCCEEDED", Holds), ("FAILED", DoesNotHold)])
def test_a_stack_set(status: str, expected: type, stage: Stage, cloud: Cloud) -> None:
    stage.target.unit = "ou-abcd-11111111"
    target = stage.target
    assert isinstance(target, RealTarget)
    target.hub_vpc, target.outputs, target.organization = "vpc-1", {"HubBusArn": "arn"}, "o-1"
    cloud.answers |= {
        "CreateStackSet": lambda _: {"StackSetId": "s"},
        "CreateStackInstances": lambda _: {"OperationId": "1"},
        "DescribeStackSetOperation": lambda _: {"StackSetOperation": {"Status": status}},
        "ListStackInstances": lambda _: {"Summaries": [{"Account": "1", "Status": "CURRENT"}]},
    }
    assert isinstance(tried(deployment.stack_set, stage), expected)


def test_an_event_of_the_other_region(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage.target, "watch_other_region", lambda journal: None, raising=False)

    def told(region: str) -> Verdict:
        def tell() -> None:
            id = next(entry.id for entry in stage.journal.left() if entry.kind == "vpc" and entry.region == "us-east-1")
            heard(stage.on_hub_bus, "DeleteVpc", {"vpcId": id})
            stage.on_hub_bus.events[-1]["region"] = region

        return tried(regions.bus_across, stage, tell)

    assert isinstance(told("us-east-1"), Holds)
    assert isinstance(told("eu-west-1"), DoesNotHold)
