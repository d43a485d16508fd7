"""What is in use is not deleted."""

from local.aws.tests.conftest import IMAGE, Network, refused


def test_a_subnet_with_an_interface_stays(network: Network) -> None:
    ec2 = network.service_ec2
    subnet = ec2.create_subnet(VpcId=network.service_vpc, CidrBlock="10.110.1.0/24")["Subnet"]["SubnetId"]
    interface = ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]["NetworkInterfaceId"]
    with refused("DependencyViolation"):
        ec2.delete_subnet(SubnetId=subnet)
    ec2.delete_network_interface(NetworkInterfaceId=interface)
    ec2.delete_subnet(SubnetId=subnet)


def test_a_group_that_an_instance_has_stays_until_the_instance_is_terminated(network: Network) -> None:
    ec2 = network.service_ec2
    subnet = ec2.create_subnet(VpcId=network.service_vpc, CidrBlock="10.110.1.0/24")["Subnet"]["SubnetId"]
    group = ec2.create_security_group(GroupName="app", Description="x", VpcId=network.service_vpc)["GroupId"]
    made = ec2.run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1, SubnetId=subnet, SecurityGroupIds=[group])
    instance = made["Instances"][0]["InstanceId"]
    with refused("DependencyViolation"):
        ec2.delete_security_group(GroupId=group)
    ec2.terminate_instances(InstanceIds=[instance])
    ec2.delete_security_group(GroupId=group)
    ec2.delete_subnet(SubnetId=subnet)


def test_a_group_that_another_names_stays(network: Network) -> None:
    ec2 = network.service_ec2
    named, other = (
        ec2.create_security_group(GroupName=name, Description="x", VpcId=network.service_vpc)["GroupId"]
        for name in "ab"
    )
    rule = [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "UserIdGroupPairs": [{"GroupId": named}]}]
    ec2.authorize_security_group_ingress(GroupId=other, IpPermissions=rule)
    with refused("DependencyViolation"):
        ec2.delete_security_group(GroupId=named)
    ec2.revoke_security_group_ingress(GroupId=other, IpPermissions=rule)
    ec2.delete_security_group(GroupId=named)


def test_a_deleted_subnet_leaves_its_route_table_free(network: Network) -> None:
    ec2 = network.service_ec2
    subnet = ec2.create_subnet(VpcId=network.service_vpc, CidrBlock="10.110.1.0/24")["Subnet"]["SubnetId"]
    table = ec2.create_route_table(VpcId=network.service_vpc)["RouteTable"]["RouteTableId"]
    ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    ec2.delete_subnet(SubnetId=subnet)
    ec2.delete_route_table(RouteTableId=table)
