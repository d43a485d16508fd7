"""EC2 tells when the state of an instance changes ("State change events for Amazon EC2 instances",
Amazon EC2 User Guide).
"""

import json
from typing import Any

import pytest

from local.aws.accounts import HUB
from local.aws.local_aws import LocalAws
from local.aws.queue import taken
from local.aws.tests.conftest import IMAGE, Network


@pytest.fixture
def queue(aws: LocalAws, hub: dict[str, str]) -> Any:
    """What a rule on the hub account's default bus sees of it, in order."""
    sqs, events = aws.client("sqs"), aws.client("events")
    url = sqs.create_queue(QueueName="state-changes")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.put_rule(
        Name="states",
        EventPattern=json.dumps({"source": ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"]}),
    )
    events.put_targets(Rule="states", Targets=[{"Id": "queue", "Arn": arn}])

    def seen() -> list[dict[str, Any]]:
        aws.settle()
        return taken(sqs, url)

    yield seen
    events.remove_targets(Rule="states", Ids=["queue"])
    events.delete_rule(Name="states")
    sqs.delete_queue(QueueUrl=url)


def test_every_change_of_state_is_an_event_on_the_default_bus(aws: LocalAws, network: Network, queue: Any) -> None:
    ec2 = network.hub_ec2
    instance = ec2.run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
    (event, _) = launched = queue()
    assert event["source"] == "aws.ec2" and event["account"] == HUB and event["region"] == "eu-west-1"
    assert event["resources"] == [f"arn:aws:ec2:eu-west-1:{HUB}:instance/{instance}"]
    assert [entry["detail"] for entry in launched] == [
        {"instance-id": instance, "state": "pending"},
        {"instance-id": instance, "state": "running"},
    ]

    def states() -> list[str]:
        return [entry["detail"]["state"] for entry in queue()]

    ec2.stop_instances(InstanceIds=[instance])
    assert states() == ["stopping", "stopped"]
    ec2.start_instances(InstanceIds=[instance])
    assert states() == ["pending", "running"]
    ec2.terminate_instances(InstanceIds=[instance])
    assert states() == ["shutting-down", "terminated"]


def test_what_changes_no_state_is_no_event(aws: LocalAws, network: Network, queue: Any) -> None:
    ec2 = network.hub_ec2
    instance = ec2.run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
    queue()
    ec2.start_instances(InstanceIds=[instance])  # it runs already
    ec2.reboot_instances(InstanceIds=[instance])
    assert queue() == []


def test_a_boot_is_counted_for_the_packet_lab(aws: LocalAws, network: Network) -> None:
    ec2 = network.hub_ec2
    instance = ec2.run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]

    def boots() -> int:
        (found,) = (entry for entry in aws.snapshot()["instances"] if entry["id"] == instance)
        return int(found["boot"])

    assert boots() == 0
    ec2.reboot_instances(InstanceIds=[instance])
    assert boots() == 1
    ec2.stop_instances(InstanceIds=[instance])
    ec2.start_instances(InstanceIds=[instance])
    assert boots() == 2
