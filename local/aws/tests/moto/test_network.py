"""The snapshot that the packet lab builds its network from."""

from typing import Any

from local.aws.local_aws import LocalAws
from local.aws.tests.conftest import IMAGE, Network


def test_a_mutating_call_is_followed_by_a_snapshot(
    aws: LocalAws, network: Network, snapshots: list[dict[str, Any]]
) -> None:
    peering = network.connect()
    aws.settle()
    (seen,) = (entry for entry in snapshots[-1]["peerings"] if entry["id"] == peering)
    assert seen["status"] == "active"
    assert seen["requester"] == {"account": network.service, "region": "eu-west-1", "vpc": network.service_vpc}


def test_a_read_or_refused_call_is_not(aws: LocalAws, network: Network, snapshots: list[dict[str, Any]]) -> None:
    aws.settle()
    before = len(snapshots)
    network.hub_ec2.describe_vpcs()
    aws.settle()
    assert len(snapshots) == before


def test_nor_is_a_tag_of_anything_but_an_instance(
    aws: LocalAws, network: Network, snapshots: list[dict[str, Any]]
) -> None:
    tags = [{"Key": "peerway:connect", "Value": "true"}]
    instance = network.hub_ec2.run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
    aws.settle()
    before = len(snapshots)
    network.hub_ec2.create_tags(Resources=[network.hub_vpc], Tags=tags)
    aws.settle()
    assert len(snapshots) == before
    network.hub_ec2.create_tags(Resources=[network.hub_vpc, instance], Tags=tags)
    aws.settle()
    assert len(snapshots) > before
    network.hub_ec2.terminate_instances(InstanceIds=[instance])


def test_everything_the_lab_needs_is_there(aws: LocalAws, network: Network) -> None:
    ec2 = network.hub_ec2
    subnet = ec2.create_subnet(VpcId=network.hub_vpc, CidrBlock="10.100.1.0/24")["Subnet"]["SubnetId"]
    table = ec2.create_route_table(VpcId=network.hub_vpc)["RouteTable"]["RouteTableId"]
    ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    ec2.associate_vpc_cidr_block(VpcId=network.hub_vpc, CidrBlock="10.101.0.0/16")
    group = ec2.create_security_group(GroupName="vpn", Description="x", VpcId=network.hub_vpc)["GroupId"]
    ec2.authorize_security_group_ingress(
        GroupId=group,
        IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]},
            {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 81, "UserIdGroupPairs": [{"GroupId": group}]},
        ],
    )
    peering = network.connect()
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="10.110.0.0/16", VpcPeeringConnectionId=peering)
    instance = ec2.run_instances(
        ImageId=IMAGE,
        MinCount=1,
        MaxCount=1,
        SubnetId=subnet,
        PrivateIpAddress="10.100.1.10",
        SecurityGroupIds=[group],
        TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "peerway:role", "Value": "vpn"}]}],
    )["Instances"][0]["InstanceId"]
    ec2.modify_instance_attribute(InstanceId=instance, SourceDestCheck={"Value": False})
    snapshot = aws.snapshot()

    def one(kind: str, id_: str) -> dict[str, Any]:
        (found,) = (entry for entry in snapshot[kind] if entry["id"] == id_)
        return found

    assert one("vpcs", network.hub_vpc)["cidrs"] == ["10.100.0.0/16", "10.101.0.0/16"]
    assert one("subnets", subnet) == {"id": subnet, "vpc": network.hub_vpc, "cidr": "10.100.1.0/24"}
    assert one("routeTables", table)["subnets"] == [subnet]
    assert {"destination": "10.110.0.0/16", "target": peering, "state": "active"} in one("routeTables", table)["routes"]
    assert one("securityGroups", group)["ingress"] == [
        {"protocol": "tcp", "from": 22, "to": 22, "cidrs": ["10.0.0.0/8"], "groups": []},
        {"protocol": "tcp", "from": 80, "to": 81, "cidrs": [], "groups": [group]},
    ]
    found = one("instances", instance)
    assert (found["privateIp"], found["state"], found["sourceDestCheck"]) == ("10.100.1.10", "running", False)
    assert (found["subnet"], found["securityGroups"], found["tags"]) == (subnet, [group], {"peerway:role": "vpn"})
