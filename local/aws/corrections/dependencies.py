"""What is in use is not deleted.

AWS behaviour ("Error codes for the Amazon EC2 API", DependencyViolation: "The specified object has dependent
resources"): DeleteSubnet ("You must terminate all running instances in the subnet before you can delete the subnet",
Amazon EC2 API Reference) is refused while a network interface is in it; DeleteSecurityGroup ("If you attempt to delete
a security group that is associated with an instance or network interface, or is referenced by another security group in
the same VPC, the operation fails with DependencyViolation", same place) while an interface has it or a rule of another
group names it. Deleting a subnet ends its associations with a route table and an ACL. moto deletes both, and an
associated table of such a subnet can be deleted no more.
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.ec2.responses import EC2Response

from local.aws.calls.errors import AwsError
from local.aws.corrections.correction import Operation, corrects


@corrects(EC2Response, "delete_subnet")
def delete_subnet(response: EC2Response, moto: Operation) -> ActionResult:
    subnet = response._get_param("SubnetId")
    if any(eni.subnet_id == subnet for backend in _everybody(response.region) for eni in backend.enis.values()):
        raise AwsError("DependencyViolation", f"The subnet '{subnet}' has dependencies and cannot be deleted.")
    answer = moto()
    for table in response.ec2_backend.route_tables.values():
        for association in [key for key, associated in table._associations.items() if associated == subnet]:
            del table._associations[association]
    for acl in response.ec2_backend.network_acls.values():
        for key in [key for key, association in acl._associations.items() if association.subnet_id == subnet]:
            del acl._associations[key]
    return answer


@corrects(EC2Response, "delete_security_group")
def delete_security_group(response: EC2Response, moto: Operation) -> ActionResult:
    group = response.ec2_backend.get_security_group_by_name_or_id(
        response._get_param("GroupId") or response._get_param("GroupName")
    )
    if group and (
        any(group.id in (each.id for each in eni.group_set) for eni in response.ec2_backend.enis.values())
        or any(
            _names(other, group.id)
            for other in response.ec2_backend.groups[group.vpc_id].values()
            if other is not group
        )
    ):
        raise AwsError("DependencyViolation", f"resource {group.id} has a dependent object")
    return moto()


def _names(group: Any, other: str) -> bool:
    return any(rule.source_group.get("GroupId") == other for rule in (*group.ingress_rules, *group.egress_rules))


def _everybody(region: str) -> list[Any]:
    """A subnet can be shared: interfaces of other accounts count as well."""
    return [regions[region] for regions in list(ec2_backends.values()) if region in regions]
