"""Describe actions answer in pages.

AWS behaviour ("Pagination", Amazon EC2 Developer Guide): with MaxResults (5 to 1000) an answer has at most so many
items and a NextToken if there are more; without it AWS may page all the same, so a reader must follow NextToken always.
moto answers everything at once in these actions. `world.page_size` makes pages small also for callers that ask for
none.
"""

import base64

from moto.core.responses import ActionResult
from moto.ec2.responses import EC2Response

from local.aws.corrections import (
    network_acls,  # noqa: F401 - refuses unknown ids, so pages must be cut after it
    peering_view,  # noqa: F401 - answers by itself, so pages must be cut after it
)
from local.aws.corrections.correction import Operation, corrects
from local.aws.moto import world

_ACTIONS = {
    "describe_managed_prefix_lists": "PrefixLists",
    "describe_network_acls": "NetworkAcls",
    "describe_network_interfaces": "NetworkInterfaces",
    "describe_route_tables": "RouteTables",
    "describe_security_groups": "SecurityGroups",
    "describe_security_group_rules": "SecurityGroupRules",
    "describe_subnets": "Subnets",
    "describe_vpc_peering_connections": "VpcPeeringConnections",
    "describe_vpcs": "Vpcs",
    "get_managed_prefix_list_entries": "Entries",
}


def _answer_in_pages(action: str, key: str) -> None:
    @corrects(EC2Response, action)
    def page(response: EC2Response, moto: Operation) -> ActionResult:
        answer = moto().result
        items, token = list(answer[key]), response._get_param("NextToken")
        start = int(base64.b64decode(token)) if token else 0
        end = start + (response._get_int_param("MaxResults") or world.current.page_size or len(items))
        more = {"NextToken": base64.b64encode(str(end).encode()).decode()} if end < len(items) else {}
        return ActionResult({key: items[start:end]} | more)


for _action, _key in _ACTIONS.items():
    _answer_in_pages(_action, _key)
