"""Checks of EC2's answers and CloudTrail's records are seen to say so where something is otherwise."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from prove.checks import ec2_answers, organisation, records
from prove.stage import Stage
from prove.tests.conftest import Cloud
from prove.tests.trying import heard, refuses, tried
from prove.verdict import CouldNotBeTried, DoesNotHold, Holds


@pytest.mark.parametrize(
    ("check", "operation"), [(ec2_answers.route_twice, "CreateRoute"), (ec2_answers.tag_limit, "CreateTags")]
)
def test_no_error_where_one_is_assumed(check: Any, operation: str, stage: Stage, cloud: Cloud) -> None:
    assert isinstance(tried(check, stage), Holds)
    cloud.answers |= {operation: lambda _: {}, "DeleteRoute": lambda _: {}}
    verdict = tried(check, stage)
    assert isinstance(verdict, DoesNotHold)
    assert "no error" in verdict.words


@pytest.mark.parametrize(
    ("check", "operation"),
    [(ec2_answers.accept_twice, "AcceptVpcPeeringConnection"), (ec2_answers.route_twice, "CreateRoute")],
)
def test_another_code_than_the_assumed_one_is_told(check: Any, operation: str, stage: Stage, cloud: Cloud) -> None:
    assert stage.peering  # made and accepted before AWS changes its mind
    cloud.answers |= {operation: refuses("SomethingElse"), "DeleteRoute": lambda _: {}}
    if operation == "CreateRoute":
        made = iter([lambda _: {}, refuses("SomethingElse")])
        cloud.answers[operation] = lambda params: next(made)(params)
    verdict = tried(check, stage)
    assert isinstance(verdict, DoesNotHold)
    assert "SomethingElse" in verdict.words


def test_tags_of_a_deleted_peering_that_cannot_be_written(stage: Stage, cloud: Cloud) -> None:
    assert stage.peering  # as above
    answers = iter([lambda _: {}, refuses("InvalidVpcPeeringConnectionID.NotFound")])
    cloud.answers["CreateTags"] = lambda params: next(answers)(params)
    assert isinstance(tried(ec2_answers.deleted_peering_tags, stage), DoesNotHold)


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


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"tagSpecificationSet": {"items": [{"resourceType": "vpc", "tags": [{"key": "Name", "value": "x"}]}]}}, Holds),
        (
            {"tagSpecificationSet": {"items": [{"resourceType": "vpc", "tags": {"items": [{"key": "Name"}]}}]}},
            DoesNotHold,
        ),
        ({"TagSpecification": []}, DoesNotHold),
    ],
)
def test_the_tags_of_a_new_vpc(tags: dict[str, Any], expected: type, stage: Stage) -> None:
    vpc = stage.second_scratch
    assert isinstance(
        tried(
            records.tags_of_a_new_vpc,
            stage,
            lambda: heard(stage.in_second, "CreateVpc", tags, responseElements={"vpc": {"vpcId": vpc}}),
        ),
        expected,
    )


@pytest.mark.parametrize(
    ("code", "expected"), [("Client.DependencyViolation", Holds), ("DependencyViolation", DoesNotHold)]
)
def test_the_record_of_a_refused_deletion(code: str, expected: type, stage: Stage) -> None:
    vpc = stage.second_scratch
    assert isinstance(
        tried(
            records.refused_deletion, stage, lambda: heard(stage.in_second, "DeleteVpc", {"vpcId": vpc}, errorCode=code)
        ),
        expected,
    )


def test_without_any_event_nothing_is_known(stage: Stage) -> None:
    verdict = tried(records.all_tags_off, stage)
    assert verdict == CouldNotBeTried(verdict.words, broke_off=True)


def test_an_event_history_that_does_not_know_the_ids(stage: Stage) -> None:
    verdict = tried(records.event_history, stage)
    assert isinstance(verdict, DoesNotHold)
    assert "CreateSecurityGroup" in verdict.words


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (refuses("AccountNotFoundException"), Holds),
        (refuses("AccessDeniedException"), Holds),
        (refuses("ServiceException"), DoesNotHold),
        (lambda _: {"Account": {}}, DoesNotHold),
    ],
)
def test_a_stranger_s_account(answer: Any, expected: type, stage: Stage, cloud: Cloud) -> None:
    cloud.answers["DescribeAccount"] = answer
    assert isinstance(tried(organisation.stranger_account, stage), expected)


def recorded(*records_: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def answer(params: dict[str, Any]) -> dict[str, Any]:
        wanted = json.loads(params["body"])["LookupAttributes"][0]["AttributeValue"]
        return {"Events": [{"CloudTrailEvent": json.dumps(each)} for each in records_ if each["eventName"] == wanted]}

    return answer


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ({"accountId": "1"}, Holds),
        ({"memberAccountId": "1"}, Holds),
        ({"account": "1"}, DoesNotHold),
        (None, DoesNotHold),
    ],
)
def test_how_joined_accounts_are_named(details: Any, expected: type, stage: Stage, cloud: Cloud) -> None:
    cloud.answers["LookupEvents"] = recorded({"eventName": "AccountJoinedOrganization", "serviceEventDetails": details})
    assert isinstance(tried(organisation.who_joined_and_departed, stage), expected)


@pytest.mark.parametrize(("moved", "expected"), [("1", Holds), ("2", DoesNotHold)])
def test_whether_control_tower_moves(moved: str, expected: type, stage: Stage, cloud: Cloud) -> None:
    cloud.answers["LookupEvents"] = recorded(
        {
            "eventName": "CreateManagedAccount",
            "serviceEventDetails": {
                "createManagedAccountStatus": {"state": "SUCCEEDED", "account": {"accountId": "1"}}
            },
        },
        {"eventName": "MoveAccount", "requestParameters": {"accountId": moved}},
    )
    assert isinstance(tried(organisation.control_tower_moves, stage), expected)
