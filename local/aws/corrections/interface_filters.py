"""DescribeInstances by the network interfaces of an instance.

AWS behaviour ("DescribeInstances", Amazon EC2 API Reference, Filters): `vpc-id` and `subnet-id` are those of the
instance, that is of its primary interface; `network-interface.…` looks at all of them, of which some may be in another
VPC ("Create a network interface", Amazon EC2 User Guide, "multi-VPC"). moto has none of the latter.
"""

from moto.ec2 import utils
from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.models.instances import Instance

_OF_INTERFACES = {
    "addresses.private-ip-address": lambda interface: [
        address["PrivateIpAddress"] for address in interface.private_ip_addresses
    ],
    "group-id": lambda interface: [group.id for group in interface.group_set],
    "network-interface-id": lambda interface: [interface.id],
    "subnet-id": lambda interface: [interface.subnet_id],
    "vpc-id": lambda interface: [interface.vpc_id],
}


def _add(name: str) -> None:
    attribute = f"of_interfaces_{name}".replace("-", "_").replace(".", "_")

    def values(instance: Instance) -> list[str]:
        interfaces: list[NetworkInterface] = list(instance.nics.values())
        return [value for interface in interfaces for value in _OF_INTERFACES[name](interface)]

    setattr(Instance, attribute, property(values))
    utils.filter_dict_attribute_mapping[f"network-interface.{name}"] = attribute


for _name in _OF_INTERFACES:
    _add(_name)
