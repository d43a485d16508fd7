"""A call adds all of its security group rules or none."""

from typing import Any

from local.aws.tests.conftest import Network, refused


def rule(port: int) -> dict[str, Any]:
    return {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": "10.100.1.10/32"}]}


def test_one_rule_that_exists_keeps_the_others_out(network: Network) -> None:
    group = network.service_ec2.create_security_group(GroupName="g", Description="x", VpcId=network.service_vpc)[
        "GroupId"
    ]
    network.service_ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule(22)])
    with refused("InvalidPermission.Duplicate"):
        network.service_ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule(443), rule(22)])
    (seen,) = network.service_ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]
    assert [permission["FromPort"] for permission in seen["IpPermissions"]] == [22]
