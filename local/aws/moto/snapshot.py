"""The network as it stands in moto, as plain data for the packet lab.

Default VPCs are left out while no instance is in them: every account has one, and they take no part in any of this.
"""

from typing import Any

from moto.ec2.models import ec2_backends

from local.aws.corrections.peering_view import cidrs
from local.aws.corrections.propagated_routes import Propagated
from local.aws.moto import world

Snapshot = dict[str, list[dict[str, Any]]]


def take() -> Snapshot:
    backends = [backend for regions in list(ec2_backends.values()) for backend in list(regions.values())]
    instances = [
        instance
        for backend in backends
        for reservation in backend.reservations.values()
        for instance in reservation.instances
        if instance.state != "terminated"
    ]
    inhabited = {instance.vpc_id for instance in instances}
    vpcs = {
        vpc.id: vpc
        for backend in backends
        for vpc in backend.vpcs.values()
        if not vpc.is_default or vpc.id in inhabited
    }
    return {
        "vpcs": [_vpc(vpc) for vpc in vpcs.values()],
        "peerings": [
            _peering(peering)
            for peering in {id_: peering for backend in backends for id_, peering in backend.vpc_pcxs.items()}.values()
        ],
        "subnets": [
            {"id": subnet.id, "vpc": subnet.vpc_id, "cidr": subnet.cidr_block}
            for backend in backends
            for zone in backend.subnets.values()
            for subnet in zone.values()
            if subnet.vpc_id in vpcs
        ],
        "routeTables": [
            _route_table(table)
            for backend in backends
            for table in backend.route_tables.values()
            if table.vpc_id in vpcs
        ],
        "networkAcls": [
            _network_acl(acl) for backend in backends for acl in backend.network_acls.values() if acl.vpc_id in vpcs
        ],
        "securityGroups": [
            _security_group(group)
            for backend in backends
            for groups in backend.groups.values()
            for group in groups.values()
            if group.vpc_id in vpcs
        ],
        "instances": [_instance(instance) for instance in instances],
    }


def _vpc(vpc: Any) -> dict[str, Any]:
    return {"id": vpc.id, "account": vpc.owner_id, "region": vpc.region, "cidrs": cidrs(vpc)}


def _peering(peering: Any) -> dict[str, Any]:
    return {
        "id": peering.id,
        "status": peering.status["Code"],
        "requester": _side(peering.vpc),
        "accepter": _side(peering.peer_vpc),
    }


def _side(vpc: Any) -> dict[str, str]:
    return {"account": vpc.owner_id, "region": vpc.region, "vpc": vpc.id}


def _route_table(table: Any) -> dict[str, Any]:
    return {
        "id": table.id,
        "vpc": table.vpc_id,
        "main": table.main_association_id is not None,
        "subnets": [association["SubnetId"] for association in table.associations if "SubnetId" in association],
        "routes": [
            _route(route) for route in table.routes if route.destination_cidr_block or route.destination_prefix_list
        ],
    }


def _route(route: Any) -> dict[str, Any]:
    """`cidrs` where the destination is a prefix list, `propagated` where nobody has made it."""
    listed = route.destination_prefix_list
    shown = {
        "destination": listed.id if listed else route.destination_cidr_block,
        "target": _target(route),
        "state": route.state,
    }
    if listed:
        shown["cidrs"] = [
            entry["Cidr"] for entry in listed.entries.get(listed.version or max(listed.entries, default=1), [])
        ]
    return shown | ({"propagated": True} if isinstance(route, Propagated) else {})


def _target(route: Any) -> Any:
    """An id, or nothing."""
    return (
        route.gateway_id
        or route.vpc_peering_connection_id
        or route.network_interface_id
        or route.instance_id
        or route.nat_gateway_id
        or route.transit_gateway_id
    )


def _network_acl(acl: Any) -> dict[str, Any]:
    return {
        "id": acl.id,
        "vpc": acl.vpc_id,
        "subnets": [association.subnet_id for association in acl.associations],
        "entries": [
            {
                "number": int(entry.rule_number),
                "egress": entry.egress,
                "allow": entry.rule_action == "allow",
                "protocol": entry.protocol,
                "cidr": entry.cidr_block,
                "from": entry.port_range_from,
                "to": entry.port_range_to,
                "type": entry.icmp_type,
                "code": entry.icmp_code,
            }
            for entry in acl.network_acl_entries
        ],
    }


def _security_group(group: Any) -> dict[str, Any]:
    return {
        "id": group.id,
        "vpc": group.vpc_id,
        "name": group.name,
        "ingress": _rules(group.ingress_rules),
        "egress": _rules(group.egress_rules),
    }


def _rules(rules: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "protocol": rule.ip_protocol,
            "from": rule.from_port,
            "to": rule.to_port,
            "cidrs": [rule.cidr_ipv4] if rule.cidr_ipv4 else [],
            "groups": [rule.source_group["GroupId"]] if rule.source_group.get("GroupId") else [],
        }
        for rule in rules
    ]


def _instance(instance: Any) -> dict[str, Any]:
    return {
        "id": instance.id,
        "account": instance.owner_id,
        "region": instance.ec2_backend.region_name,
        "vpc": instance.vpc_id,
        "subnet": instance.subnet_id,
        "privateIp": instance.private_ip,
        "state": instance.state,
        "boot": world.current.boots.get(instance.id, 0),
        "sourceDestCheck": str(instance.source_dest_check).lower() == "true",
        "securityGroups": [group.id for group in instance.security_groups],
        "tags": {tag["key"]: tag["value"] for tag in instance.get_tags()},
    }
