"""What becomes of the network interfaces of an instance that is terminated."""

from typing import Any

from local.aws.tests.conftest import IMAGE, Network


def test_its_own_goes_with_it_and_an_added_one_stays_free(network: Network) -> None:
    ec2 = network.service_ec2
    subnet = ec2.create_subnet(VpcId=network.service_vpc, CidrBlock="10.110.1.0/24")["Subnet"]["SubnetId"]
    instance = ec2.run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1, SubnetId=subnet)["Instances"][0]["InstanceId"]
    added = ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]["NetworkInterfaceId"]
    ec2.attach_network_interface(NetworkInterfaceId=added, InstanceId=instance, DeviceIndex=1)

    def interfaces() -> list[tuple[str, str]]:
        of_it: list[dict[str, Any]] = [{"Name": "vpc-id", "Values": [network.service_vpc]}]
        return [
            (each["NetworkInterfaceId"], each["Status"])
            for each in ec2.describe_network_interfaces(Filters=of_it)["NetworkInterfaces"]
        ]

    assert len(interfaces()) == 2
    ec2.terminate_instances(InstanceIds=[instance])
    assert interfaces() == [(added, "available")]
    (described,) = ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"]
    assert described["State"]["Name"] == "terminated"
