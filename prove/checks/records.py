"""What CloudTrail's records and events look like, and by which ids they are found."""

import json
from typing import Any

from botocore.exceptions import ClientError

from prove.made.kinds import code
from prove.registry import Later, assumption
from prove.stage import SCRATCH_CIDRS, Stage
from prove.target import HUB, SECOND
from prove.verdict import DoesNotHold, Holds
from prove.waiting import NotInTime, until


@assumption("tags-of-a-new-vpc-in-its-record")
def tags_of_a_new_vpc(stage: Stage) -> Later:
    vpc = stage.second_scratch
    yield
    event = stage.in_second.first("CreateVpc", lambda event: vpc in str(event["detail"].get("responseElements")))
    if event is None:
        return stage.in_second.absence(
            f"no event of the CreateVpc of {vpc} came within {stage.target.patience.event:.0f} s"
        )
    specification = (event["detail"]["requestParameters"] or {}).get("tagSpecificationSet")
    keys = [tag.get("key") for item in _items(specification) for tag in _items(item.get("tags"))]
    seen = f"requestParameters.tagSpecificationSet: {json.dumps(specification)}"
    # The rule asks for items.tags.key, with `tags` a plain list.
    plain = all(isinstance(item.get("tags"), list) for item in _items(specification))
    return Holds(seen) if "Name" in keys and plain else DoesNotHold(seen)


@assumption("all-tags-off-record")
def all_tags_off(stage: Stage) -> Later:
    ec2 = stage.ec2(SECOND)
    group = stage.make.group(SECOND, stage.second_scratch, "all-tags")
    ec2.delete_tags(Resources=[group])
    ec2.delete_security_group(GroupId=group)
    yield
    event = stage.in_second.first("DeleteTags", lambda event: group in str(event["detail"]["requestParameters"]))
    if event is None:
        return stage.in_second.absence(
            f"no event of the DeleteTags of {group} came within {stage.target.patience.event:.0f} s"
        )
    request = event["detail"]["requestParameters"]
    seen = f"requestParameters: {json.dumps(request)}"
    return DoesNotHold(seen) if _items(request.get("tagSet")) else Holds(seen)


@assumption("refused-deletion-record")
def refused_deletion(stage: Stage) -> Later:
    ec2, vpc = stage.ec2(SECOND), stage.second_scratch
    group = stage.make.group(SECOND, vpc, "in-the-way")
    try:
        ec2.delete_vpc(VpcId=vpc)
        return DoesNotHold(f"{vpc} was deleted with the group {group} in it")
    except ClientError as e:
        answer = code(e)
    finally:
        ec2.delete_security_group(GroupId=group)
    yield
    event = stage.in_second.first(
        "DeleteVpc", lambda event: vpc in str(event["detail"]["requestParameters"]) and "errorCode" in event["detail"]
    )
    if event is None:
        return stage.in_second.absence(
            f"DeleteVpc of {vpc} answered {answer}; no event of it came within {stage.target.patience.event:.0f} s"
        )
    detail = event["detail"]
    seen = f"errorCode {detail['errorCode']}, requestParameters {json.dumps(detail['requestParameters'])}"
    holds = detail["errorCode"] == "Client.DependencyViolation" and detail["requestParameters"].get("vpcId") == vpc
    return Holds(seen) if holds else DoesNotHold(seen)


@assumption("event-history-by-id")
def event_history(stage: Stage) -> Later:
    """Made early, asked late: a record is in the history some minutes after its call."""
    ec2, vpc, table = stage.ec2(HUB), stage.hub_scratch, stage.hub_scratch_table
    gateway = {"RouteTableId": table, "DestinationCidrBlock": SCRATCH_CIDRS[SECOND]}
    group = stage.make.group(HUB, vpc, "history")
    ec2.create_tags(Resources=[group, table], Tags=[{"Key": "prove-history", "Value": ""}])
    ec2.delete_tags(Resources=[group, table], Tags=[{"Key": "prove-history"}])
    interface = ec2.create_network_interface(SubnetId=stage.make.subnet(HUB, vpc, SCRATCH_CIDRS[HUB]))[
        "NetworkInterface"
    ]
    ec2.create_route(**gateway, NetworkInterfaceId=interface["NetworkInterfaceId"])
    ec2.delete_route(**gateway)
    ec2.delete_network_interface(NetworkInterfaceId=interface["NetworkInterfaceId"])
    ec2.delete_subnet(SubnetId=interface["SubnetId"])
    ec2.delete_security_group(GroupId=group)
    wanted = [("DeleteRoute", table), ("DeleteTags", group), ("DeleteTags", table), ("CreateSecurityGroup", vpc)]
    yield
    trail = stage.target.client(HUB, "cloudtrail")

    def found(name: str, id: str) -> bool:
        attributes = [{"AttributeKey": "ResourceName", "AttributeValue": id}]
        pages = trail.get_paginator("lookup_events").paginate(LookupAttributes=attributes)
        return any(event["EventName"] == name for page in pages for event in page["Events"])

    def missing() -> list[tuple[str, str]]:
        return [each for each in wanted if not found(*each)]

    try:
        # Two calls a second are answered ("LookupEvents", CloudTrail API reference); botocore waits and asks again.
        until("record", lambda: not missing(), stage.target.patience.history, stage.target.patience.poll)
    except NotInTime:
        lacking = ", ".join(f"{name} by {id}" for name, id in missing())
        return DoesNotHold(f"after {stage.target.patience.history:.0f} s LookupEvents does not find {lacking}")
    return Holds(", ".join(f"{name} by {id}" for name, id in wanted))


def _items(value: Any) -> list[Any]:
    """CloudTrail writes EC2's lists as {"items": [...]}."""
    if isinstance(value, dict):
        value = value.get("items", [])
    return value if isinstance(value, list) else []
