"""Managed prefix lists, and routes to them.

AWS behaviour ("CreateRoute", "GetManagedPrefixListEntries", Amazon EC2 API Reference; "Error codes for the Amazon EC2
API"): an unknown list is InvalidPrefixListID.NotFound; a second route of a table to a list is RouteAlreadyExists; a
modification that names another version than the current one is PrefixListVersionMismatch and changes nothing; one that
gives no name keeps it. moto takes unknown lists for an empty destination, replaces the first route, heeds no version,
forgets the name, and loses the list of a route to a network interface.
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.responses import EC2Response
from moto.ec2.utils import generate_route_id

from local.aws.calls.errors import AwsError
from local.aws.corrections.correction import Operation, corrects


@corrects(EC2Response, "get_managed_prefix_list_entries", "delete_managed_prefix_list")
def know_the_list(response: EC2Response, moto: Operation) -> ActionResult:
    _known(response, response._get_param("PrefixListId"))
    return moto()


@corrects(EC2Response, "modify_managed_prefix_list")
def modify(response: EC2Response, moto: Operation) -> ActionResult:
    known = _known(response, response._get_param("PrefixListId"))
    version, name = response._get_param("CurrentVersion"), known.prefix_list_name
    if version and int(version) != known.version:
        raise AwsError(
            "PrefixListVersionMismatch",
            f"The prefix list has the incorrect version number. Current version: {known.version}",
        )
    answer = moto()
    known.prefix_list_name = response._get_param("PrefixListName") or name
    return answer


@corrects(EC2Response, "create_route")
def create(response: EC2Response, moto: Operation) -> ActionResult:
    wanted = response._get_param("DestinationPrefixListId")
    if not wanted:
        return moto()
    known, table = _known(response, wanted), response.ec2_backend.get_route_table(response._get_param("RouteTableId"))
    if wanted in [route.destination_prefix_list_id for route in table._routes.values()]:
        raise AwsError("RouteAlreadyExists", f"The route identified by {wanted} already exists.")
    before = set(table._routes)
    answer = moto()
    for made in table._routes.keys() - before:
        route = table._routes.pop(made)
        route.destination_prefix_list, route.id = known, generate_route_id(table.id, None, None, known.id)
        table._routes[route.id] = route
    return answer


def _known(response: EC2Response, prefix_list: str) -> Any:
    if prefix_list not in response.ec2_backend.managed_prefix_lists:
        raise AwsError("InvalidPrefixListID.NotFound", f"The prefix list ID '{prefix_list}' does not exist")
    return response.ec2_backend.managed_prefix_lists[prefix_list]
