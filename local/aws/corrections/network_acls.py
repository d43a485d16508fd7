"""Network ACLs.

AWS behaviour ("CreateNetworkAcl", "CreateNetworkAclEntry", "ReplaceNetworkAclAssociation", "DescribeNetworkAcls",
Amazon EC2 API Reference; "Custom network ACLs for your VPC", Amazon VPC User Guide): a new ACL denies everything by the
entries 32767, shown as `*` by the console, which nobody can change; rule numbers are 1 to 32766; protocols are numbers,
-1 for all. Unknown ids are InvalidNetworkAclID.NotFound, InvalidNetworkAclEntry.NotFound and
InvalidAssociationID.NotFound; the default ACL cannot be deleted ("Error codes for the Amazon EC2 API"). In moto a new
ACL has no entries, unknown ids end in an error of its own or in another code, and port ranges and ICMP types are lost
on the way in.
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.responses import EC2Response

from local.aws.calls.errors import AwsError
from local.aws.corrections.correction import Operation, corrects

LAST = 32767
_NUMBERS = {"tcp": "6", "udp": "17", "icmp": "1", "all": "-1"}


@corrects(EC2Response, "create_network_acl")
def create(response: EC2Response, moto: Operation) -> ActionResult:
    answer = moto()
    acl = answer.result["NetworkAcl"]
    for egress in (True, False):
        acl.ec2_backend.create_network_acl_entry(
            network_acl_id=acl.id,
            rule_number=LAST,
            protocol="-1",
            rule_action="deny",
            egress=egress,
            cidr_block="0.0.0.0/0",
            icmp_code=None,
            icmp_type=None,
            port_range_from=None,
            port_range_to=None,
            ipv6_cidr_block=None,
        )
    return answer


@corrects(EC2Response, "create_network_acl_entry", "replace_network_acl_entry", "delete_network_acl_entry")
def entry(response: EC2Response, moto: Operation) -> ActionResult:
    acl, number = _known(response, response._get_param("NetworkAclId")), int(response._get_param("RuleNumber"))
    egress, action = response._get_bool_param("Egress"), response._get_action()
    if not 1 <= number < LAST:
        raise AwsError(
            "InvalidParameterValue",
            f"Value ({number}) for parameter ruleNumber is invalid. Must be between 1 and 32766.",
        )
    there = next(
        (each for each in acl.network_acl_entries if (each.egress, each.rule_number) == (egress, number)), None
    )
    if action != "CreateNetworkAclEntry":
        if there is None:
            raise AwsError(
                "InvalidNetworkAclEntry.NotFound",
                f"The network acl entry identified by {number} does not exist in {acl.id}",
            )
        acl.network_acl_entries.remove(there)
    elif there is not None:
        raise AwsError("NetworkAclEntryAlreadyExists", f"The network acl entry identified by {number} already exists.")
    if action != "DeleteNetworkAclEntry":
        _add(response, acl, number, egress)
    return ActionResult({"Return": True})


def _add(response: EC2Response, acl: Any, number: int, egress: bool) -> None:
    given: dict[str, Any] = response._get_params()
    ports, icmp = given.get("PortRange", {}), given.get("IcmpTypeCode", {})
    protocol = str(given["Protocol"]).lower()
    acl.ec2_backend.create_network_acl_entry(
        network_acl_id=acl.id,
        rule_number=number,
        protocol=_NUMBERS.get(protocol, protocol),
        rule_action=given["RuleAction"],
        egress=egress,
        cidr_block=given.get("CidrBlock"),
        ipv6_cidr_block=given.get("Ipv6CidrBlock"),
        icmp_code=icmp.get("Code"),
        icmp_type=icmp.get("Type"),
        port_range_from=ports.get("From"),
        port_range_to=ports.get("To"),
    )


@corrects(EC2Response, "describe_network_acls")
def describe(response: EC2Response, moto: Operation) -> ActionResult:
    for acl in response._get_param("NetworkAclIds", []):
        _known(response, acl)
    return moto()


@corrects(EC2Response, "delete_network_acl")
def delete(response: EC2Response, moto: Operation) -> ActionResult:
    acl = _known(response, response._get_param("NetworkAclId"))
    if acl.default:
        raise AwsError("InvalidParameterValue", f"cannot delete default network ACL {acl.id}")
    return moto()


@corrects(EC2Response, "replace_network_acl_association")
def replace_association(response: EC2Response, moto: Operation) -> ActionResult:
    _known(response, response._get_param("NetworkAclId"))
    association = response._get_param("AssociationId")
    if not any(association in acl._associations for acl in response.ec2_backend.network_acls.values()):
        raise AwsError("InvalidAssociationID.NotFound", f"The association ID '{association}' does not exist")
    return moto()


def _known(response: EC2Response, acl_id: str) -> Any:
    if acl_id not in response.ec2_backend.network_acls:
        raise AwsError("InvalidNetworkAclID.NotFound", f"The networkAcl ID '{acl_id}' does not exist")
    return response.ec2_backend.network_acls[acl_id]
