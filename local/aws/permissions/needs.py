"""What a call needs: actions, the resources they act on, and the condition keys that come with them.

AWS behaviour ("Actions, resources, and condition keys for Amazon EC2", "... AWS Systems Manager", "... AWS STS", "...
AWS Organizations", Service Authorization Reference). Only the actions that Peerway's roles use are here; another one is
refused with a word about this file, so that a template cannot be right by accident.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from moto.ec2.models import ec2_backends

from local.aws.calls.interception import Request
from local.aws.moto.organization import organization_of

Context = dict[str, Any]


@dataclass(frozen=True)
class Need:
    action: str
    resource: str
    context: Mapping[str, Any] = field(default_factory=dict)


class Unknown(LookupError):
    """The local AWS does not know what this action needs."""


def needs_of(request: Request) -> list[Need]:
    if request.service == "ec2" and request.operation.startswith("Describe"):
        return [Need(request.action, "*")]
    if request.action not in _NEEDS:
        raise Unknown(
            f"{request.action} is called with a role, but local/aws/permissions/needs.py does not know what it needs"
        )
    return list(_NEEDS[request.action](request))


def _nothing(request: Request) -> Iterator[Need]:
    yield from ()


def _any_resource(request: Request) -> Iterator[Need]:
    yield Need(request.action, "*")


# ---- EC2 ----


def _on_route_table(request: Request) -> Iterator[Need]:
    table = _ec2(request).route_tables.get(request.parameters["RouteTableId"])
    if table:
        yield Need(
            request.action,
            _ec2_arn(request, "route-table", table.id),
            _tags(request, table.id) | {"ec2:Vpc": _ec2_arn(request, "vpc", table.vpc_id)},
        )


def _on_peering(request: Request) -> Iterator[Need]:
    peering = _ec2(request).vpc_pcxs.get(request.parameters["VpcPeeringConnectionId"])
    if peering:
        yield Need(
            request.action,
            _ec2_arn(request, "vpc-peering-connection", peering.id),
            _tags(request, peering.id)
            | {"ec2:AccepterVpc": _vpc_arn(peering.peer_vpc), "ec2:RequesterVpc": _vpc_arn(peering.vpc)},
        )


def _on_peering_and_accepter_vpc(request: Request) -> Iterator[Need]:
    yield from _on_peering(request)
    peering = _ec2(request).vpc_pcxs.get(request.parameters["VpcPeeringConnectionId"])
    if peering:
        yield Need(request.action, _vpc_arn(peering.peer_vpc), _tags(request, peering.peer_vpc.id))


def _create_peering(request: Request) -> Iterator[Need]:
    """The requester VPC with its tags, and the peering connection that is to be, known by the VPCs it joins."""
    own = request.parameters["VpcId"]
    owner = request.parameters.get("PeerOwnerId", request.account)
    region = request.parameters.get("PeerRegion", request.region)
    yield Need(request.action, _ec2_arn(request, "vpc", own), _tags(request, own))
    yield Need(
        request.action,
        _ec2_arn(request, "vpc-peering-connection", "*"),
        _asked_tags(request)
        | {
            "ec2:AccepterVpc": f"arn:aws:ec2:{region}:{owner}:vpc/{request.parameters['PeerVpcId']}",
            "ec2:RequesterVpc": _ec2_arn(request, "vpc", own),
        },
    )
    if request.parameters.get("TagSpecifications"):
        yield from _tagging_at_creation(request, "vpc-peering-connection")


def _on_security_group(request: Request) -> Iterator[Need]:
    group = _ec2(request).get_security_group_by_name_or_id(request.parameters["GroupId"])
    if group:
        yield Need(
            request.action,
            _ec2_arn(request, "security-group", group.id),
            _tags(request, group.id) | {"ec2:Vpc": _ec2_arn(request, "vpc", group.vpc_id)},
        )
    # Rules are a resource of their own only when they are tagged as they are made.
    if request.parameters.get("TagSpecifications"):
        yield Need(request.action, _ec2_arn(request, "security-group-rule", "*"), _asked_tags(request))
        yield from _tagging_at_creation(request, "security-group-rule")


def _create_security_group(request: Request) -> Iterator[Need]:
    vpc = request.parameters["VpcId"]
    yield Need(request.action, _ec2_arn(request, "vpc", vpc), _tags(request, vpc))
    yield Need(request.action, _ec2_arn(request, "security-group", "*"), _asked_tags(request))
    if request.parameters.get("TagSpecifications"):
        yield from _tagging_at_creation(request, "security-group")


def _on_prefix_list(request: Request) -> Iterator[Need]:
    """AWS's own lists belong to the account `aws`."""
    listed = _ec2(request).managed_prefix_lists.get(request.parameters["PrefixListId"])
    if listed:
        account = "aws" if listed.owner_id == "AWS" else request.account
        yield Need(
            request.action, f"arn:aws:ec2:{request.region}:{account}:prefix-list/{listed.id}", _tags(request, listed.id)
        )


def _tagging_at_creation(request: Request, kind: str) -> Iterator[Need]:
    yield Need(
        "ec2:CreateTags", _ec2_arn(request, kind, "*"), _asked_tags(request) | {"ec2:CreateAction": request.operation}
    )


def _on_tagged(request: Request) -> Iterator[Need]:
    tags = request.parameters.get("Tags", [])
    asked = {"aws:TagKeys": [tag["Key"] for tag in tags]} | {
        f"aws:RequestTag/{tag['Key']}": tag.get("Value") for tag in tags
    }
    for resource in request.parameters["Resources"]:
        yield Need(
            request.action,
            _ec2_arn(request, _KINDS[resource.rsplit("-", 1)[0]], resource),
            _tags(request, resource) | asked,
        )


_KINDS = {
    "pcx": "vpc-peering-connection",
    "vpc": "vpc",
    "sg": "security-group",
    "rtb": "route-table",
    "i": "instance",
    "subnet": "subnet",
}


def _ec2(request: Request) -> Any:
    return ec2_backends[request.account][request.region]


def _ec2_arn(request: Request, kind: str, resource: str) -> str:
    return f"arn:aws:ec2:{request.region}:{request.account}:{kind}/{resource}"


def _vpc_arn(vpc: Any) -> str:
    return f"arn:aws:ec2:{vpc.region}:{vpc.owner_id}:vpc/{vpc.id}"


def _tags(request: Request, resource: str) -> Context:
    tags = _ec2(request).tags.get(resource, {})
    return {f"{prefix}:ResourceTag/{key}": value for key, value in tags.items() for prefix in ("aws", "ec2")}


def _asked_tags(request: Request) -> Context:
    tags = [
        tag
        for specification in request.parameters.get("TagSpecifications", [])
        for tag in specification.get("Tags", [])
    ]
    return (
        {"aws:TagKeys": [tag["Key"] for tag in tags]}
        | {f"aws:RequestTag/{tag['Key']}": tag.get("Value") for tag in tags}
        if tags
        else {}
    )


# ---- The others ----


def _send_command(request: Request) -> Iterator[Need]:
    document = request.parameters["DocumentName"]
    yield Need(
        request.action, f"arn:aws:ssm:{request.region}:{request.account}:document/{document.split('document/')[-1]}"
    )
    filters = {target["Key"]: target["Values"] for target in request.parameters.get("Targets", [])}
    reservations = _ec2(request).all_reservations(filters=filters)
    named = request.parameters.get("InstanceIds", [])
    for instance in (instance for reservation in reservations for instance in reservation.instances):
        if filters or instance.id in named:
            tags = _ec2(request).tags.get(instance.id, {})
            yield Need(
                request.action,
                _ec2_arn(request, "instance", instance.id),
                _tags(request, instance.id) | {f"ssm:resourceTag/{key}": value for key, value in tags.items()},
            )


def _assume_role(request: Request) -> Iterator[Need]:
    role = request.parameters["RoleArn"]
    yield Need(
        request.action,
        role,
        {
            "aws:ResourceOrgID": organization_of(role.split(":")[4]),
            "aws:ResourceAccount": role.split(":")[4],
            "sts:ExternalId": request.parameters.get("ExternalId"),
            "sts:RoleSessionName": request.parameters.get("RoleSessionName"),
        },
    )


def _organizations_account(request: Request) -> Iterator[Need]:
    # A stranger's account is in no organisation of ours: no policy that names one lets us ask about it (Organizations
    # user guide, "Resource-based policy examples").
    child = request.parameters.get("AccountId") or request.parameters["ChildId"]
    unit = child.startswith("ou-")
    organization = organization_of(request.account if unit else child)
    yield Need(
        request.action, f"arn:aws:organizations::{request.account}:{'ou' if unit else 'account'}/{organization}/{child}"
    )


_NEEDS: dict[str, Callable[[Request], Iterator[Need]]] = {
    "cloudtrail:LookupEvents": _any_resource,
    "ec2:AcceptVpcPeeringConnection": _on_peering_and_accepter_vpc,
    "ec2:AuthorizeSecurityGroupIngress": _on_security_group,
    "ec2:CreateRoute": _on_route_table,
    "ec2:CreateSecurityGroup": _create_security_group,
    "ec2:CreateTags": _on_tagged,
    "ec2:CreateVpcPeeringConnection": _create_peering,
    "ec2:DeleteRoute": _on_route_table,
    "ec2:DeleteSecurityGroup": _on_security_group,
    "ec2:DeleteTags": _on_tagged,
    "ec2:DeleteVpcPeeringConnection": _on_peering,
    "ec2:GetManagedPrefixListEntries": _on_prefix_list,
    "ec2:RejectVpcPeeringConnection": _on_peering,
    "ec2:RevokeSecurityGroupIngress": _on_security_group,
    "organizations:DescribeAccount": _organizations_account,
    "organizations:ListAccounts": _any_resource,
    "organizations:ListParents": _organizations_account,
    "ssm:GetCommandInvocation": _any_resource,
    "ssm:ListCommandInvocations": _any_resource,
    "ssm:ListCommands": _any_resource,
    "ssm:SendCommand": _send_command,
    "sts:AssumeRole": _assume_role,
    "sts:GetCallerIdentity": _nothing,
}
