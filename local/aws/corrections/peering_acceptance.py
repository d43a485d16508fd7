"""Accepting, rejecting and deleting a VPC peering connection.

AWS behaviour ("VPC peering connection lifecycle", VPC Peering Guide; "AcceptVpcPeeringConnection", Amazon EC2 API
Reference): an Accept answers `provisioning`, the connection becomes `active` a moment later; what is not pending cannot
be accepted or rejected: InvalidStateTransition; only the accepter's owner may accept or reject; either owner may
delete, in the states pending-acceptance (requester only), active and failed (ekristen/aws-nuke issue 723 shows the
refusal for a rejected one). Unknown ids are InvalidVpcPeeringConnectionID.NotFound; where the same VPCs have another
connection already, made in the other direction, it is VpcPeeringConnectionAlreadyExists; beyond the quota
ActiveVpcPeeringConnectionPerVpcLimitExceeded ("Error codes for the Amazon EC2 API"). moto makes it active at once,
deletes in every state and has no quota.
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.responses import EC2Response

from local.aws.calls.errors import AwsError
from local.aws.corrections.correction import Operation, corrects
from local.aws.corrections.peering_view import known, seen_by
from local.aws.moto import world

_PROVISIONING = {"Code": "provisioning", "Message": "Provisioning"}


@corrects(EC2Response, "accept_vpc_peering_connection")
def accept(response: EC2Response, moto: Operation) -> ActionResult:
    peering: Any = known(response.ec2_backend, response._get_param("VpcPeeringConnectionId"))
    _refuse_a_second(peering)
    _refuse_one_too_many(peering)
    moto()
    if world.current.describes_until_active:
        peering._status.code, peering._status.message = "provisioning", "Provisioning"
        peering.describes_left = world.current.describes_until_active
    return ActionResult({"VpcPeeringConnection": seen_by(response.ec2_backend, peering, status=_PROVISIONING)})


def _refuse_a_second(peering: Any) -> None:
    for other in peering.vpc.ec2_backend.vpc_pcxs.values():
        if (
            other is not peering
            and {other.vpc.id, other.peer_vpc.id} == {peering.vpc.id, peering.peer_vpc.id}
            and other.status["Code"] in ("provisioning", "active")
        ):
            raise AwsError(
                "VpcPeeringConnectionAlreadyExists",
                f"A VPC peering connection between {peering.vpc.id} and {peering.peer_vpc.id} already exists: "
                f"{other.id}",
            )


def _refuse_one_too_many(peering: Any) -> None:
    limit = world.current.peerings_per_vpc
    for vpc in (peering.vpc, peering.peer_vpc):
        others = vpc.ec2_backend.vpc_pcxs.values()
        if (
            sum(other.status["Code"] == "active" and vpc.id in (other.vpc.id, other.peer_vpc.id) for other in others)
            >= limit
        ):
            raise AwsError(
                "ActiveVpcPeeringConnectionPerVpcLimitExceeded",
                f"You've reached the limit of {limit} active VPC peering connections for VPC {vpc.id}",
            )


@corrects(EC2Response, "describe_vpc_peering_connections")
def provision(response: EC2Response, moto: Operation) -> ActionResult:
    for peering in response.ec2_backend.vpc_pcxs.values():
        if peering.status["Code"] == "provisioning":
            if peering.describes_left == 0:
                peering._status.accept()
                world.current.network_changed()
            peering.describes_left -= 1
    return moto()


@corrects(EC2Response, "reject_vpc_peering_connection")
def reject(response: EC2Response, moto: Operation) -> ActionResult:
    known(response.ec2_backend, response._get_param("VpcPeeringConnectionId"))
    return moto()


@corrects(EC2Response, "delete_vpc_peering_connection")
def delete(response: EC2Response, moto: Operation) -> ActionResult:
    peering: Any = known(response.ec2_backend, response._get_param("VpcPeeringConnectionId"))
    _refuse_to_delete(peering, response.current_account)
    return moto()


def _refuse_to_delete(peering: Any, account: str) -> None:
    state = peering.status["Code"]
    if state == "pending-acceptance" and account != peering.vpc.owner_id:
        raise AwsError("OperationNotPermitted", f"User ({account}) cannot delete peering {peering.id}")
    if state not in ("pending-acceptance", "provisioning", "active", "failed"):
        raise AwsError(
            "InvalidStateTransition",
            f"Invalid state transition for {peering.id}, attempted to transition from {state} to deleting",
        )
