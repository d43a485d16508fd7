"""DescribeInstances by the network interfaces of an instance."""

import pytest

from local.aws.tests.conftest import IMAGE, Network


@pytest.fixture
def instance(network: Network) -> str:
    """In the service VPC, with a second interface in another one, which has a secondary address."""
    ec2 = network.service_ec2
    other = ec2.create_vpc(CidrBlock="10.112.0.0/16")["Vpc"]["VpcId"]
    here = ec2.create_subnet(VpcId=network.service_vpc, CidrBlock="10.110.1.0/24")["Subnet"]["SubnetId"]
    there = ec2.create_subnet(VpcId=other, CidrBlock="10.112.1.0/24")["Subnet"]["SubnetId"]
    made = str(ec2.run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1, SubnetId=here)["Instances"][0]["InstanceId"])
    second = ec2.create_network_interface(SubnetId=there, PrivateIpAddress="10.112.1.10")["NetworkInterface"][
        "NetworkInterfaceId"
    ]
    ec2.attach_network_interface(NetworkInterfaceId=second, InstanceId=made, DeviceIndex=1)
    ec2.assign_private_ip_addresses(NetworkInterfaceId=second, PrivateIpAddresses=["10.112.1.11"])
    return made


def test_every_interface_counts_and_not_only_the_first(network: Network, instance: str) -> None:
    def found(name: str, value: str) -> list[str]:
        answer = network.service_ec2.describe_instances(Filters=[{"Name": name, "Values": [value]}])
        return [each["InstanceId"] for reservation in answer["Reservations"] for each in reservation["Instances"]]

    (described,) = network.service_ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"]
    first, second = sorted(described["NetworkInterfaces"], key=lambda each: each["Attachment"]["DeviceIndex"])
    assert [address["PrivateIpAddress"] for address in second["PrivateIpAddresses"]] == ["10.112.1.10", "10.112.1.11"]
    assert described["VpcId"] == first["VpcId"] == network.service_vpc
    assert found("network-interface.vpc-id", second["VpcId"]) == [instance]
    assert found("network-interface.vpc-id", first["VpcId"]) == [instance]
    assert found("vpc-id", second["VpcId"]) == []
    assert found("network-interface.subnet-id", second["SubnetId"]) == [instance]
    assert found("network-interface.addresses.private-ip-address", "10.112.1.11") == [instance]
