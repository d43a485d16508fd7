"""Subnets that another account has shared by AWS RAM.

AWS behaviour ("Share your VPC subnets with other accounts", "Responsibilities and permissions for owners and
participants", Amazon VPC User Guide): a participant describes the subnet, its VPC, and the VPC's route tables and
network ACLs, each with its owner's id; it has interfaces, instances and security groups of its own there, which the
owner describes, too; it cannot modify the VPC, and peering connections, tables, ACLs and gateways are the owner's. "VPC
tags and tags for the resources within the shared VPC are not shared with the participants"; they put tags of their own
on what they see (Terraform's resource aws_ec2_tag is there for that). Which error answers a participant's change is not
documented: UnauthorizedOperation here, because AWSRAMDefaultPermissionSubnet, the permission that shares a subnet,
allows what was said and nothing else.

moto keeps every account's network apart. What an account sees of others' is lent to its part of moto for the length of
one call; `world.shared_subnets` says which subnet is shared with whom.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import camelcase_to_underscores, get_service_model
from moto.ec2.models import ec2_backends
from moto.ec2.responses import EC2Response

from local.aws.calls.errors import AwsError
from local.aws.corrections import (
    pagination,  # noqa: F401 - cuts pages of what moto answers, so what is lent must be there before
    peering_request,  # noqa: F401 - answers by itself, so a participant must be refused before
)
from local.aws.corrections.correction import Operation, corrects
from local.aws.moto import world

_READS = [
    name
    for name in map(camelcase_to_underscores, get_service_model("ec2").operation_names)
    if name.startswith("describe_") and hasattr(EC2Response, name)
]
_OF_PARTICIPANTS = ("run_instances", "create_network_interface", "create_security_group", "create_tags", "delete_tags")
_OF_OWNERS = (
    "create_vpc_peering_connection",
    "delete_vpc",
    "modify_vpc_attribute",
    "associate_vpc_cidr_block",
    "create_subnet",
    "create_route_table",
    "create_network_acl",
    "attach_internet_gateway",
    "attach_vpn_gateway",
)

Loan = tuple[dict[str, Any], str, Any]
"""Where to put it, under which key, and what."""


@corrects(EC2Response, *_READS, *_OF_PARTICIPANTS)
def lend(response: EC2Response, moto: Operation) -> ActionResult:
    if not world.current.shared_subnets:
        return moto()
    loans = list(_owners_things(response))
    if response._get_action() in ("DescribeNetworkInterfaces", "DescribeSecurityGroups"):
        loans += _participants_things(response)
    with _lent(loans):
        return moto()


@corrects(EC2Response, *_OF_OWNERS)
def keep_for_the_owner(response: EC2Response, moto: Operation) -> ActionResult:
    vpc = response._get_param("VpcId")
    if vpc in {subnet.vpc_id for subnet, _ in _shared(response.region, with_account=response.current_account)}:
        raise AwsError(
            "UnauthorizedOperation",
            f"You are not authorized to perform this operation: {vpc} belongs to another account",
        )
    return moto()


@contextmanager
def _lent(loans: list[Loan]) -> Iterator[None]:
    for store, key, thing in loans:
        store[key] = thing
    try:
        yield
    finally:
        for store, key, _ in loans:
            store.pop(key, None)


def _shared(region: str, with_account: str) -> Iterator[tuple[Any, Any]]:
    """The subnets of others that this account may use, each with the part of moto that has it."""
    for backend in _everybody(region):
        for subnet in [subnet for zone in backend.subnets.values() for subnet in zone.values()]:
            if (subnet.id, with_account) in world.current.shared_subnets and backend.account_id != with_account:
                yield subnet, backend


def _owners_things(response: EC2Response) -> Iterator[Loan]:
    borrower = response.ec2_backend
    vpcs = {}
    for subnet, owner in _shared(response.region, with_account=response.current_account):
        vpcs[subnet.vpc_id] = owner
        yield borrower.subnets[subnet.availability_zone], subnet.id, _seen_by(borrower, subnet)
    for vpc_id, owner in vpcs.items():
        yield borrower.vpcs, vpc_id, _seen_by(borrower, owner.vpcs[vpc_id])
        for store in ("route_tables", "network_acls"):
            for thing in [thing for thing in getattr(owner, store).values() if thing.vpc_id == vpc_id]:
                yield getattr(borrower, store), thing.id, _seen_by(borrower, thing)


def _participants_things(response: EC2Response) -> Iterator[Loan]:
    owner = response.ec2_backend
    for participant in [backend for backend in _everybody(response.region) if backend is not owner]:
        for interface in [interface for interface in participant.enis.values() if interface.vpc_id in owner.vpcs]:
            yield owner.enis, interface.id, _seen_by(owner, interface)
        for vpc_id in [vpc_id for vpc_id in participant.groups if vpc_id in owner.vpcs]:
            for group in participant.groups[vpc_id].values():
                yield owner.groups[vpc_id], group.id, _seen_by(owner, group)


def _seen_by(backend: Any, thing: Any) -> Any:
    """The same thing, with the tags that this account has put on it."""
    theirs = {"ec2_backend": property(lambda self: backend), "owner_id": property(lambda self: thing.owner_id)}
    seen: Any = object.__new__(type("Shared", (type(thing),), theirs))
    seen.__dict__ = thing.__dict__
    return seen


def _everybody(region: str) -> list[Any]:
    return [regions[region] for regions in list(ec2_backends.values()) if region in regions]
