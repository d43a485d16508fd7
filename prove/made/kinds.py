"""The kinds of things that a run makes: how one is found by the run's name, and how it is removed.

Every `remove` may run twice: what is gone already is removed. What AWS refuses for a while raises, and removal tries
again.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from prove.made import vpcs

TAG = "peerway-prove"
"""With the run's name as value, on what EC2 keeps."""

LOCK_FOLDER = "/peerway-prove/"
"""Of parameters in Systems Manager: one is made first and removed last, and makes a name taken."""


@dataclass(frozen=True)
class Kind:
    service: str
    find: Callable[[Any, str], list[str]]
    """(client, run): ids of what carries its name."""
    remove: Callable[[Any, str], None]


def code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


_GONE = (  # codes, or how they end: `InvalidVpcID.NotFound`, `AWS.SimpleQueueService.NonExistentQueue`
    "NotFound",
    "NotFoundException",
    "NoSuchEntity",
    "NoSuchBucket",
    "ResourceNotFoundException",
    "QueueDoesNotExist",
    "NonExistentQueue",
    "StateMachineDoesNotExist",
    "ParameterNotFound",
    "StackSetNotFoundException",
    "ResourcePolicyNotFoundException",
    "InvalidDocument",
)


def is_gone(error: ClientError) -> bool:
    """The error says that there is no such thing (any more)."""
    return code(error).endswith(_GONE)


def ours(name: str, run: str) -> bool:
    """Names of runs have no dash, so that no run takes another's things for its own."""
    return name == run or name.startswith(run + "-")


def _pages(client: Any, operation: str, key: str, **parameters: Any) -> list[Any]:
    return [item for page in client.get_paginator(operation).paginate(**parameters) for item in page.get(key, [])]


def _find_roles(iam: Any, run: str) -> list[str]:
    return [role["RoleName"] for role in _pages(iam, "list_roles", "Roles") if ours(role["RoleName"], run)]


def _remove_role(iam: Any, name: str) -> None:
    for policy in _pages(iam, "list_attached_role_policies", "AttachedPolicies", RoleName=name):
        iam.detach_role_policy(RoleName=name, PolicyArn=policy["PolicyArn"])
    for policy in _pages(iam, "list_role_policies", "PolicyNames", RoleName=name):
        iam.delete_role_policy(RoleName=name, PolicyName=policy)
    iam.delete_role(RoleName=name)


def _find_profiles(iam: Any, run: str) -> list[str]:
    profiles = _pages(iam, "list_instance_profiles", "InstanceProfiles")
    return [profile["InstanceProfileName"] for profile in profiles if ours(profile["InstanceProfileName"], run)]


def _remove_profile(iam: Any, name: str) -> None:
    for role in iam.get_instance_profile(InstanceProfileName=name)["InstanceProfile"]["Roles"]:
        iam.remove_role_from_instance_profile(InstanceProfileName=name, RoleName=role["RoleName"])
    iam.delete_instance_profile(InstanceProfileName=name)


def _find_queues(sqs: Any, run: str) -> list[str]:
    urls = sqs.list_queues(QueueNamePrefix=run).get("QueueUrls", [])
    return [url for url in urls if ours(url.split("/")[-1], run)]


def _find_rules(events: Any, run: str) -> list[str]:
    buses = [
        "default",
        *(bus["Name"] for bus in events.list_event_buses(NamePrefix=run)["EventBuses"] if ours(bus["Name"], run)),
    ]
    return [
        f"{bus}/{rule['Name']}"
        for bus in buses
        for rule in events.list_rules(EventBusName=bus, NamePrefix=run)["Rules"]
        if ours(rule["Name"], run)
    ]


def _remove_rule(events: Any, id: str) -> None:
    bus, name = id.split("/")
    targets = events.list_targets_by_rule(Rule=name, EventBusName=bus)["Targets"]
    if targets:
        events.remove_targets(Rule=name, EventBusName=bus, Ids=[target["Id"] for target in targets])
    events.delete_rule(Name=name, EventBusName=bus)


def _find_machines(states: Any, run: str) -> list[str]:
    machines = _pages(states, "list_state_machines", "stateMachines")
    return [machine["stateMachineArn"] for machine in machines if ours(machine["name"], run)]


_ENDED_STACKS = ("DELETE_COMPLETE",)


def _find_stacks(cloudformation: Any, run: str) -> list[str]:
    stacks = _pages(cloudformation, "list_stacks", "StackSummaries")
    return [
        stack["StackName"]
        for stack in stacks
        if ours(stack["StackName"], run) and stack["StackStatus"] not in _ENDED_STACKS
    ]


def _remove_stack(cloudformation: Any, name: str) -> None:
    """By its id: DescribeStacks knows a deleted stack no other way."""
    try:
        stack = cloudformation.describe_stacks(StackName=name)["Stacks"][0]
    except ClientError as e:
        if code(e) == "ValidationError" and "does not exist" in str(e):
            return
        raise
    cloudformation.delete_stack(StackName=name)
    cloudformation.get_waiter("stack_delete_complete").wait(
        StackName=stack["StackId"], WaiterConfig={"Delay": 10, "MaxAttempts": 180}
    )


def _find_stack_sets(cloudformation: Any, run: str) -> list[str]:
    sets = _pages(cloudformation, "list_stack_sets", "Summaries", Status="ACTIVE")
    return [each["StackSetName"] for each in sets if ours(each["StackSetName"], run)]


def _remove_stack_set(cloudformation: Any, name: str) -> None:
    """A service-managed one: its instances first, by their unit. While an operation runs, AWS refuses the next,
    and it is tried again.
    """
    units = {
        each["OrganizationalUnitId"]
        for each in _pages(cloudformation, "list_stack_instances", "Summaries", StackSetName=name)
        if each.get("OrganizationalUnitId")
    }
    regions = {
        each["Region"] for each in _pages(cloudformation, "list_stack_instances", "Summaries", StackSetName=name)
    }
    if units:
        cloudformation.delete_stack_instances(
            StackSetName=name,
            DeploymentTargets={"OrganizationalUnitIds": sorted(units)},
            Regions=sorted(regions),
            RetainStacks=False,
        )
    cloudformation.delete_stack_set(StackSetName=name)


def _find_buckets(s3: Any, run: str) -> list[str]:
    return [bucket["Name"] for bucket in s3.list_buckets()["Buckets"] if ours(bucket["Name"], run)]


def _remove_bucket(s3: Any, name: str) -> None:
    for item in _pages(s3, "list_objects_v2", "Contents", Bucket=name):
        s3.delete_object(Bucket=name, Key=item["Key"])
    s3.delete_bucket(Bucket=name)


def _find_logs(logs: Any, run: str) -> list[str]:
    names = (f"/peerway/{run}/functions", f"/aws/vendedlogs/states/{run}")
    return [
        name
        for name in names
        for group in _pages(logs, "describe_log_groups", "logGroups", logGroupNamePrefix=name)
        if group["logGroupName"] == name
    ]


def _find_locks(ssm: Any, run: str) -> list[str]:
    try:
        return [str(ssm.get_parameter(Name=LOCK_FOLDER + run)["Parameter"]["Name"])]
    except ClientError as e:
        if is_gone(e):
            return []
        raise


def _find_calendars(ssm: Any, run: str) -> list[str]:
    filters = [{"Key": "Owner", "Values": ["Self"]}, {"Key": "DocumentType", "Values": ["ChangeCalendar"]}]
    documents = _pages(ssm, "list_documents", "DocumentIdentifiers", Filters=filters)
    return [document["Name"] for document in documents if ours(document["Name"], run)]


def _find_organisation_policy(organizations: Any, run: str) -> list[str]:
    """The organisation has one such policy. Ours has the run's name as the id of its only statement."""
    try:
        content = json.loads(organizations.describe_resource_policy()["ResourcePolicy"]["Content"])
    except ClientError as e:
        if is_gone(e):
            return []
        raise
    return [run] if [statement.get("Sid") for statement in content["Statement"]] == [statement_id(run)] else []


def statement_id(run: str) -> str:
    """Letters and digits only (IAM user guide, "AWS JSON policy elements: Sid")."""
    return "".join(part.capitalize() for part in run.split("-"))


KINDS = {
    # In this order things are looked for at the end: what holds others up comes first.
    "stack-set": Kind("cloudformation", _find_stack_sets, _remove_stack_set),
    "stack": Kind("cloudformation", _find_stacks, _remove_stack),
    "rule": Kind("events", _find_rules, _remove_rule),
    "machine": Kind(
        "stepfunctions", _find_machines, lambda states, id: states.delete_state_machine(stateMachineArn=id)
    ),
    "queue": Kind("sqs", _find_queues, lambda sqs, id: sqs.delete_queue(QueueUrl=id)),
    "peering": Kind("ec2", vpcs.find_peerings, vpcs.remove_peering),
    "vpc": Kind("ec2", vpcs.find, vpcs.remove),
    "instance-profile": Kind("iam", _find_profiles, _remove_profile),
    "role": Kind("iam", _find_roles, _remove_role),
    "bucket": Kind("s3", _find_buckets, _remove_bucket),
    "log-group": Kind("logs", _find_logs, lambda logs, id: logs.delete_log_group(logGroupName=id)),
    "organisation-policy": Kind(
        "organizations", _find_organisation_policy, lambda organizations, id: organizations.delete_resource_policy()
    ),
    "calendar": Kind("ssm", _find_calendars, lambda ssm, id: ssm.delete_document(Name=id)),
    "lock": Kind("ssm", _find_locks, lambda ssm, id: ssm.delete_parameter(Name=id)),
}
