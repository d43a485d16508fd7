"""Deleting a VPC.

AWS behaviour ("DeleteVpc", Amazon EC2 API Reference): before, "you must ... delete all security groups associated with
the VPC (except the default one), delete all route tables associated with the VPC (except the default one), and so on";
it takes the default group, network ACL and route table along. Until then it is DependencyViolation ("How do I resolve
dependency errors when I delete my VPC?", AWS re:Post, names what has to go: subnets and the interfaces in them, groups,
ACLs, tables, gateways, endpoints). What a participant of a shared subnet has in the VPC counts as well ("Share your VPC
subnets with other accounts", Amazon VPC User Guide). moto looks at subnets, route tables and VPN gateways only, and
leaves the default ACL behind.

("Delete a VPC peering connection", VPC Peering Guide): deleting a VPC that is part of an active connection, or has
requested one, deletes the connection as well; a VPC that another account has requested one with cannot be deleted
before the request is rejected. The page speaks of the console; that the API call alone does it too, and that no event
but DeleteVpc tells of it, is assumed here, because it is what leaves most to find out. In moto the connection lives on.
"""

from collections.abc import Iterator

from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.ec2.responses import EC2Response

from local.aws.calls.errors import AwsError
from local.aws.corrections.correction import Operation, corrects


@corrects(EC2Response, "delete_vpc")
def delete(response: EC2Response, moto: Operation) -> ActionResult:
    backend, vpc_id = response.ec2_backend, response._get_param("VpcId")
    live = [
        peering
        for peering in backend.vpc_pcxs.values()
        if vpc_id in (peering.vpc.id, peering.peer_vpc.id)
        and peering.status["Code"] in ("pending-acceptance", "provisioning", "active")
    ]
    if vpc_id in backend.vpcs and (
        any(_in_the_way(response.region, vpc_id))
        or any(
            peering.status["Code"] == "pending-acceptance"
            and peering.peer_vpc.id == vpc_id
            and peering.vpc.owner_id != response.current_account
            for peering in live
        )
    ):
        raise AwsError("DependencyViolation", f"The vpc '{vpc_id}' has dependencies and cannot be deleted.")
    result = moto()
    for peering in live:
        peering._status.deleted(deleter_id=response.current_account)
    for acl in [acl for acl in backend.network_acls.values() if acl.vpc_id == vpc_id]:
        del backend.network_acls[acl.id]
    return result


def _in_the_way(region: str, vpc_id: str) -> Iterator[bool]:
    for backend in [regions[region] for regions in list(ec2_backends.values()) if region in regions]:
        yield any(subnet.vpc_id == vpc_id for zone in backend.subnets.values() for subnet in zone.values())
        yield any(eni.vpc_id == vpc_id for eni in backend.enis.values())
        yield any(group.name != "default" for group in backend.groups.get(vpc_id, {}).values())
        yield any(
            table.vpc_id == vpc_id and table.main_association_id is None for table in backend.route_tables.values()
        )
        yield any(acl.vpc_id == vpc_id and not acl.default for acl in backend.network_acls.values())
        yield any(
            gateway.vpc is not None and gateway.vpc.id == vpc_id for gateway in backend.internet_gateways.values()
        )
        yield any(
            attachment.vpc_id == vpc_id and attachment.state == "attached"
            for gateway in backend.vpn_gateways.values()
            for attachment in gateway.attachments.values()
        )
        yield any(
            endpoint.vpc_id == vpc_id and endpoint.state != "deleted" for endpoint in backend.vpc_end_points.values()
        )
