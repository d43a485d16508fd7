"""Deleting a VPC that has peering connections.

AWS behaviour ("Delete a VPC peering connection", VPC Peering Guide): deleting a VPC that is part of an active connection, or has
requested one, deletes the connection as well; a VPC that another account has requested one with cannot be deleted before the
request is rejected. The page speaks of the console; that the API call alone does it too, and that no event but DeleteVpc tells of
it, is assumed here, because it is what leaves most to find out. In moto the connection lives on.
"""

from moto.core.responses import ActionResult
from moto.ec2.responses import EC2Response

from local.aws.corrections import Operation, corrects
from local.aws.errors import AwsError


@corrects(EC2Response, "delete_vpc")
def delete(response: EC2Response, moto: Operation) -> ActionResult:
    backend, vpc_id = response.ec2_backend, response._get_param("VpcId")
    live = [peering for peering in backend.vpc_pcxs.values()
            if vpc_id in (peering.vpc.id, peering.peer_vpc.id) and peering.status["Code"] in ("pending-acceptance", "provisioning", "active")]
    for peering in live:
        if peering.status["Code"] == "pending-acceptance" and peering.peer_vpc.id == vpc_id and peering.vpc.owner_id != response.current_account:
            raise AwsError("DependencyViolation", f"The vpc '{vpc_id}' has dependencies and cannot be deleted.")
    result = moto()
    for peering in live:
        peering._status.deleted(deleter_id=response.current_account)
    return result
