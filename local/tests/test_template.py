"""What the template's schedules order, how much the workflows do at once, and who hears of it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import ValidationError

from local.aws.calls.routing import matches
from local.aws.permissions import policy
from local.aws.stacks import cloudformation_yaml
from local.rig.mailbox import SCHEMA, valid

ROOT = Path(__file__).parents[2]
TEMPLATE = cloudformation_yaml.load(ROOT / "template.yaml")
WORKFLOWS = sorted((ROOT / "workflows").glob("*.asl.json"))
ORDER = ROOT / "shared/src/main/java/io/peerway/plan/findings/ReconcileOrder.java"
"""Reads the input of reconcile, and refuses what it does not know."""


def orders(mode: str) -> dict[str, Any]:
    """The input of each schedule of reconcile, with ReconcileMode at `mode`."""
    rules = {
        name: resource["Properties"]
        for name, resource in TEMPLATE["Resources"].items()
        if resource["Type"] == "AWS::Events::Rule"
    }
    return {
        name: json.loads(target["Input"]["Fn::Sub"].replace("${ReconcileMode}", mode))
        for name, rule in rules.items()
        if "ScheduleExpression" in rule
        for target in rule["Targets"]
        if target["Arn"] == {"Ref": "ReconcileStateMachine"}
    }


@pytest.mark.parametrize("mode", TEMPLATE["Parameters"]["ReconcileMode"]["AllowedValues"])
def test_each_schedule_orders_what_reconcile_understands(mode: str) -> None:
    known = re.search(r"KNOWN = Set\.of\((.*?)\);", ORDER.read_text())
    assert known, f"{ORDER} no longer has the names that an order may have in KNOWN"
    for name, order in orders(mode).items():
        assert order.keys() <= set(re.findall(r'"(\w+)"', known[1])), f"{name}: reconcile would refuse this input"
        assert order["mode"] == mode in ("plan", "repair"), name


def test_connected_accounts_have_a_schedule_and_all_accounts_have_another() -> None:
    """docs/operate.md, "What starts what"."""
    assert {name: order["accounts"] for name, order in orders("plan").items()} == {
        "ReconcileConnected": "connected",
        "ReconcileAll": "all",
    }


def maps(states: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The Map states among these, and in them, by name."""
    for name, state in states.items():
        if state["Type"] == "Map":
            yield name, state
        for inner in [
            *state.get("Branches", []),
            *(state[key] for key in ("ItemProcessor", "Iterator") if key in state),
        ]:
            yield from maps(inner["States"])


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)
def test_every_map_has_a_limit(workflow: Path) -> None:
    """Without one, or with 0, all items run at once ("Using Map state in Inline mode", Step Functions Developer Guide),
    and EC2 would throttle the hub account for everybody.
    """
    unlimited = [
        name
        for name, state in maps(json.loads(workflow.read_text())["States"])
        if not state.get("MaxConcurrency", 0) > 0
    ]
    assert unlimited == [], "give it a MaxConcurrency"


def resource_of(arn: Any) -> str:
    """`Forwarded` of !GetAtt Forwarded.Arn."""
    value = arn["Fn::GetAtt"]
    return str(value[0] if isinstance(value, list) else value.split(".")[0])


QUEUES = {
    resource_of(resource["Properties"]["EventSourceArn"]): resource["Properties"]
    for resource in TEMPLATE["Resources"].values()
    if resource["Type"] == "AWS::Lambda::EventSourceMapping"
}
"""The queues that functions read, with how."""


def test_each_queue_takes_what_its_rules_send_and_nothing_else() -> None:
    """Whoever may send could have a look begin; a rule that may not loses its events."""
    resources = TEMPLATE["Resources"]
    for queue in QUEUES:
        (statement,) = resources[f"{queue}Policy"]["Properties"]["PolicyDocument"]["Statement"]
        assert statement["Principal"] == {"Service": "events.amazonaws.com"}
        allowed = {resource_of(arn) for arn in statement["Condition"]["ArnEquals"]["aws:SourceArn"]}
        sending = {
            name
            for name, resource in resources.items()
            if resource["Type"] == "AWS::Events::Rule"
            for target in resource["Properties"]["Targets"]
            if "Fn::GetAtt" in target["Arn"] and resource_of(target["Arn"]) == queue
        }
        assert allowed == sending != set(), queue


def test_a_message_comes_again_when_its_function_is_surely_over() -> None:
    """Six times the function's timeout and the batching window ("Creating and configuring an Amazon SQS event source
    mapping", AWS Lambda Developer Guide).
    """
    resources = TEMPLATE["Resources"]
    for queue, mapping in QUEUES.items():
        function = mapping["FunctionName"]["Ref"]
        least = 6 * resources[function]["Properties"]["Timeout"] + mapping["MaximumBatchingWindowInSeconds"]
        assert resources[queue]["Properties"]["VisibilityTimeout"] >= least, queue
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


@pytest.mark.parametrize(
    ("account", "organisation", "protocol", "named", "may"),
    [
        ("111122223333", "o-exampleorg1", "sqs", "111122223333,444455556666", True),
        ("444455556666", "o-exampleorg1", "lambda", "111122223333,444455556666", True),
        ("777788889999", "o-exampleorg1", "sqs", "111122223333,444455556666", False),
        ("111122223333", "o-another0001", "sqs", "111122223333", False),
        ("111122223333", "o-exampleorg1", "email", "111122223333", False),
        ("111122223333", "o-exampleorg1", "https", "111122223333", False),
        ("111122223333", "o-exampleorg1", "sqs", "", False),
    ],
)
def test_only_accounts_that_are_named_subscribe_to_everybodys_notifications(
    account: str, organisation: str, protocol: str, named: str, may: bool
) -> None:
    document = json.loads(
        json.dumps(TEMPLATE["Resources"]["NotificationsPolicy"]["Properties"]["PolicyDocument"])
        .replace(json.dumps({"Fn::Split": [",", {"Ref": "SubscriberAccounts"}]}), json.dumps(named.split(",")))
        .replace(json.dumps({"Ref": "OrganizationId"}), '"o-exampleorg1"')
    )
    context = {
        "aws:PrincipalOrgID": organisation,
        "aws:PrincipalAccount": account,
        "sns:Protocol": protocol,
        "aws:SecureTransport": "true",
    }
    assert policy.allows(document, "sns:Subscribe", [f"arn:aws:iam::{account}:role/team"], account, context) is may
    assert not policy.allows(document, "sns:Publish", [f"arn:aws:iam::{account}:role/team"], account, context)


def test_nobody_is_named_unless_somebody_names_them() -> None:
    assert TEMPLATE["Parameters"]["SubscriberAccounts"]["Default"] == ""


@pytest.mark.parametrize(
    ("parameter", "document"),
    [
        ("year-end", "year-end"),
        ("arn:aws:ssm:eu-west-1:111122223333:document/year-end", "year-end"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("function", ["AdmitFunction", "WithdrawFunction", "ReportFunction", "PendingScanFunction"])
def test_a_function_may_read_the_one_calendar_whether_its_name_or_its_arn_is_given(
    function: str, parameter: str, document: str
) -> None:
    statements = TEMPLATE["Resources"][function]["Properties"]["Policies"][0]["Statement"]
    (statement,) = (each for each in statements if each["Sid"] == "LookForFreezes")
    text, values = statement["Resource"]["Fn::Sub"]
    index, split = values["Calendar"]["Fn::Select"]
    separator, source = split["Fn::Split"]
    name = source["Fn::Sub"].replace("${FreezeCalendar}", parameter).split(separator)[index]
    assert text.replace("${Calendar}", name) == "arn:${AWS::Partition}:ssm:*:*:document/" + document


def test_what_a_schedule_starts_waits_for_the_end_of_a_freeze() -> None:
    """docs/design.md, "Freezes": without the word it would be taken for a start by hand."""
    assert {order["freezes"] for order in orders("repair").values()} == {"HEED"}


@pytest.mark.parametrize(
    ("account", "organisation", "sources", "may"),
    [
        ("111122223333", "o-exampleorg1", None, True),  # what a rule forwards, if EventBridge names no source there
        ("111122223333", "o-exampleorg1", "aws.ec2", True),
        ("111122223333", "o-exampleorg1", "peerway", False),
        ("111122223333", "o-exampleorg1", "peerway.connect", False),
        ("999988887777", "o-another0001", "aws.ec2", False),
        ("123456789012", "o-exampleorg1", "peerway", True),
    ],
)
def test_nobody_but_the_hub_account_speaks_in_peerways_name(
    account: str, organisation: str, sources: str | None, may: bool
) -> None:
    statements = [
        TEMPLATE["Resources"][name]["Properties"]["Statement"] for name in ("HubBusPolicy", "HubBusOwnSource")
    ]
    document = json.loads(
        json.dumps({"Statement": statements})
        .replace(json.dumps({"Ref": "OrganizationId"}), '"o-exampleorg1"')
        .replace(json.dumps({"Ref": "AWS::AccountId"}), '"123456789012"')
    )
    context = {"aws:PrincipalOrgID": organisation, "aws:PrincipalAccount": account, "events:source": sources}
    assert policy.allows(document, "events:PutEvents", [f"arn:aws:iam::{account}:role/any"], account, context) is may


NEWS = sorted((ROOT / "events/rules").glob("News.*.json"))


@pytest.mark.parametrize("sample", NEWS, ids=[path.stem for path in NEWS])
def test_a_notification_is_told_if_it_comes_from_the_hub_account_itself(sample: Path) -> None:
    pattern = json.dumps(TEMPLATE["Resources"]["News"]["Properties"]["EventPattern"]).replace(
        json.dumps({"Ref": "AWS::AccountId"}), '"123456789012"'
    )
    event = json.loads(sample.read_text())
    assert matches(pattern, event)
    for forged in ({"account": "111122223333"}, {"source": "peerway.not"}, {"detail-type": "peerway.another"}):
        assert not matches(pattern, event | forged)


def test_each_kind_of_notification_has_a_sample_of_its_form() -> None:
    kinds = TEMPLATE["Resources"]["News"]["Properties"]["EventPattern"]["detail-type"]
    assert {f"News.{kind.removeprefix('peerway.')}" for kind in kinds} == {path.stem for path in NEWS}
    assert SCHEMA["properties"]["detail-type"]["enum"] == kinds
    for sample in NEWS:
        valid(json.loads(sample.read_text()))


@pytest.mark.parametrize(
    "change",
    [
        {"version": "2"},
        {"outcome": "well"},
        {"account": "210987654321"},
        {"account": []},
        {"subject": "two\nlines"},
        {"peeringId": "pcx-1"},
        {"secret": "x"},
        {"vpc": None},
    ],
)
def test_a_notification_of_another_form_is_found(change: dict[str, Any]) -> None:
    event = json.loads((ROOT / "events/rules/News.connected.json").read_text())
    event["detail"] |= change
    with pytest.raises(ValidationError):
        valid(event)


def test_the_workflows_tell_by_events_of_these_kinds_and_nothing_else() -> None:
    kinds = TEMPLATE["Resources"]["News"]["Properties"]["EventPattern"]["detail-type"]
    told = set()
    for workflow in WORKFLOWS:
        text = workflow.read_text()
        told |= set(re.findall(r'"DetailType": "([^"]*)"', text))
        assert (
            text.count('"EventBusName": "${HubBus}"') == text.count('"Source": "peerway"') == text.count("DetailType")
        )
    assert told == set(kinds)
