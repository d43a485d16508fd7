"""What is made of a notification: mail and chat message, whatever stands in it. And of a failure: a notification."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from local.aws.accounts import HUB
from local.aws.local_aws import LocalAws
from local.aws.queue import taken
from local.aws.tests.ministack_child.test_tell_failure import cause_of
from local.aws.tests.ministack_child.test_tell_failure import event as failure
from local.rig.mailbox import Mailbox, valid
from local.tests.test_documents import anchors

ROOT = Path(__file__).parents[4]
HOSTILE = 'a "name"\n{"version": "2"}, [click](https://evil.example) <!channel> <https://evil.example|us> \\" \u202e'
Run = Callable[..., None]


@pytest.fixture
def run(aws: LocalAws) -> Iterator[Run]:
    """A workflow with this event, to its end; and the topic or bus that its substitutions name."""
    states = aws.client("stepfunctions")
    made: list[str] = []

    def ended(arn: str) -> Any:
        until = time.monotonic() + 90
        while (execution := states.describe_execution(executionArn=arn))[
            "status"
        ] == "RUNNING" and time.monotonic() < until:
            time.sleep(0.02)
        return execution

    def run_(workflow: str, event: dict[str, Any], chat: str, stopped: bool = False) -> None:
        """`stopped`: while it publishes for the first time, and then redriven."""
        definition = (ROOT / "workflows" / f"{workflow}.asl.json").read_text()
        for name, value in {
            "SnsPublish": "arn:aws:states:::sns:publish",
            "Notifications": topic("told"),
            "ChatTopic": chat,
            "PutEvents": "arn:aws:states:::events:putEvents",
            "DescribePeerings": "arn:aws:states:::aws-sdk:ec2:describeVpcPeeringConnections",
            "HubVpc": "vpc-0aaaaaaaaaaaaaaaa",
            "HubBus": "default",
            "Documentation": "https://docs.example",
        }.items():
            definition = definition.replace("${" + name + "}", value)
        machine = states.create_state_machine(
            name=f"{workflow}-{len(made)}", roleArn=f"arn:aws:iam::{HUB}:role/any", definition=definition
        )["stateMachineArn"]
        made.append(machine)
        if stopped:
            name = machine.rsplit(":", 1)[-1]
            aws.ask_ministack("faults", {"faults": [{"action": "sns:Publish", "machine": name, "kind": "stopped"}]})
        arn = states.start_execution(stateMachineArn=machine, input=json.dumps(event))["executionArn"]
        if stopped:
            assert ended(arn)["status"] == "ABORTED"
            aws.redrive(arn)
        execution = ended(arn)
        assert execution["status"] == "SUCCEEDED", execution.get("cause")

    yield run_
    for machine in made:
        states.delete_state_machine(stateMachineArn=machine)


def topic(name: str) -> str:
    return f"arn:aws:sns:eu-west-1:{HUB}:{name}"


@pytest.fixture
def mail(aws: LocalAws) -> Iterator[Mailbox]:
    yield from _mailbox(aws, "told")


@pytest.fixture
def chat(aws: LocalAws) -> Iterator[Mailbox]:
    yield from _mailbox(aws, "chat")


def _mailbox(aws: LocalAws, name: str) -> Iterator[Mailbox]:
    sns, sqs = aws.client("sns"), aws.client("sqs")
    arn = sns.create_topic(Name=name)["TopicArn"]
    mailbox = Mailbox(sns, sqs, arn, f"box-{name}")
    yield mailbox
    sns.delete_topic(TopicArn=arn)
    sqs.delete_queue(QueueUrl=mailbox.queue_url)


@pytest.fixture
def on_the_bus(aws: LocalAws) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """The events of Peerway that came to the default bus."""
    sqs, events = aws.client("sqs"), aws.client("events")
    url = sqs.create_queue(QueueName="bus")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.put_rule(Name="all", EventPattern=json.dumps({"source": ["peerway"]}))
    events.put_targets(Rule="all", Targets=[{"Id": "queue", "Arn": arn}])
    yield lambda: taken(sqs, url)
    events.remove_targets(Rule="all", Ids=["queue"])
    events.delete_rule(Name="all")
    sqs.delete_queue(QueueUrl=url)


def news(kind: str, **detail: Any) -> dict[str, Any]:
    event: dict[str, Any] = json.loads((ROOT / f"events/rules/News.{kind}.json").read_text())
    event["detail"] |= detail
    return event


OUTCOMES = {
    outcome: kind
    for kind, outcomes in {
        "connected": ["connected"],
        "refused": ["refused", "slip", "no-role"],
        "waiting": ["waiting", "frozen", "obstructed"],
        "disconnected": ["disconnected"],
        "drifted": ["drift", "restored"],
        "failed": ["failed"],
    }.items()
    for outcome in outcomes
}


def linked(text: str) -> str:
    """The text before the link to its place in the documents; that place is there."""
    said, _, link = text.rpartition("\n\nAbout this: https://docs.example/")
    document, _, anchor = link.partition("#")
    assert anchor in anchors((ROOT / "docs" / document).read_text()), text
    return said


def test_every_outcome_of_the_schema_is_tried_here() -> None:
    schema = json.loads((ROOT / "docs/notification.schema.json").read_text())
    assert set(schema["properties"]["detail"]["properties"]["outcome"]["enum"]) == set(OUTCOMES)


@pytest.mark.parametrize("outcome", [outcome for outcome in OUTCOMES if outcome != "failed"])
def test_a_mail_has_subject_and_text_as_they_are_and_a_link_to_the_documents_and_no_chat_message_is_made(
    run: Run, mail: Mailbox, chat: Mailbox, outcome: str
) -> None:
    event = news(OUTCOMES[outcome], outcome=outcome)
    run("tell", event, "")
    (letter,) = mail.letters()
    assert (letter["subject"], linked(letter["message"])) == (event["detail"]["subject"], event["detail"]["message"])
    assert chat.letters() == []


@pytest.mark.parametrize("workflow", ["tell", "tell-failure"])
def test_what_is_told_after_a_redrive_is_what_would_have_been_told(
    run: Run, mail: Mailbox, on_the_bus: Callable[[], list[dict[str, Any]]], workflow: str
) -> None:
    """Who was stopped while he published does not know that he had: so it comes twice, and is the same."""
    event = news("refused") if workflow == "tell" else failure(error="X", input='{"accountId": "210987654321"}')
    run(workflow, event, "", stopped=True)
    one, other = mail.letters()
    assert (one["subject"], one["message"]) == (other["subject"], other["message"])
    assert linked_to_any(one["message"])
    told = [event["detail"]["account"] for event in map(valid, on_the_bus())]
    assert told == ([] if workflow == "tell" else [["210987654321"]])


def linked_to_any(text: str) -> bool:
    return "\n\nAbout this: https://docs.example/operate.md#when-something-" in text


def test_what_others_wrote_stays_text_in_the_mail_and_is_no_link_and_no_mention_in_the_chat(
    run: Run, mail: Mailbox, chat: Mailbox
) -> None:
    run("tell", news("refused", message=HOSTILE, reason=HOSTILE), topic("chat"))
    (letter,) = mail.letters()
    assert linked(letter["message"]) == HOSTILE
    (message,) = (json.loads(each["message"]) for each in chat.letters())
    assert (message["version"], message["source"]) == ("1.0", "custom")
    content = message["content"]
    assert content["textType"] == "client-markdown"
    assert content["description"].startswith('a "name"\n{"version": "2"}, [click] (https://evil.example) (!channel) ')
    assert not {"<", ">"} & set(content["description"])
    assert content["nextSteps"] == [
        "Mend what the rule names, then ask again",
        "https://docs.example/operate.md#when-something-was-refused",
    ]
    assert content["keywords"] == [
        "refused",
        "InsideAllowedPool",
        "pcx-0a1b2c3d4e5f60718",
        "vpc-0bbbbbbbbbbbbbbbb",
        "210987654321",
    ]
    assert message["metadata"]["threadId"] == "pcx-0a1b2c3d4e5f60718"
    assert message["metadata"]["eventType"] == "peerway.refused"


def test_of_a_failure_there_is_a_chat_message_and_no_second_mail(run: Run, mail: Mailbox, chat: Mailbox) -> None:
    run("tell", news("failed"), topic("chat"))
    assert mail.letters() == []
    (content,) = (json.loads(each["message"])["content"] for each in chat.letters())
    assert content["title"] == "Peerway: connect of pcx-0a1b2c3d4e5f60718 failed"
    assert content["nextSteps"][-1] == "https://docs.example/operate.md#when-something-failed"


def test_a_failure_is_told_by_mail_and_then_to_its_account_by_an_event(
    aws: LocalAws, run: Run, mail: Mailbox, on_the_bus: Callable[[], list[dict[str, Any]]]
) -> None:
    service = "210987654321"
    own = aws.client("ec2", service).create_vpc(CidrBlock="10.110.0.0/16")["Vpc"]["VpcId"]
    hub = aws.client("ec2").create_vpc(CidrBlock="10.100.0.0/16")["Vpc"]["VpcId"]
    peering = aws.client("ec2", service).create_vpc_peering_connection(VpcId=own, PeerVpcId=hub, PeerOwnerId=HUB)[
        "VpcPeeringConnection"
    ]["VpcPeeringConnectionId"]
    run(
        "tell-failure",
        failure(
            error="io.peerway.model.error.ForeignRoute",
            cause=cause_of(HOSTILE),
            input=json.dumps({"peeringId": peering}),
        ),
        "",
    )
    (letter,) = mail.letters()
    (event,) = map(valid, on_the_bus())
    assert event["detail-type"] == "peerway.failed"
    # The made-up hub VPC of the definition is neither side's: the first one counts.
    assert event["detail"] == {
        "version": "1",
        "outcome": "failed",
        "account": [service],
        "peeringId": peering,
        "workflow": "connect",
        "error": "ForeignRoute",
        "subject": letter["subject"],
        "message": linked(letter["message"]),
    }


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ('{"accountId": "210987654321"}', {"account": ["210987654321"]}),
        ('{"peeringId": "pcx-0123456789abcdef0"}', {"peeringId": "pcx-0123456789abcdef0"}),
        ('{"mode": "repair"}', {}),
        (None, {}),
    ],
)
def test_a_failure_names_whom_it_is_about_as_far_as_anybody_knows(
    run: Run, mail: Mailbox, on_the_bus: Callable[[], list[dict[str, Any]]], given: str | None, known: dict[str, Any]
) -> None:
    run("tell-failure", failure(error="X", input=given), "")
    (event,) = map(valid, on_the_bus())
    assert {name: event["detail"][name] for name in ("account", "peeringId") if name in event["detail"]} == known
