"""Checks are seen to say so where something is otherwise: each is broken here, at the answer it relies on."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from prove.checks import deployment, ec2_answers, organisation, records, regions, vpn_instances, workflows
from prove.journal import Journal
from prove.maker import Maker
from prove.real.target import RealTarget
from prove.stage import Stage
from prove.target import HUB, Network
from prove.tests.conftest import Cloud
from prove.verdict import CouldNotBeTried, DoesNotHold, Holds, Verdict

Event = dict[str, Any]


@pytest.fixture
def stage(target: RealTarget, journal: Journal) -> Iterator[Stage]:
    target.client(HUB, "events").create_event_bus(Name=target.run)
    make = Maker(target, journal)
    vpc = make.vpc(HUB, "10.254.0.0/24", "hub")
    subnet = make.subnet(HUB, vpc, "10.254.0.0/25")
    yield Stage(target, journal, Network(vpc, "10.254.0.0/24", [], subnet, "i-1", "vpc-2", "10.253.0.0/24", [], "10.253.0.4", {
        "HubBusName": target.run, "NatDocumentName": "doc"}))


def tried(check: Any, stage: Stage, between: Callable[[], None] = lambda: None) -> Verdict:
    answer = check(stage)
    if not hasattr(answer, "send"):
        return answer  # type: ignore[no-any-return]
    try:
        next(answer)
        between()
        next(answer)
    except StopIteration as ended:
        return ended.value  # type: ignore[no-any-return]
    raise AssertionError("a check yields once")


def refuses(code: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def refuse(_: dict[str, Any]) -> dict[str, Any]:
        raise ClientError({"Error": {"Code": code, "Message": "as the test says"}}, "Any")
    return refuse


@pytest.mark.parametrize(("check", "operation"), [
    (ec2_answers.route_twice, "CreateRoute"), (ec2_answers.tag_limit, "CreateTags")])
def test_no_error_where_one_is_assumed(check: Any, operation: str, stage: Stage, cloud: Cloud) -> None:
    assert isinstance(tried(check, stage), Holds)
    cloud.answers |= {operation: lambda _: {}, "DeleteRoute": lambda _: {}}
    verdict = tried(check, stage)
    assert isinstance(verdict, DoesNotHold)
    assert "no error" in verdict.words


@pytest.mark.parametrize(("check", "operation"), [
    (ec2_answers.accept_twice, "AcceptVpcPeeringConnection"), (ec2_answers.route_twice, "CreateRoute")])
def test_another_code_than_the_assumed_one_is_told(check: Any, operation: str, stage: Stage, cloud: Cloud) -> None:
    stage.peering  # noqa: B018  made and accepted before AWS changes its mind
    cloud.answers |= {operation: refuses("SomethingElse"), "DeleteRoute": lambda _: {}}
    if operation == "CreateRoute":
        made = iter([lambda _: {}, refuses("SomethingElse")])
        cloud.answers[operation] = lambda params: next(made)(params)
    verdict = tried(check, stage)
    assert isinstance(verdict, DoesNotHold)
    assert "SomethingElse" in verdict.words


def test_tags_of_a_deleted_peering_that_cannot_be_written(stage: Stage, cloud: Cloud) -> None:
    stage.peering  # noqa: B018
    answers = iter([lambda _: {}, refuses("InvalidVpcPeeringConnectionID.NotFound")])
    cloud.answers["CreateTags"] = lambda params: next(answers)(params)
    assert isinstance(tried(ec2_answers.deleted_peering_tags, stage), DoesNotHold)


def heard(recorder: Any, name: str, request: dict[str, Any], **more: Any) -> None:
    recorder._events.append({"account": "1", "region": "eu-west-1", "detail": {"eventName": name, "requestParameters": request, **more}})


def test_an_event_besides_of_a_peering_that_went_with_its_vpc(stage: Stage) -> None:
    vpc = stage.second_scratch

    def tell() -> None:
        heard(stage.in_second, "DeleteVpc", {"vpcId": vpc})

    assert isinstance(tried(ec2_answers.vpc_deletion_ends_peering, stage, tell), Holds)
    vpc = stage.second_scratch

    def tell_more() -> None:
        tell()
        entries = [entry for entry in stage.journal.left() if entry.kind == "peering"]
        heard(stage.in_hub, "DeleteVpcPeeringConnection", {"vpcPeeringConnectionId": entries[0].id})

    assert isinstance(tried(ec2_answers.vpc_deletion_ends_peering, stage, tell_more), DoesNotHold)


@pytest.mark.parametrize(("tags", "expected"), [
    ({"tagSpecificationSet": {"items": [{"resourceType": "vpc", "tags": [{"key": "Name", "value": "x"}]}]}}, Holds),
    ({"tagSpecificationSet": {"items": [{"resourceType": "vpc", "tags": {"items": [{"key": "Name"}]}}]}}, DoesNotHold),
    ({"TagSpecification": []}, DoesNotHold)])
def test_the_tags_of_a_new_vpc(tags: dict[str, Any], expected: type, stage: Stage) -> None:
    vpc = stage.second_scratch
    assert isinstance(tried(records.tags_of_a_new_vpc, stage, lambda: heard(
        stage.in_second, "CreateVpc", tags, responseElements={"vpc": {"vpcId": vpc}})), expected)


@pytest.mark.parametrize(("code", "expected"), [("Client.DependencyViolation", Holds), ("DependencyViolation", DoesNotHold)])
def test_the_record_of_a_refused_deletion(code: str, expected: type, stage: Stage) -> None:
    vpc = stage.second_scratch
    assert isinstance(tried(records.refused_deletion, stage, lambda: heard(
        stage.in_second, "DeleteVpc", {"vpcId": vpc}, errorCode=code)), expected)


def test_without_any_event_nothing_is_known(stage: Stage) -> None:
    verdict = tried(records.all_tags_off, stage)
    assert verdict == CouldNotBeTried(verdict.words, broke_off=True)


def test_an_event_history_that_does_not_know_the_ids(stage: Stage) -> None:
    verdict = tried(records.event_history, stage)
    assert isinstance(verdict, DoesNotHold)
    assert "CreateSecurityGroup" in verdict.words


@pytest.mark.parametrize(("answer", "expected"), [
    (refuses("AccountNotFoundException"), Holds), (refuses("AccessDeniedException"), Holds), (refuses("ServiceException"), DoesNotHold),
    (lambda _: {"Account": {}}, DoesNotHold)])
def test_a_stranger_s_account(answer: Any, expected: type, stage: Stage, cloud: Cloud) -> None:
    cloud.answers["DescribeAccount"] = answer
    assert isinstance(tried(organisation.stranger_account, stage), expected)


def recorded(*records_: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def answer(params: dict[str, Any]) -> dict[str, Any]:
        wanted = json.loads(params["body"])["LookupAttributes"][0]["AttributeValue"]
        return {"Events": [{"CloudTrailEvent": json.dumps(each)} for each in records_ if each["eventName"] == wanted]}
    return answer


@pytest.mark.parametrize(("details", "expected"), [
    ({"accountId": "1"}, Holds), ({"memberAccountId": "1"}, Holds), ({"account": "1"}, DoesNotHold), (None, DoesNotHold)])
def test_how_joined_accounts_are_named(details: Any, expected: type, stage: Stage, cloud: Cloud) -> None:
    cloud.answers["LookupEvents"] = recorded({"eventName": "AccountJoinedOrganization", "serviceEventDetails": details})
    assert isinstance(tried(organisation.who_joined_and_departed, stage), expected)


@pytest.mark.parametrize(("moved", "expected"), [("1", Holds), ("2", DoesNotHold)])
def test_whether_control_tower_moves(moved: str, expected: type, stage: Stage, cloud: Cloud) -> None:
    cloud.answers["LookupEvents"] = recorded(
        {"eventName": "CreateManagedAccount", "serviceEventDetails": {
            "createManagedAccountStatus": {"state": "SUCCEEDED", "account": {"accountId": "1"}}}},
        {"eventName": "MoveAccount", "requestParameters": {"accountId": moved}})
    assert isinstance(tried(organisation.control_tower_moves, stage), expected)


@pytest.mark.parametrize(("allowed", "expected"), [
    (("eu-west-1",), Holds), (("us-east-1",), DoesNotHold), ((), DoesNotHold), (("eu-west-1", "us-east-1"), CouldNotBeTried)])
def test_which_region_stands_in_the_arn(allowed: tuple[str, ...], expected: type, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    class Ec2:
        def __init__(self, policy: str) -> None:
            self.policy = policy

        def create_vpc_peering_connection(self, **asked: Any) -> None:
            assert asked["DryRun"]
            named = any(f"arn:aws:ec2:{region}:" in self.policy for region in allowed)
            raise ClientError({"Error": {"Code": "DryRunOperation" if named else "UnauthorizedOperation"}}, "Any")

    monkeypatch.setattr(regions, "_session", lambda stage, policy: Ec2(policy))
    assert isinstance(tried(regions.accepter_vpc, stage), expected)


@pytest.mark.parametrize(("statuses", "expected"), [
    (["Delayed/Delayed", "TimedOut/DeliveryTimedOut"], Holds), (["TimedOut/Undeliverable"], DoesNotHold)])
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
        "CreateStateMachine": lambda _: {"stateMachineArn": "arn"}, "StartExecution": lambda _: {"executionArn": "arn"},
        "RedriveExecution": lambda _: redriven.append(1) or {},  # type: ignore[func-returns-value]
        "DescribeExecution": lambda _: {"status": "FAILED", "redriveCount": len(redriven)},
        "GetExecutionHistory": lambda _: {"events": [entered] * times}}
    assert isinstance(tried(workflows.redrive, stage), expected)


@pytest.mark.parametrize(("state", "expected"), [("On", Holds), ("Off", DoesNotHold)])
def test_a_version_without_a_snapshot(state: str, expected: type, stage: Stage, cloud: Cloud) -> None:
    cloud.answers |= {
        "ListStackResources": lambda _: {"StackResourceSummaries": [{"ResourceType": "AWS::Lambda::Function", "PhysicalResourceId": "f"}]},
        "GetFunctionConfiguration": lambda _: {"State": "Active", "SnapStart": {"ApplyOn": "PublishedVersions", "OptimizationStatus": state}}}
    assert isinstance(tried(deployment.snapstart, stage), expected)


@pytest.mark.parametrize(("reason", "expected"), [
    ("", Holds), ("Concurrent snapshot creation limit exceeded (Service: Lambda, Status Code: 429)", DoesNotHold)])
def test_the_limit_on_snapshots(reason: str, expected: type, stage: Stage, cloud: Cloud) -> None:
    event = {"ResourceType": "AWS::Lambda::Version", "ResourceStatus": "CREATE_COMPLETE", "LogicalResourceId": "v", "ResourceStatusReason": reason}
    cloud.answers["DescribeStackEvents"] = lambda _: {"StackEvents": [event]}
    assert isinstance(tried(deployment.snapshot_limit, stage), expected)


@pytest.mark.parametrize(("after", "expected"), [("2", Holds), ("1", DoesNotHold)])
def test_versions_after_a_change(after: str, expected: type, stage: Stage, cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    versions = iter(["1", after])
    cloud.answers |= {
        "ListStackResources": lambda _: {"StackResourceSummaries": [{"ResourceType": "AWS::Lambda::Function", "PhysicalResourceId": "f"}]},
        "GetAlias": lambda _: {"FunctionVersion": next(versions)}}
    monkeypatch.setattr(stage.target, "change_parameter", lambda: "a to b", raising=False)
    assert isinstance(tried(deployment.changed_parameter, stage), expected)


def test_a_document_without_the_script(stage: Stage, cloud: Cloud) -> None:
    assert isinstance(tried(deployment.nat_document, stage), DoesNotHold)
    cloud.answers["GetDocument"] = lambda _: {"Content": deployment.DOCUMENT.read_text(), "DocumentVersion": "1"}
    assert isinstance(tried(deployment.nat_document, stage), Holds)


@pytest.mark.parametrize(("status", "expected"), [("Success", Holds), ("Failed", DoesNotHold)])
def test_a_script_without_its_variables(status: str, expected: type, stage: Stage, cloud: Cloud) -> None:
    cloud.answers["ListCommandInvocations"] = lambda _: {"CommandInvocations": [
        {"DocumentName": "doc", "Status": status, "StatusDetails": status, "CommandPlugins": [{"Output": "SSM_Services: unbound"}]}]}
    verdict = tried(deployment.env_var, stage)
    assert isinstance(verdict, expected)
    assert status == "Success" or "unbound" in verdict.words


@pytest.mark.parametrize(("status", "expected"), [("SUCCEEDED", Holds), ("FAILED", DoesNotHold)])
def test_a_stack_set(status: str, expected: type, stage: Stage, cloud: Cloud) -> None:
    stage.target.unit = "ou-abcd-11111111"
    stage.target._hub_vpc, stage.target._outputs, stage.target._organization = "vpc-1", {"HubBusArn": "arn"}, "o-1"  # type: ignore[attr-defined]
    cloud.answers |= {
        "CreateStackSet": lambda _: {"StackSetId": "s"}, "CreateStackInstances": lambda _: {"OperationId": "1"},
        "DescribeStackSetOperation": lambda _: {"StackSetOperation": {"Status": status}},
        "ListStackInstances": lambda _: {"Summaries": [{"Account": "1", "Status": "CURRENT"}]}}
    assert isinstance(tried(deployment.stack_set, stage), expected)


def test_an_event_of_the_other_region(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage.target, "watch_other_region", lambda journal: None, raising=False)

    def told(region: str) -> Verdict:
        def tell() -> None:
            id = next(entry.id for entry in stage.journal.left() if entry.kind == "vpc" and entry.region == "us-east-1")
            heard(stage.on_hub_bus, "DeleteVpc", {"vpcId": id})
            stage.on_hub_bus._events[-1]["region"] = region
        return tried(regions.bus_across, stage, tell)

    assert isinstance(told("us-east-1"), Holds)
    assert isinstance(told("eu-west-1"), DoesNotHold)


