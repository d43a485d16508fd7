"""Creating a route that is there already, or one too many.

AWS behaviour ("Error codes for the Amazon EC2 API"): RouteAlreadyExists, "A route for the specified CIDR block already
exists in this route table", whatever its target (hashicorp/terraform issue 9756: the same NAT gateway again is refused
too); RouteLimitExceeded, "You've reached the limit on the number of routes that you can add to a route table". The
local route and propagated ones do not count ("Amazon VPC quotas"), one to a prefix list counts as many as the list may
have entries ("Consolidate and manage network CIDR blocks with managed prefix lists", Amazon VPC User Guide). moto has
no limit; a second route to the CIDR of the VPC itself replaces its local route.
"""

import ipaddress
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import RouteAlreadyExistsError
from moto.ec2.responses import EC2Response

from local.aws.calls.errors import AwsError
from local.aws.corrections.correction import Operation, corrects
from local.aws.corrections.peering_view import known
from local.aws.corrections.propagated_routes import static_routes
from local.aws.moto import world


@corrects(EC2Response, "create_route", "replace_route")
def know_the_target(response: EC2Response, moto: Operation) -> ActionResult:
    peering_id = response._get_param("VpcPeeringConnectionId")
    if peering_id:
        known(response.ec2_backend, peering_id)
    return moto()


@corrects(EC2Response, "create_route")
def create(response: EC2Response, moto: Operation) -> ActionResult:
    table = response.ec2_backend.get_route_table(response._get_param("RouteTableId"))
    destination = response._get_param("DestinationCidrBlock")
    if destination and _is_local(table, destination):
        raise RouteAlreadyExistsError(destination)
    if destination and destination in [route.destination_cidr_block for route in static_routes(table)]:
        return moto()  # which refuses it
    limit = world.current.routes_per_table
    listed = response.ec2_backend.managed_prefix_lists.get(response._get_param("DestinationPrefixListId"))
    if (
        sum(_weight(route.destination_prefix_list) for route in static_routes(table) if not route.local)
        + _weight(listed)
        > limit
    ):
        raise AwsError(
            "RouteLimitExceeded",
            f"The maximum number of routes has been reached. (limit {limit} per route table {table.id})",
        )
    return moto()


def _weight(prefix_list: Any) -> int:
    return int(prefix_list.max_entries or 1) if prefix_list else 1


def _is_local(table: Any, destination: str) -> bool:
    try:
        network = ipaddress.ip_network(destination)
    except ValueError:
        return False  # moto answers what AWS answers
    return any(
        route.local and route.destination_cidr_block and ipaddress.ip_network(route.destination_cidr_block) == network
        for route in static_routes(table)
    )
