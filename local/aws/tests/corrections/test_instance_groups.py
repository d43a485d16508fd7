"""ModifyInstanceAttribute with groups changes those of the primary network interface."""

from local.aws.tests.conftest import IMAGE, Network


def test_the_interface_has_the_new_groups_and_no_longer_the_old_ones(network: Network) -> None:
    ec2 = network.service_ec2
    subnet = ec2.create_subnet(VpcId=network.service_vpc, CidrBlock="10.110.7.0/24")["Subnet"]["SubnetId"]
    old, new = (
        ec2.create_security_group(GroupName=name, Description=name, VpcId=network.service_vpc)["GroupId"]
        for name in ("instance-groups-old", "instance-groups-new")
    )
    (instance,) = ec2.run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1, SubnetId=subnet, SecurityGroupIds=[old])[
        "Instances"
    ]
    ec2.modify_instance_attribute(InstanceId=instance["InstanceId"], Groups=[new])
    (interface,) = ec2.describe_network_interfaces(
        Filters=[{"Name": "attachment.instance-id", "Values": [instance["InstanceId"]]}]
    )["NetworkInterfaces"]
    assert [group["GroupId"] for group in interface["Groups"]] == [new]
