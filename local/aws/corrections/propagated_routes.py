"""Routes that a virtual private gateway propagates.

AWS behaviour ("EnableVgwRoutePropagation", "Route", "PropagatingVgw", Amazon EC2 API Reference; "Route propagation",
"Route priority", Amazon VPC User Guide): while propagation is enabled, a table has a route to the gateway for whatever
the gateway has learned, with the origin EnableVgwRoutePropagation, and the table names the gateway in PropagatingVgws.
A static route may have the same destination, and is preferred; DeleteRoute and ReplaceRoute are about static ones only
(a code is not documented: InvalidParameterValue here). Propagated routes do not count against the quota of
non-propagated ones ("Amazon VPC quotas"). moto has none of it.

What a gateway has learned, which on AWS comes by BGP, says `world.learned_routes`. The propagated ones are listed
first, because nobody promises an order.
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models.route_tables import Route, RouteTable
from moto.ec2.responses import EC2Response

from local.aws.calls.errors import AwsError
from local.aws.corrections.correction import Operation, corrects
from local.aws.corrections.gateway_tables import gateways
from local.aws.moto import world


class Propagated(Route):
    @property
    def origin(self) -> str:
        return "EnableVgwRoutePropagation"


def static_routes(table: Any) -> list[Route]:
    return list(table._routes.values())


def _propagated(table: Any) -> list[Route]:
    made: Any = Propagated  # abstract on paper only: moto makes routes, too
    return [
        made(table, cidr, None, gateway=gateway)
        for gateway in [table.ec2_backend.vpn_gateways[vgw] for vgw in _propagating(table)]
        for cidr in world.current.learned_routes.get(gateway.id, [])
    ]


def _propagating(table: Any) -> list[str]:
    return [vgw for vgw in getattr(table, "enabled_propagation", ()) if vgw in table.ec2_backend.vpn_gateways]


RouteTable.routes = property(  # type: ignore[method-assign,assignment]
    lambda self: [*_propagated(self), *static_routes(self)]
)
RouteTable.propagating_vgws = property(  # type: ignore[attr-defined]
    lambda self: [{"GatewayId": vgw} for vgw in _propagating(self)]
)


def enable(response: EC2Response) -> ActionResult:
    table = response.ec2_backend.get_route_table(response._get_param("RouteTableId"))
    gateway = response._get_param("GatewayId")
    known = response.ec2_backend.get_vpn_gateway(gateway)
    attached = known.attachments.get(table.vpc_id)
    if attached is None or attached.state != "attached":
        raise AwsError("Gateway.NotAttached", f"resource {gateway} is not attached to network {table.vpc_id}")
    if gateways(table):
        raise AwsError(
            "InvalidParameterValue", f"Route table {table.id} is associated with a gateway and cannot propagate routes"
        )
    table.enabled_propagation = {**getattr(table, "enabled_propagation", {}), gateway: True}
    return ActionResult({})


def disable(response: EC2Response) -> ActionResult:
    table = response.ec2_backend.get_route_table(response._get_param("RouteTableId"))
    getattr(table, "enabled_propagation", {}).pop(response._get_param("GatewayId"), None)
    return ActionResult({})


EC2Response.enable_vgw_route_propagation = enable  # type: ignore[attr-defined]
EC2Response.disable_vgw_route_propagation = disable  # type: ignore[attr-defined]


@corrects(EC2Response, "delete_route", "replace_route")
def change_static_ones_only(response: EC2Response, moto: Operation) -> ActionResult:
    table = response.ec2_backend.get_route_table(response._get_param("RouteTableId"))
    destination = response._get_param("DestinationCidrBlock")
    if (
        destination
        and destination not in [route.destination_cidr_block for route in static_routes(table)]
        and destination in [route.destination_cidr_block for route in table.routes]
    ):
        raise AwsError(
            "InvalidParameterValue", f"The route {destination} of {table.id} is propagated and cannot be changed"
        )
    return moto()
