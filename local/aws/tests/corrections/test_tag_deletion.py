"""Taking all tags off."""

from local.aws.tests.conftest import Network


def test_without_keys_all_tags_are_taken_off(network: Network) -> None:
    ec2, vpc = network.service_ec2, network.service_vpc

    def keys() -> list[str]:
        return sorted(tag["Key"] for tag in ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0].get("Tags", []))

    ec2.create_tags(Resources=[vpc], Tags=[{"Key": "Name", "Value": "x"}, {"Key": "peerway:connect", "Value": "true"}])
    ec2.delete_tags(Resources=[vpc], Tags=[{"Key": "Name"}])
    assert keys() == ["peerway:connect"]
    ec2.create_tags(Resources=[vpc], Tags=[{"Key": "Name", "Value": "x"}])
    ec2.delete_tags(Resources=[vpc])
    assert keys() == []
