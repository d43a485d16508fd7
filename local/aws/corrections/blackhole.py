"""Routes of a VPC peering connection that is gone.

AWS behaviour ("Route", Amazon EC2 API Reference): "The blackhole state indicates that the route's target isn't
available (for example, ... the specified gateway isn't attached to the VPC, or the specified NAT instance has been
terminated)"; ("Delete a VPC peering connection", VPC Peering Guide): routes to a deleted connection stay and are
`blackhole`. moto says `active` for ever.
"""

from moto.ec2.models.route_tables import Route


def _state(self: Route) -> str:
    return "blackhole" if self.vpc_pcx and self.vpc_pcx.status["Code"] != "active" else "active"


Route.state = property(_state)  # type: ignore[method-assign,assignment]
