"""Network ACLs."""

from typing import Any

import pytest

from local.aws.local_aws import LocalAws
from local.aws.tests.conftest import Network, refused

SSH = {
    "RuleNumber": 100,
    "Protocol": "6",
    "RuleAction": "allow",
    "Egress": False,
    "CidrBlock": "10.100.1.10/32",
    "PortRange": {"From": 22, "To": 22},
}


def acls(network: Network) -> dict[bool, dict[str, Any]]:
    """By whether it is the default."""
    found = network.service_ec2.describe_network_acls(Filters=[{"Name": "vpc-id", "Values": [network.service_vpc]}])[
        "NetworkAcls"
    ]
    return {acl["IsDefault"]: acl for acl in found}


def entries(acl: dict[str, Any]) -> list[tuple[int, bool, str, str, str]]:
    return sorted(
        (e["RuleNumber"], e["Egress"], e["RuleAction"], e["Protocol"], e["CidrBlock"]) for e in acl["Entries"]
    )


def own(network: Network) -> str:
    return str(network.service_ec2.create_network_acl(VpcId=network.service_vpc)["NetworkAcl"]["NetworkAclId"])


def test_a_vpcs_default_acl_allows_everything_in_and_out(network: Network) -> None:
    assert entries(acls(network)[True]) == [
        (100, False, "allow", "-1", "0.0.0.0/0"),
        (100, True, "allow", "-1", "0.0.0.0/0"),
        (32767, False, "deny", "-1", "0.0.0.0/0"),
        (32767, True, "deny", "-1", "0.0.0.0/0"),
    ]


def test_a_new_one_denies_everything(network: Network) -> None:
    own(network)
    assert entries(acls(network)[False]) == [
        (32767, False, "deny", "-1", "0.0.0.0/0"),
        (32767, True, "deny", "-1", "0.0.0.0/0"),
    ]


def test_entries_keep_their_ports_and_types(network: Network) -> None:
    acl = own(network)
    network.service_ec2.create_network_acl_entry(NetworkAclId=acl, **SSH)
    network.service_ec2.create_network_acl_entry(
        NetworkAclId=acl,
        RuleNumber=110,
        Protocol="1",
        RuleAction="deny",
        Egress=True,
        CidrBlock="0.0.0.0/0",
        IcmpTypeCode={"Type": 8, "Code": -1},
    )
    seen = {entry["RuleNumber"]: entry for entry in acls(network)[False]["Entries"]}
    assert seen[100] == SSH
    assert seen[110]["IcmpTypeCode"] == {"Type": 8, "Code": -1}


def test_an_entry_is_replaced_and_deleted_by_its_number_and_direction(network: Network) -> None:
    acl, ec2 = own(network), network.service_ec2
    ec2.create_network_acl_entry(NetworkAclId=acl, **SSH)
    with refused("NetworkAclEntryAlreadyExists"):
        ec2.create_network_acl_entry(NetworkAclId=acl, **SSH)
    ec2.replace_network_acl_entry(NetworkAclId=acl, **SSH | {"RuleAction": "deny"})
    assert (100, False, "deny", "6", "10.100.1.10/32") in entries(acls(network)[False])
    with refused("InvalidNetworkAclEntry.NotFound"):
        ec2.delete_network_acl_entry(NetworkAclId=acl, RuleNumber=100, Egress=True)
    ec2.delete_network_acl_entry(NetworkAclId=acl, RuleNumber=100, Egress=False)
    assert len(entries(acls(network)[False])) == 2


@pytest.mark.parametrize("number", [0, 32767])
def test_the_last_entry_is_nobodys(network: Network, number: int) -> None:
    with refused("InvalidParameterValue"):
        network.service_ec2.replace_network_acl_entry(NetworkAclId=own(network), **SSH | {"RuleNumber": number})


def test_a_subnet_has_one_acl_which_can_be_another(network: Network) -> None:
    ec2 = network.service_ec2
    subnet = ec2.create_subnet(VpcId=network.service_vpc, CidrBlock="10.110.1.0/24")["Subnet"]["SubnetId"]
    (association,) = acls(network)[True]["Associations"]
    assert association["SubnetId"] == subnet
    acl = own(network)
    ec2.replace_network_acl_association(AssociationId=association["NetworkAclAssociationId"], NetworkAclId=acl)
    assert acls(network)[True]["Associations"] == []
    assert [each["SubnetId"] for each in acls(network)[False]["Associations"]] == [subnet]
    with refused("InvalidAssociationID.NotFound"):
        ec2.replace_network_acl_association(AssociationId=association["NetworkAclAssociationId"], NetworkAclId=acl)


def test_unknown_acls_are_told(network: Network) -> None:
    with refused("InvalidNetworkAclID.NotFound"):
        network.service_ec2.describe_network_acls(NetworkAclIds=["acl-0123456789abcdef0"])
    with refused("InvalidNetworkAclID.NotFound"):
        network.service_ec2.create_network_acl_entry(NetworkAclId="acl-0123456789abcdef0", **SSH)


def test_the_default_one_is_not_deleted(network: Network) -> None:
    with refused("InvalidParameterValue"):
        network.service_ec2.delete_network_acl(NetworkAclId=acls(network)[True]["NetworkAclId"])


def test_the_packet_lab_is_told(aws: LocalAws, network: Network) -> None:
    subnet = network.service_ec2.create_subnet(VpcId=network.service_vpc, CidrBlock="10.110.1.0/24")["Subnet"][
        "SubnetId"
    ]
    (association,) = acls(network)[True]["Associations"]
    acl = own(network)
    network.service_ec2.create_network_acl_entry(NetworkAclId=acl, **SSH)
    network.service_ec2.replace_network_acl_association(
        AssociationId=association["NetworkAclAssociationId"], NetworkAclId=acl
    )
    (seen,) = (each for each in aws.snapshot()["networkAcls"] if each["id"] == acl)
    assert (seen["vpc"], seen["subnets"]) == (network.service_vpc, [subnet])
    assert {
        "number": 100,
        "egress": False,
        "allow": True,
        "protocol": "6",
        "cidr": "10.100.1.10/32",
        "from": 22,
        "to": 22,
        "type": None,
        "code": None,
    } in seen["entries"]
