"""Route tables of gateways.

AWS behaviour ("AssociateRouteTable", "RouteTableAssociation", Amazon EC2 API Reference; "Gateway route tables", Amazon
VPC User Guide): a table can be associated with an internet gateway or a virtual private gateway that is attached to its
VPC, one table a gateway. It cannot while it has routes with other targets than a network interface, a Gateway Load
Balancer endpoint or `local`, or propagates routes, and takes no others afterwards: no VPC peering connection.
DescribeRouteTables shows the association with GatewayId. moto checks nothing, and shows internet gateways only. (Which
code refuses is not documented; InvalidParameterValue here.)
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models.route_tables import RouteTable
from moto.ec2.responses import EC2Response

from local.aws.calls.errors import AwsError
from local.aws.corrections.correction import Operation, corrects

_FOR_SUBNETS_ONLY = (
    "NatGatewayId",
    "TransitGatewayId",
    "VpcPeeringConnectionId",
    "GatewayId",
    "EgressOnlyInternetGatewayId",
    "CarrierGatewayId",
    "LocalGatewayId",
    "InstanceId",
)

_associations = RouteTable.associations.fget  # type: ignore[attr-defined]
_filter_value = RouteTable.get_filter_value


def gateways(table: Any) -> list[str]:
    """Those that a table is associated with."""
    return [target for target in table._associations.values() if target.startswith(("igw-", "vgw-"))]


def _shown(self: RouteTable) -> list[dict[str, Any]]:
    return [
        association
        | (
            {"GatewayId": self._associations[association["RouteTableAssociationId"]]}
            if self._associations.get(association["RouteTableAssociationId"], "").startswith("vgw-")
            else {}
        )
        for association in _associations(self)
    ]


def _value(self: RouteTable, filter_name: str, method_name: str | None = None) -> Any:
    return gateways(self) if filter_name == "association.gateway-id" else _filter_value(self, filter_name, method_name)


RouteTable.associations = property(_shown)  # type: ignore[method-assign,assignment]
RouteTable.get_filter_value = _value  # type: ignore[method-assign]


@corrects(EC2Response, "associate_route_table")
def associate(response: EC2Response, moto: Operation) -> ActionResult:
    gateway, backend = response._get_param("GatewayId"), response.ec2_backend
    if gateway:
        table = backend.get_route_table(response._get_param("RouteTableId"))
        if table.vpc_id not in _vpcs_of(backend, gateway):
            raise AwsError(
                "InvalidGatewayID.NotFound",
                f"The gateway ID '{gateway}' does not exist or is not attached to {table.vpc_id}",
            )
        if any(gateway in gateways(other) for other in backend.route_tables.values() if other is not table):
            raise AwsError(
                "Resource.AlreadyAssociated",
                f"the specified gateway {gateway} is already associated with another route table",
            )
        if any(not (route.local or route.interface or route.vpc_endpoint_id) for route in table.routes):
            raise AwsError(
                "InvalidParameterValue", f"Route table {table.id} has routes that a table of a gateway cannot have"
            )
    return moto()


def _vpcs_of(backend: Any, gateway: str) -> list[str]:
    if gateway in backend.internet_gateways:
        vpc = backend.internet_gateways[gateway].vpc
        return [vpc.id] if vpc else []
    known = backend.vpn_gateways.get(gateway)
    return (
        [attachment.vpc_id for attachment in known.attachments.values() if attachment.state == "attached"]
        if known
        else []
    )


@corrects(EC2Response, "create_route", "replace_route")
def keep_to_interfaces(response: EC2Response, moto: Operation) -> ActionResult:
    table = response.ec2_backend.get_route_table(response._get_param("RouteTableId"))
    if gateways(table) and any(response._get_param(target) for target in _FOR_SUBNETS_ONLY):
        raise AwsError(
            "InvalidParameterValue",
            f"Route table {table.id} is associated with a gateway and takes no route to this target",
        )
    return moto()
